"""Services that put themselves before a link, with the account of whoever passes by."""

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

# Hosts (with a dot in front: only those below), some with the beginning of a path, behind
# which the true target is written somewhere.
_WRAPPERS = (
    "safelinks.protection.outlook.com", "statics.teams.cdn.office.net", "google.com/url",
    "l.facebook.com", "lm.facebook.com", "l.messenger.com", "l.instagram.com", "l.threads.net",
    "urldefense.proofpoint.com", "urldefense.com", "urldefense.us", "linkprotect.cudasvc.com",
    "away.vk.com", "vk.com/away.php", "slack-redir.net", "deref-gmx.net", "deref-gmx.com",
    "deref-web.de", "deref-mail.com", "secure-web.cisco.com", "clicktime.symantec.com",
    "trendmicro.com/wis", "protection.sophos.com", "out.reddit.com", "youtube.com/redirect",
    "linkedin.com/redir", "linkedin.com/safety/go", "duckduckgo.com/l", "t.umblr.com",
    ".mimecast.com", ".mimecastprotect.com", "emailprotection.link", "mailtrack.io",
    "list-manage.com/track", "mandrillapp.com", "sendgrid.net", "hubspotlinks.com", "rs6.net",
    "exct.net", "awstrack.me", "mjt.lu", "sendibt2.com", "sendibt3.com", "sendibm1.com",
    "mailgun.org", "klclick.com", "klclick1.com", "cmail19.com", "cmail20.com", "createsend.com",
    "exacttarget.com", ".fireeye.com", ".hornetsecurity.com", "urlsand.esvalabs.com",
    ".vadesecure.com", "mail.yahoo.com", "outlook.live.com", "outlook.office.com",
    "outlook.office365.com", "mail.google.com", "mail.proton.me", "app.fastmail.com",
    "outlook.inky.com", "safe.menlosecurity.com",
)  # fmt: skip
_BY_HOST = {
    name: slash + path for name, slash, path in (known.partition("/") for known in _WRAPPERS)
}
# What all of these hosts end with: a cheap look that spares most links the long one.
_DOMAINS = frozenset(".".join(name.split(".")[-2:]) for name in _BY_HOST)
_MOST_LABELS = 8
# What the paths of click counters look like, on whatever host.
_COUNTER = re.compile(
    r"/(?:track/click|ls/click|wf/click|mk/cl|c/eJ[\w-]{20,}|click/[\w.=-]{16,}|e[23]t/|CL0/)"
)
_PARAMETERS = (
    "url", "u", "q", "a", "to", "target", "redirecturl", "redirect", "dest", "destination", "link",
    "uddg", "z",
)  # fmt: skip
_INSIDE = re.compile(r"https?(?::|%3a)(?://|%2f%2f)[^\s<>\"]{1,4000}", re.IGNORECASE)
_LONGEST_SCHEME = len("https%3A//")
_STEP = re.compile("[/?&#]")
_MOST = 4
# What most links are like: a host without a user or a port before a path.
_PLAIN = re.compile(
    r"(https?)://([a-z0-9.-]+)(/[^\s\0-\x1f?#]*)?(?:\?([^\s\0-\x1f#]*))?(?:#([^\s\0-\x1f]*))?"
)


class Link(NamedTuple):
    """A link as `urlsplit` takes it apart. host: in lower case, "" for none."""

    host: str
    scheme: str
    netloc: str
    path: str
    query: str
    fragment: str


def unwrapped(url: str) -> Link | None:
    """The link behind known services; None when such a service keeps it to itself.

    Raises ValueError for what is no link.
    """
    link = _split(url)
    for _ in range(_MOST):
        if not _is_wrapper(link):
            return link
        inner = _inner(url, link)
        if inner is None:
            return None
        url, link = inner, _split(inner)
    return link


def _split(url: str) -> Link:
    """`urlsplit` takes three times as long, and keeps what it has read."""
    if plain := _PLAIN.fullmatch(url):
        return Link(plain[2], *plain.groups(""))
    parts = urlsplit(url)
    return Link(parts.hostname or "", *parts)


def _is_wrapper(link: Link) -> bool:
    labels = link.host.removeprefix("www.").split(".")[-_MOST_LABELS:]
    known = ".".join(labels[-2:]) in _DOMAINS
    for first in range(len(labels) - 1) if known else ():
        name = ".".join(labels[first:])
        beginning = _BY_HOST.get(name)
        if beginning is not None and link.path.startswith(beginning):
            return True
        if first and f".{name}" in _BY_HOST:
            return True
    return bool(_COUNTER.search(link.path))


def _inner(url: str, link: Link) -> str | None:
    if link.host.startswith("urldefense") and "/v3/__" in link.path:
        return _link(url.split("/v3/__", 1)[1].partition("__;")[0].replace("*", "%2A"))
    given = {name.lower(): value for name, value in parse_qsl(link.query, max_num_fields=100)}
    if link.host == "urldefense.proofpoint.com" and link.path.startswith("/v2"):
        return _link(unquote(given.get("u", "").replace("-", "%").replace("_", "/")))
    if link.host.endswith("protection.sophos.com"):
        return _link(_of_base64(given.get("u", "")))
    for name in _PARAMETERS:
        if target := _link(given.get(name, "")):
            return target
    inside = _INSIDE.search(url, 8)
    if not inside:
        return None
    packed = inside.group()
    # With its slashes packed it is one step of a path, and what follows is the wrapper's own.
    return _link(unquote(packed if "//" in packed[:_LONGEST_SCHEME] else _STEP.split(packed)[0]))


def _link(text: str) -> str | None:
    text = text.strip()
    return text if text.lower().startswith(("http://", "https://")) and " " not in text else None


def _of_base64(packed: str) -> str:
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
