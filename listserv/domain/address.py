"""Email addresses: what we accept, and the one form in which we compare them."""

import re
import unicodedata

from listserv.domain.errors import Refused

# RFC 5321 §4.5.3.1: 64 octets before the @, 255 after it, 254 in all (RFC 3696 erratum 1690).
MOST_LOCAL = 64
MOST_ADDRESS = 254
LONGEST_TEXT = 1000  # looked at before anything that takes longer the longer a text is

_NO_ADDRESS = "That is not an email address. An address looks like ann@example.org."

_LOCAL = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\]\\]+")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


def parse_address(text: str) -> str:
    """The address in `text`, normalised. Raises Refused when it is none.

    Quoted local parts and address literals (RFC 5321 §4.1.2) are refused: no
    mailbox of a person has one, and they carry spaces and brackets.
    """
    if len(text) > LONGEST_TEXT:
        raise Refused(_NO_ADDRESS)
    local, at, domain = unicodedata.normalize("NFC", text.strip()).rpartition("@")
    labels = domain.split(".")
    if (
        not at
        or not _LOCAL.fullmatch(local)
        or ".." in f".{local}."
        or len(local.encode()) > MOST_LOCAL
        or len(text.strip().encode()) > MOST_ADDRESS
        or not all(_LABEL.fullmatch(label) for label in labels)
    ):
        raise Refused(_NO_ADDRESS)
    return f"{local}@{domain}".lower()


def split(address: str) -> tuple[str, str]:
    """The local part and the domain."""
    local, _, domain = address.rpartition("@")
    return local, domain
