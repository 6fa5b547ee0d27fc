"""The checks behind `quietlist doctor`: each finding is one line that says what to do."""

import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import dns.exception
import dns.resolver
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from listserv.adapters import rsa_lanes
from listserv.adapters.keys import read_keys
from listserv.adapters.rq_queue import RqQueue
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.adapters.vault import AesVault
from listserv.domain.dkim import DkimAlgorithm, DkimKey
from listserv.domain.errors import Locked, QuietlistError
from listserv.settings import Settings, host_name, misspelt
from listserv.store import dkim_keys, mailing_lists, members, migrate
from listserv.store.engine import open_engine
from listserv.store.server_clock import server_time
from listserv.store.transaction import Database
from listserv.store.unavailable import unavailable

Resolve = Callable[[str, str], list[str]]
CLOCKS_APART = timedelta(seconds=5)


@dataclass(frozen=True)
class Finding:
    """level "error" means that something does not work as it stands."""

    check: str
    level: Literal["ok", "warning", "error"]
    words: str


def checkup(settings: Settings, resolve: Resolve | None = None) -> Iterator[Finding]:
    """Every check in turn; a failing one does not stop the others."""
    yield from _settings(settings)
    yield from _data(settings)
    yield from _keys(settings)
    queue = RqQueue(settings.redis)
    domains: dict[str, Sequence[DkimKey]] = {}
    engine = open_engine(settings.database)
    yield from _keys_of(engine, settings)
    yield _database(settings, Database(engine, queue), domains)
    yield _redis(settings, queue)
    yield from _clocks({"the database": lambda: server_time(engine), "Redis": queue.time})
    yield _relay(settings)
    for domain, keys in domains.items():
        yield from _dns(domain, resolve or _resolve)
        yield from _dkim(domain, keys, resolve or _resolve)
    if any(key.algorithm is DkimAlgorithm.RSA for keys in domains.values() for key in keys):
        yield _signatures()


def _settings(settings: Settings) -> Iterator[Finding]:
    for words in misspelt():
        yield Finding("settings", "warning", words)
    public = settings.public_url
    if public.startswith("https://"):
        yield Finding("pages", "ok", f"Links in mail begin with {public}.")
    else:
        yield Finding(
            "pages",
            "warning",
            f"Links in mail begin with {public}, which is not encrypted. For real use put a "
            "proxy with a certificate in front and set QUIETLIST_BASE_URL=https://….",
        )
    if settings.operator:
        yield Finding("postmaster", "ok", "Mail to postmaster@ and abuse@ has a reader.")
    else:
        yield Finding(
            "postmaster",
            "warning",
            "Nobody reads postmaster@ and abuse@: such mail waits in `quietlist quarantine list`. "
            "Set QUIETLIST_POSTMASTER to your address.",
        )
    if not settings.trusted_authserv_id:
        yield Finding(
            "sender proof",
            "warning",
            "No front server's Authentication-Results are believed. Whose mail carries no DKIM "
            "signature of their domain is asked about each post. Where a front server checks mail, "
            "set QUIETLIST_TRUSTED_AUTHSERV_ID to the name that it writes.",
        )


def _data(settings: Settings) -> Iterator[Finding]:
    if settings.data.exists() and stat.S_IMODE(settings.data.stat().st_mode) & 0o077:
        yield Finding(
            "data",
            "warning",
            f"Other accounts of this machine can look into {settings.data}. "
            f"Run: chmod 700 {settings.data}",
        )


def _keys(settings: Settings) -> Iterator[Finding]:
    if settings.keys_file is not None and not settings.keys_file.exists():
        yield Finding(
            "keys",
            "warning",
            f"There are none in {settings.keys_file}. The first start makes them; if members were "
            "added before, put the file back from where you keep it.",
        )
        return
    try:
        number = len(read_keys(settings.secret_keys, settings.data / "keys")())
    except QuietlistError as problem:
        yield Finding("keys", "error", str(problem))
        return
    path = settings.keys_file
    if path is None:
        yield Finding("keys", "ok", f"{number} in QUIETLIST_SECRET_KEYS, apart from the data.")
        return
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("keys", "error", f"Others can read {path}. Run: chmod 600 {path}")
    if path.resolve().is_relative_to(settings.data.resolve()):
        yield Finding(
            "keys",
            "warning",
            "The keys lie beside the data, so whoever takes the disk can read who is a member. "
            "For real use keep them elsewhere: QUIETLIST_SECRET_KEYS=file:PATH.",
        )
    else:
        yield Finding("keys", "ok", f"{number} in {path}, apart from the data.")


def _keys_of(engine: Engine, settings: Settings) -> Iterator[Finding]:
    """Whether they are those of the database. What else is wrong with either is told elsewhere."""
    if settings.keys_file is not None and not settings.keys_file.exists():
        return
    try:
        keys = read_keys(settings.secret_keys, settings.data / "keys")
        keys()
        member = members.first_sealed(engine)
    except QuietlistError:
        return
    try:
        if member:
            AesVault(keys).open_member(member)
    except Locked:
        yield Finding(
            "keys",
            "error",
            "None of them opens the members in the database. Put back the keys that belong to it.",
        )


