"""DKIM signatures, relaxed/relaxed (RFC 6376): what is hashed, and the fields that say so.

What the copies of a post share is hashed once; a copy then costs one small
hash and the signature itself. Only mail that was composed here is signed, so
its fields are known to be well formed.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from listserv.domain.dkim import DkimAlgorithm, Signer

if TYPE_CHECKING:
    from hashlib import _Hash

_FIELD = re.compile(rb"([!-9;-~]+):((?:[^\r\n]*\r\n)(?:[ \t][^\r\n]*\r\n)*)")
_SPACE = re.compile(rb"[ \t\r\n]+")
_SPACE_IN_LINE = re.compile(rb"[ \t]+")
_SPACE_AT_END = re.compile(rb"[ \t]+(?=\r\n)")
_EMPTY_AT_END = re.compile(rb"(?:\r\n)+\Z")
_WIDTH = 72
_NAMES = {DkimAlgorithm.RSA: "rsa-sha256", DkimAlgorithm.ED25519: "ed25519-sha256"}


@dataclass(frozen=True)
class Signing:
    """Who signs, and when; nobody, where a domain has no key."""

    signers: Sequence[Signer] = ()
    at: datetime | None = None


UNSIGNED = Signing()


class Seal:
    """Signs mails that share a body and all fields but a few. Made by `seal`."""

    def __init__(self, head: bytes, body: bytes, varying: Sequence[str], signing: Signing) -> None:
        """head: the fields they share. varying: names of those that `fields` is given."""
        shared = _canonical(head)
        names = [*(name for name, _ in shared), *varying]
        # From once more than there is: a second one, put in on the way, breaks the signature.
        listed = ":".join([*(name.lower() for name in names), "from"])
        self._shared: _Hash = sha256(b"".join(line for _, line in shared))
        digest = body_hash(body) if signing.signers else ""
        self._forms = [_Form(one, listed, digest, signing.at) for one in signing.signers]

    def fields(self, varying: Sequence[bytes]) -> list[bytes]:
        """For each copy one DKIM-Signature a key.

        varying: of each copy the whole fields that vary, in the order of their names.
        Many copies together may cost less each.
        """
        if not self._forms:
            return [b""] * len(varying)
        above = [self._above(own) for own in varying]
        of_each_key = [form.signed(above) for form in self._forms]
        return [b"".join(fields) for fields in zip(*of_each_key, strict=True)]

    def _above(self, varying: bytes) -> "_Hash":
        above = self._shared.copy()
        above.update(b"".join(line for _, line in _canonical(varying)))
        return above


def signed(mail: bytes, signing: Signing) -> bytes:
    """A whole mail with its signatures in front."""
    head, _, body = mail.partition(b"\r\n\r\n")
    return Seal(head + b"\r\n", body, (), signing).fields([b""])[0] + mail


def body_hash(body: bytes) -> str:
    """The hash of the relaxed body (§3.4.4), as `bh=` has it."""
    body = _SPACE_AT_END.sub(b"", _SPACE_IN_LINE.sub(b" ", body))
    body = _EMPTY_AT_END.sub(b"", body)
    return b64encode(sha256(body + b"\r\n" if body else b"").digest()).decode("ascii")


def from_domain(mail: bytes) -> str:
    """The domain of the one address in From, as our own mail writes it; "" without one."""
    head = mail.partition(b"\r\n\r\n")[0] + b"\r\n"
    for name, line in _canonical(head):
        if name == "from":
            return line.strip().removesuffix(b">").rpartition(b"@")[2].decode("ascii", "replace")
    return ""


def _canonical(head: bytes) -> list[tuple[str, bytes]]:
    """Each field with its name, both as relaxed canonicalisation has them (§3.4.2)."""
    found: list[tuple[str, bytes]] = []
    for name, value in _FIELD.findall(head):
        lower, text = name.lower(), _SPACE.sub(b" ", value).strip(b" ")
        found.append((lower.decode("ascii"), b"%b:%b\r\n" % (lower, text)))
    return found


class _Form:
    """The field of one key up to its signature, and the same as it is hashed."""

    def __init__(self, signer: Signer, listed: str, digest: str, at: datetime | None) -> None:
        # Folded; its lines begin with one space, as relaxed canonicalisation wants.
        when = f" t={int(at.timestamp())};" if at else ""
        self._signer = signer
        self._text = (
            f"DKIM-Signature: v=1; a={_NAMES[signer.algorithm]}; c=relaxed/relaxed;\r\n"
            f" d={signer.domain}; s={signer.selector};{when}\r\n"
            f" h={_folded(listed)};\r\n"
            f" bh={digest};\r\n"
            " b="
        ).encode("ascii")
        # The field itself comes last, with an empty b= and without its line end (§3.7).
        self._hashed = _canonical(self._text + b"\r\n")[0][1][:-2]

    def signed(self, above: Sequence["_Hash"]) -> list[bytes]:
        """The whole field of each copy. above: the hashes of all fields that it signs."""
        signatures = self._signer.sign([self._digest(one) for one in above])
        return [self._text + _on_lines(signature) for signature in signatures]

    def _digest(self, above: "_Hash") -> bytes:
        whole = above.copy()
        whole.update(self._hashed)
        return whole.digest()


def _on_lines(signature: bytes) -> bytes:
    text = b64encode(signature)
    lines = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return b"\r\n ".join(lines) + b"\r\n"


def _folded(listed: str) -> str:
    """Names on lines of a fair length; a colon may have space behind it (§3.5)."""
    lines = [""]
    for name in listed.split(":"):
        if len(lines[-1]) + len(name) > _WIDTH:
            lines.append("")
        lines[-1] += f"{name}:"
    return "\r\n ".join(lines)[:-1]
