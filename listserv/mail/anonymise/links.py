"""Links in text and HTML: what they carry besides their target is taken off."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import find_addresses, has_address
from listserv.mail.anonymise.edits import Edit, apply
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.words import word_set

PERSONAL_LINK = "[a personal link]"
_URL = re.compile(r"https?://[^\s<>\"\[\]{}|\\^`]{1,4000}", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_TRAILING = ".,;:!?'*_)"
# Paths of our own pages that act for one person.
_PERSONAL_PATHS = ("/unsubscribe/", "/confirm/", "/sign-in/", "/leave/")
_TRACKING = word_set(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid
    _hsenc _hsmi hsctatracking mkt_tok vero_id vero_conv oly_enc_id oly_anon_id rb_clickid s_cid
    wickedid ref_src ref_url spm scm share_id shareid li_fat_id epik _openstat cmpid si feature
    trk trkcampaign sc_cid _branch_match_id __s cx_recsid usp ved ei sxsrf sca_esv"""
)
# Services that put themselves before a link; the parameter that has the target.
_REDIRECTS = {
    "safelinks.protection.outlook.com": "url",
    "www.google.com/url": "q",
    "l.facebook.com/l.php": "u",
    "lm.facebook.com/l.php": "u",
    "l.instagram.com": "u",
    "urldefense.proofpoint.com/v1/url": "u",
    "linkprotect.cudasvc.com/url": "a",
    "away.vk.com/away.php": "to",
}
_MOST_REDIRECTS = 4


def find_links(text: str, policy: CleaningPolicy) -> list[Edit]:
    """Links whose address has to change, each with the address that stays."""
    edits: list[Edit] = []
    for match in _URL.finditer(text):
        url = match.group()
        shown = url.rstrip(_TRAILING) if url.count("(") == 0 else url.rstrip(_TRAILING[:-1])
        cleaned, kind = clean_link(shown, policy)
        if cleaned != shown:
            edits.append(Edit(match.start(), match.start() + len(shown), cleaned, kind))
    return edits


def clean_link(url: str, policy: CleaningPolicy) -> tuple[str, RedactionKind | None]:
    """The link as it may stay, and what was taken off; `PERSONAL_LINK` when none of it may."""
    target = _unwrapped(url)
    try:
        parts = urlsplit(target)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=500)
    except ValueError:
        return PERSONAL_LINK, RedactionKind.PERSONAL_LINK
    if any(mark in parts.path.lower() for mark in _PERSONAL_PATHS):
        return PERSONAL_LINK, RedactionKind.PERSONAL_LINK
    names = [piece for piece, pair in _pieces(parts.query, pairs) if not _tracks(*pair)]
    # A user name before the host names its owner; an address in the path or fragment too.
    host = parts.netloc.rpartition("@")[2]
    path, fragment = (_without_addresses(p, policy) for p in (parts.path, parts.fragment))
    fragment = "" if fragment.lower().startswith(("utm_", "xtor=")) else fragment
    kept = urlunsplit((parts.scheme, host, path, "&".join(names), fragment))
    if kept.rstrip("?#") == url.rstrip("?#"):
        return url, None
    return kept, RedactionKind.LINK_TRACKING


def _pieces(query: str, pairs: list[tuple[str, str]]) -> list[tuple[str, tuple[str, str]]]:
    """Each parameter as written beside what it says."""
    written = [piece for piece in query.split("&") if piece]
    return list(zip(written, pairs, strict=True)) if len(written) == len(pairs) else []


def _tracks(name: str, value: str) -> bool:
    """A campaign's parameter, or one with an address in it (the reader's or the author's)."""
    name = name.lower()
    return (
        name in _TRACKING
        or name.startswith(("utm_", "pk_", "mtm_", "hsa_", "ga_"))
        or has_address(value)
        or has_address(unquote(value))
    )


def _without_addresses(text: str, policy: CleaningPolicy) -> str:
    edits = find_addresses(text, policy)
    return apply(text, [Edit(e.start, e.end, "-", e.kind) for e in edits])


def _unwrapped(url: str) -> str:
    """The target behind known redirects, which carry the reader's account in other parameters."""
    for _ in range(_MOST_REDIRECTS):
        inner = _inner(url)
        if inner is None:
            return url
        url = inner
    return url


def _inner(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        place = f"{host}{parts.path}"
        for known, name in _REDIRECTS.items():
            if place == known or place.rstrip("/") == known or f".{host}".endswith(f".{known}"):
                values = dict(parse_qsl(parts.query, max_num_fields=100))
                target = values.get(name, "")
                return target if target.lower().startswith(("http://", "https://")) else None
    except ValueError:
        return None
    if host == "urldefense.com" and "/v3/__" in parts.path:
        target = url.split("/v3/__", 1)[1].partition("__;")[0].replace("*", "%2A")
        return target if target.lower().startswith(("http://", "https://")) else None
    return None