def _database(
    settings: Settings, database: Database, domains: dict[str, Sequence[DkimKey]]
) -> Finding:
    try:
        with database.engine.connect() as connection:
            migrate.insist_on_utf8(connection)
        version = migrate.current(database.engine)
        if version != migrate.newest():
            return Finding(
                "database", "error", "Its tables are of another version. Run: quietlist db upgrade"
            )
        with database.reading() as tx:
            for domain in sorted({found.domain for found in mailing_lists.all_of_them(tx)}):
                domains[domain] = dkim_keys.of_domain(tx, domain)
    except QuietlistError as problem:
        return Finding("database", "error", str(problem))
    except SQLAlchemyError as problem:
        words = str(unavailable(problem))
        if "does not answer" in words:
            words += " Check QUIETLIST_DATABASE_URL."
        return Finding("database", "error", words)
    kind = database.engine.dialect.name
    return Finding(
        "database", "ok", f"{kind}, version {version}. Domains with lists: {len(domains)}."
    )


def _redis(settings: Settings, queue: RqQueue) -> Finding:
    if queue.ping():
        return Finding("redis", "ok", "It answers.")
    if not settings.redis_url:
        return Finding(
            "redis", "warning", "The bundled Redis is not running. `quietlist up` starts it."
        )
    return Finding(
        "redis",
        "error",
        "It does not answer. Mail is taken, but goes out only when it is back. "
        "Check QUIETLIST_REDIS_URL.",
    )


def _clocks(clocks: dict[str, Callable[[], datetime | None]]) -> Iterator[Finding]:
    """Whether they agree with ours. One that cannot be asked has been told of already."""
    for name, ask in clocks.items():
        before = datetime.now(UTC)
        try:
            there = ask()
        except SQLAlchemyError:
            continue
        if there is None:
            continue
        after = datetime.now(UTC)
        # Theirs was read at some time between: only what lies outside of that is a difference.
        apart = max(before - there, there - after)
        if apart > CLOCKS_APART:
            yield Finding(
                "clocks",
                "warning",
                f"The clock of this machine and that of {name} differ by "
                f"{apart.total_seconds():.0f} seconds. Leases and digests go by them: let NTP set "
                "the clock of every machine.",
            )


def _relay(settings: Settings) -> Finding:
    if not settings.relay_url:
        return Finding(
            "relay",
            "warning",
            "No relay is set: copies lie in the outbox and reach nobody. Set QUIETLIST_RELAY_URL.",
        )
    problem = SmtpRelay(settings.relay_url, host_name()).check()
    if problem:
        return Finding("relay", "error", f"{problem} Check QUIETLIST_RELAY_URL.")
    return Finding("relay", "ok", "It answers and takes mail from us.")


def _dns(domain: str, resolve: Resolve) -> Iterator[Finding]:
    name = f"DNS of {domain}"
    try:
        exchangers = resolve(domain, "MX")
        policies = [text for text in resolve(domain, "TXT") if text.lower().startswith("v=spf1")]
    except dns.exception.DNSException as problem:
        yield Finding(name, "warning", f"It could not be asked ({type(problem).__name__}).")
        return
    if exchangers:
        yield Finding(name, "ok", f"Mail for it goes to {', '.join(exchangers)}.")
    else:
        here = host_name() if "." in host_name() else "YOUR-SERVER.example.org"
        yield Finding(
            name,
            "error",
            f"There is no MX record, so no mail will come. Add one that names this server: "
            f"{domain}. MX 10 {here}.",
        )
    if len(policies) == 1:
        yield Finding(name, "ok", "It has an SPF record.")
    elif policies:
        yield Finding(name, "error", "It has several SPF records, which counts as none. Leave one.")
    else:
        yield Finding(
            name,
            "warning",
            "There is no SPF record, so copies may count as spam. Add one that names your relay: "
            f'{domain}. TXT "v=spf1 mx -all"',
        )


def _dkim(domain: str, keys: Sequence[DkimKey], resolve: Resolve) -> Iterator[Finding]:
    name = f"DKIM of {domain}"
    if not keys:
        yield Finding(
            name,
            "warning",
            "Copies are not signed here. Unless your relay signs them, many receivers will take "
            f"them for spam. Run: quietlist dkim create {domain}",
        )
    for key in keys:
        try:
            found = resolve(key.name, "TXT")
        except dns.exception.DNSException as problem:
            yield Finding(name, "warning", f"It could not be asked ({type(problem).__name__}).")
            return
        if key.record in found:
            yield Finding(name, "ok", f"{key.name} has the right record.")
        else:
            yield Finding(
                name,
                "error",
                f"{key.name} has {'another' if found else 'no'} TXT record, so the signature does "
                f"not count. `quietlist dkim show {domain}` prints what it should be.",
            )


def _signatures() -> Finding:
    """Says what would make them quicker, where something would."""
    check, words = "signatures", "RSA signatures are made one at a time."
    if rsa_lanes.here() and not rsa_lanes.hold():
        words += " The package for eight at a time makes wrong ones here, which never go out."
        return Finding(check, "warning", f"{words} Remove it as docs/operations.md says.")
    if rsa_lanes.here():
        return Finding(check, "ok", "RSA signatures are made eight at a time.")
    if rsa_lanes.possible():
        words += " This machine could make eight in the time of three: see docs/operations.md."
    return Finding(check, "ok", words)


def _resolve(domain: str, kind: str) -> list[str]:
    """The records, as text; an empty list when there are none."""
    resolver = dns.resolver.Resolver()
    resolver.lifetime = 5
    try:
        answer = resolver.resolve(domain, kind)
    except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
        return []
    if kind == "TXT":
        return [b"".join(record.strings).decode("ascii", "replace") for record in answer]
    return [str(record.exchange).rstrip(".") for record in answer]
