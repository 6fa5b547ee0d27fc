"""Settings: read once from the environment and `.env` into one frozen value."""

import os
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit

from dotenv import dotenv_values

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.domain.nearest import nearest

Network = IPv4Network | IPv6Network
MOST_SOCKET_PATH = 100
LOG_LEVELS = ("debug", "info", "warning", "error")
_DATABASE_URL = re.compile(r"(sqlite|postgresql)(\+\w+)?://")
_RESOLVER = re.compile(r"(?:[0-9.]+|\[[0-9a-f:.]+\]):[0-9]{1,5}", re.IGNORECASE)
_FROM_THE_SUPERVISOR = ("QUIETLIST_LEASE", "QUIETLIST_SUPERVISED")
LOOPBACK = "127.0.0.0/8,::1/128"


@dataclass(frozen=True)
class Listen:
    """Where to listen: a host and port, or a Unix socket's path."""

    host: str = ""
    port: int = 0
    path: str = ""

    def __str__(self) -> str:
        if self.path:
            return self.path
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        return bool(self.path) or self.host in ("127.0.0.1", "::1", "localhost")


def _setting(default: str, meaning: str, secret: bool = False) -> str:
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """The text of every setting; the properties give the parsed values.

    Fields are named after the variables, `QUIETLIST_` left off and in lower case.
    """

    data_dir: str = _setting("./var", "Database, keys, bundled Redis and outbox.")
    database_url: str = _setting(
        "", "Any SQLAlchemy URL. Empty: a SQLite file in the data directory.", secret=True
    )
    redis_url: str = _setting(
        "", "redis://… or unix://… Empty: a private one in the data directory.", secret=True
    )
    smtp_listen: str = _setting("127.0.0.1:8025", "Where the gateway takes SMTP. Empty: nowhere.")
    lmtp_listen: str = _setting("", "Where the gateway takes LMTP: host:port or a socket's path.")
    web_listen: str = _setting("127.0.0.1:8080", "Where the web pages are served.")
    base_url: str = _setting("", "What links in mail begin with. Empty: the address of the pages.")
    relay_url: str = _setting(
        "",
        "Outgoing mail: smtp://host:port, smtp+starttls://user:password@host:587 or "
        "smtps://user:password@host:465. Empty: an outbox in the data directory.",
        secret=True,
    )
    relay_connections: str = _setting("4", "Connections to the relay that each worker keeps.")
    workers: str = _setting("", "Worker processes that `up` starts. Empty: one a core.")
    secret_keys: str = _setting(
        "",
        "Comma-separated, newest first, or file:PATH. Empty: made once in the data directory.",
        secret=True,
    )
    trusted_authserv_id: str = _setting(
        "", "The front mail server whose Authentication-Results are believed."
    )
    trusted_clients: str = _setting(
        LOOPBACK, "Networks whose connections may bring such results, besides the LMTP socket."
    )
    check_dkim: str = _setting(
        "on",
        "on or off: look at a mail's own signature when no such result proves where it comes from.",
    )
    check_spf: str = _setting(
        "on",
        "on or off: look whether a client that is not trusted may send for the domain of its "
        "envelope sender.",
    )
    dns: str = _setting("", "The resolver to ask about both, host:port. Empty: the system's.")
    trusted_proxies: str = _setting("", "Proxies whose forwarding headers the web believes.")
    postmaster: str = _setting("", "Who gets postmaster@ and abuse@ of the lists' domains.")
    reveal_page: str = _setting(
        "off",
        "on or off: a page on which the postmaster, signed in, looks a member's address up.",
    )
    tls_certificate: str = _setting("", "PEM file with the gateway's certificate: offers STARTTLS.")
    tls_key: str = _setting("", "PEM file with its key. Empty: it is in the certificate's file.")
    max_message_size: str = _setting("26214400", "The largest mail taken, in bytes.")
    metrics_token: str = _setting(
        "", "Opens /metrics to others than this machine, as a bearer token.", secret=True
    )
    log_level: str = _setting("info", "debug, info, warning or error.")

    @property
    def data(self) -> Path:
        return Path(self.data_dir or "./var").expanduser().absolute()

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite+pysqlite:///{self.data / 'quietlist.db'}"

    @property
    def redis_socket(self) -> Path:
        """Where the bundled Redis listens; a Unix socket's path has at most 107 bytes."""
        path = self.data / "redis" / "redis.sock"
        if len(os.fsencode(path)) <= MOST_SOCKET_PATH:
            return path
        short = sha256(os.fsencode(path)).hexdigest()[:16]
        return Path(gettempdir()) / f"quietlist-{os.getuid()}-{short}" / "redis.sock"

    @property
    def redis(self) -> str:
        return self.redis_url or f"unix://{self.redis_socket}"

    @property
    def keys_file(self) -> Path | None:
        """The file the keys are read from; None when the setting itself holds them."""
        if self.secret_keys.startswith("file:"):
            return Path(self.secret_keys.removeprefix("file:")).expanduser()
        return None if self.secret_keys else self.data / "keys"

    @property
    def outbox(self) -> Path:
        return self.data / "outbox"

    @property
    def outbox_shown(self) -> bool:
        """Copies may be read at /outbox: no relay is set, and only this machine can look."""
        return not self.relay_url and self.web.loopback

    @property
    def smtp(self) -> Listen | None:
        return _listen("smtp_listen", self.smtp_listen)

    @property
    def lmtp(self) -> Listen | None:
        return _listen("lmtp_listen", self.lmtp_listen)

    @property
    def web(self) -> Listen:
        found = _listen("web_listen", self.web_listen)
        if found is None or found.path:
            raise Refused("QUIETLIST_WEB_LISTEN takes host:port, such as 127.0.0.1:8080.")
        return found

    @property
    def public_url(self) -> str:
        """What links begin with, without a slash at the end."""
        return (self.base_url or f"http://{self.web}").rstrip("/")

    @property
    def worker_count(self) -> int:
        if not self.workers:
            return os.cpu_count() or 1
        return _number("workers", self.workers, 1, 64)

    @property
    def connections_a_worker(self) -> int:
        return _number("relay_connections", self.relay_connections, 1, 10)

    @property
    def size_limit(self) -> int:
        return _number("max_message_size", self.max_message_size, 10_000, 1_000_000_000)

    @property
    def client_networks(self) -> tuple[Network, ...]:
        return _networks("trusted_clients", self.trusted_clients)

    @property
    def proxy_networks(self) -> tuple[Network, ...]:
        return _networks("trusted_proxies", self.trusted_proxies)

    @property
    def operator(self) -> str:
        try:
            return parse_address(self.postmaster) if self.postmaster else ""
        except Refused as problem:
            raise Refused(f"QUIETLIST_POSTMASTER: {problem}") from None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Variables win over `.env`.

    Raises Refused, in words that name the variable, for a value that cannot be
    used.
    """
    environment = _environment() if environment is None else environment
    known = {variable(f.name): f.name for f in fields(Settings)}
    found = {k: v.strip() for k, v in environment.items() if k.startswith("QUIETLIST_")}
    settings = Settings(**{known[name]: found[name] for name in known if name in found})
    for check in _CHECKS:
        check(settings)
    return settings


def misspelt(environment: Mapping[str, str] | None = None) -> list[str]:
    """A sentence on each variable that looks like ours and is no setting."""
    known = {*(variable(f.name) for f in fields(Settings)), *_FROM_THE_SUPERVISOR}
    found = _environment() if environment is None else environment
    ours = sorted(name for name in found if name.startswith("QUIETLIST_"))
    return [_no_setting(name) for name in ours if name not in known]


def _no_setting(name: str) -> str:
    meant = nearest(name.removeprefix("QUIETLIST_"), (f.name for f in fields(Settings)))
    advice = (
        f"Did you mean {variable(meant)}?"
        if meant
        else "`quietlist settings` prints all there are."
    )
    return f"{name} is no setting. {advice}"


def _environment() -> Mapping[str, str]:
    try:
        from_file = {k: v for k, v in dotenv_values(".env").items() if v is not None}
    except PermissionError:
        raise Refused("You may not read .env in this folder. Run this as its owner.") from None
    return {**from_file, **os.environ}


def variable(name: str) -> str:
    return f"QUIETLIST_{name.upper()}"


def _listen(name: str, text: str) -> Listen | None:
    if not text:
        return None
    if text.startswith(("/", "./", "unix:")):
        return Listen(path=str(Path(text.removeprefix("unix:")).absolute()))
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise Refused(f"{variable(name)} takes host:port, such as 127.0.0.1:8025.")
    return Listen(host.strip("[]") or "0.0.0.0", int(port))  # noqa: S104  # what an empty host means everywhere


def _number(name: str, text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise Refused(f"{variable(name)} takes a number from {least} to {most}.")
    return int(text)


def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(n.strip(), strict=False) for n in text.split(",") if n.strip())
    except ValueError:
        raise Refused(f"{variable(name)} takes networks such as 10.0.0.0/8,::1/128.") from None


@dataclass(frozen=True)
class _Url:
    """What a setting takes. example: one that it does."""

    schemes: tuple[str, ...]
    example: str


_URLS = {
    "base_url": _Url(("http", "https"), "https://lists.example.org"),
    "relay_url": _Url(("smtp", "smtp+starttls", "smtps"), "smtp://mail.example.org:25"),
    "redis_url": _Url(("redis", "rediss", "unix"), "redis://redis.example.org:6379/0"),
}


def _check_urls(settings: Settings) -> None:
    for name, wanted in _URLS.items():
        text = getattr(settings, name)
        if text:
            _check_url(variable(name), text, wanted)
    base, relay = urlsplit(settings.base_url), urlsplit(settings.relay_url)
    if base.query or base.fragment or base.username:
        raise Refused(
            "QUIETLIST_BASE_URL takes a host and a path, and nothing behind it: "
            f"{_URLS['base_url'].example}"
        )
    if relay.scheme == "smtp" and relay.password:
        raise Refused(
            "QUIETLIST_RELAY_URL with a password takes smtp+starttls:// or smtps://: "
            "a password never goes over a clear connection."
        )


def _check_url(name: str, text: str, wanted: _Url) -> None:
    """The value itself is never told: it may hold a password."""
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        raise Refused(
            f"{name} has a space in it, or a sign that does not show (in a password a space is "
            f"%20). It looks like this: {wanted.example}"
        )
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise Refused(f"{name} is not a URL: look at its host and port.") from None
    *others, last = [f"{scheme}://" for scheme in wanted.schemes]
    if parts.scheme not in wanted.schemes or "://" not in text:
        raise Refused(
            f"{name} takes a URL that begins with {', '.join(others)} or {last}, "
            f"such as {wanted.example}"
        )
    local = parts.scheme in ("redis", "rediss", "unix") and parts.path
    if not (parts.hostname or local):
        raise Refused(f"{name} names no host. It looks like this: {wanted.example}")


def _check_words(settings: Settings) -> None:
    if settings.log_level not in LOG_LEVELS:
        raise Refused(f"QUIETLIST_LOG_LEVEL takes one of: {', '.join(LOG_LEVELS)}.")
    if settings.check_dkim not in ("on", "off"):
        raise Refused("QUIETLIST_CHECK_DKIM takes on or off.")
    if settings.check_spf not in ("on", "off"):
        raise Refused("QUIETLIST_CHECK_SPF takes on or off.")
    if settings.reveal_page not in ("on", "off"):
        raise Refused("QUIETLIST_REVEAL_PAGE takes on or off.")
    if settings.dns and not _RESOLVER.fullmatch(settings.dns):
        raise Refused("QUIETLIST_DNS takes the address and port of a resolver: 127.0.0.1:53.")
    if settings.database_url and not _DATABASE_URL.match(settings.database_url):
        raise Refused(
            "QUIETLIST_DATABASE_URL takes a SQLite or PostgreSQL URL such as "
            "postgresql+psycopg://user:password@host/database."
        )


_CHECKS: tuple[Callable[[Settings], object], ...] = (
    lambda s: (s.smtp, s.lmtp, s.web, s.worker_count, s.size_limit, s.connections_a_worker),
    lambda s: (s.client_networks, s.proxy_networks, s.operator),
    _check_urls,
    _check_words,
)


def host_name() -> str:
    """The name this machine gives itself in SMTP."""
    return socket.getfqdn()
