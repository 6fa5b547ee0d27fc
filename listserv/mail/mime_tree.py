"""The MIME tree of a post: text, its HTML alternative, pictures and files, nothing else."""

import hashlib
import re
from collections.abc import Sequence
from email.message import MIMEPart
from email.policy import SMTP

from listserv.domain.anonymous_message import AnonymousMessage, Attachment

# RFC 2045 §6.7 (5) ends lines of quoted-printable at 76; the policy's own 78 is too wide.
_WIDTH = 76
_POLICY = SMTP.clone(max_line_length=_WIDTH)
_TYPE = re.compile(r"(?!message/|multipart/)[a-z]+/[a-z0-9.+-]+")
# What quoted-printable writes as three (RFC 2045 §6.7): "=" and whatever is not ASCII.
_ODD_BYTES = bytes((61, *range(127, 256)))
_ODD_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_CID = re.compile(r'(<img\b[^<>]*?\bsrc=")cid:([^"<>]+)"')


def text_part(text: str, subtype: str = "plain") -> MIMEPart:
    """A text as 7bit where it can be, else in the shorter of the two encodings."""
    part = MIMEPart(policy=_POLICY)
    part.set_content(text, subtype=subtype, charset="utf-8", cte=_encoding(text))
    return part


def multipart(subtype: str, parts: Sequence[MIMEPart], seed: str) -> MIMEPart:
    """The parts under a boundary that is drawn from `seed` and the place in the tree."""
    whole = MIMEPart(policy=_POLICY)
    whole["Content-Type"] = f"multipart/{subtype}"
    whole.set_boundary(boundary(subtype, seed))
    if subtype == "related":
        whole.set_param("type", "text/html")  # RFC 2387 §3.1
    for part in parts:
        whole.attach(part)
    return whole


def boundary(subtype: str, seed: str) -> str:
    """A line that stands in none of the parts.

    seed is random and ours (a Message-ID), so no author can write the boundary
    into a text; "=_" stands in no encoded text besides (RFC 2045 §6.7).
    """
    return "=_" + _digest(f"{seed} {subtype}")


def post_tree(message: AnonymousMessage, text: str, html: str, seed: str, domain: str) -> bytes:
    """The fields of MIME, an empty line and the body, CRLF throughout.

    text and html: the message's own with footer and all; html is a fragment or
    "". domain: what Content-IDs end in (RFC 2392 §2).
    """
    inside = {a.content_id for a in message.attachments if a.content_id and html}
    body = text_part(text)
    if html:
        ids = {name: f"{_safe(name)}.{_digest(f'{seed} {name}')[:12]}@{domain}" for name in inside}
        pictures = [
            _file(a, "inline", ids[a.content_id])
            for a in message.attachments
            if a.content_id in inside
        ]
        page = text_part(_page(_with_ids(html, ids)), "html")
        if pictures:
            page = multipart("related", [page, *pictures], seed)
        body = multipart("alternative", [body, page], seed)
    files = [_file(a, "attachment") for a in message.attachments if a.content_id not in inside]
    return (multipart("mixed", [body, *files], seed) if files else body).as_bytes()


def inline_part(picture: Attachment, content_id: str) -> MIMEPart:
    """A picture that the HTML beside it shows as `cid:…`."""
    return _file(picture, "inline", content_id)


def file_part(content: bytes, content_type: str, name: str) -> MIMEPart:
    """Bytes of any kind as a file beside the text, in base64."""
    return _file(Attachment(name, content_type, content), "attachment")


def _file(attachment: Attachment, disposition: str, content_id: str = "") -> MIMEPart:
    whole_type = attachment.content_type.lower()
    if not _TYPE.fullmatch(whole_type):
        whole_type = "application/octet-stream"
    maintype, _, subtype = whole_type.partition("/")
    part = MIMEPart(policy=_POLICY)
    part.set_content(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        disposition=disposition,
        filename=_safe(attachment.name) or "file",
        cid=f"<{content_id}>" if content_id else None,
        params={"charset": "utf-8"} if maintype == "text" else None,
    )
    return part


def _encoding(text: str) -> str:
    content = text.encode()
    if content.isascii() and all(len(line) <= _WIDTH for line in text.split("\n")):
        return "7bit"
    odd = len(content) - len(content.translate(None, _ODD_BYTES))
    # Quoted-printable adds two bytes for each odd one, base64 a third of the whole.
    return "quoted-printable" if odd * 2 * 3 <= len(content) else "base64"


def _page(fragment: str) -> str:
    return (
        '<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"></head>\n'
        f"<body>\n{fragment.strip()}\n</body>\n</html>\n"
    )


def _with_ids(html: str, ids: dict[str, str]) -> str:
    return _CID.sub(lambda m: f'{m[1]}cid:{ids[m[2]]}"' if m[2] in ids else m[0], html)


def _safe(name: str) -> str:
    return _ODD_IN_NAME.sub("-", name)[:60].strip("-.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
