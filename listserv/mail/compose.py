"""Mail that goes out, written anew from an allow-list: no field or part is ever copied.

A post is composed once. Its copies differ in one field and its signatures, which
stand in front of the bytes that they share, so nothing is parsed or written twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import MIMEPart
from html import escape

from listserv.domain.anonymous_message import Attachment
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post
from listserv.mail import header_lines
from listserv.mail.characters import one_line, plain
from listserv.mail.dkim import UNSIGNED, Seal, Signing
from listserv.mail.footer import footer_html, footer_text
from listserv.mail.list_headers import list_fields, reply_to, unsubscribe_field
from listserv.mail.mime_tree import file_part, multipart, post_tree, text_part

NO_SUBJECT = "(no subject)"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_NOT_FOR_7BIT = re.compile(rb"[^\t\r\n -~]|[^\r\n]{999}")


@dataclass(frozen=True)
class PostTemplate:
    """A post with one field left open. Made by `compose_post`."""

    _head: bytes = field(repr=False)
    _content: bytes = field(repr=False)
    _seal: Seal = field(repr=False)
    _post: Post = field(repr=False)
    _mailing_list: MailingList = field(repr=False)
    _signing: Signing = field(repr=False)

    def pieces(
        self, unsubscribe: Sequence[bytes], author_line: str = ""
    ) -> tuple[list[bytes], bytes]:
        """The fields of each of these copies alone, and what is the same in all (the same object).

        unsubscribe: the field that is open, for each copy. author_line: one line more in the
        body, for the author's own copy only.
        """
        content, sealed = self._content, self._seal
        if author_line:
            content = self._head + _body(self._post, self._mailing_list, author_line)
            sealed = seal(content, self._signing)
        seals = sealed.fields(unsubscribe)
        return [above + own for above, own in zip(seals, unsubscribe, strict=True)], content

    def copy(
        self, list_unsubscribe_url: str, list_unsubscribe_mailto: str, author_line: str = ""
    ) -> bytes:
        """The bytes of one copy, as they go over the wire before dots are doubled.

        list_unsubscribe_mailto: an address.
        """
        unsubscribe = unsubscribe_field(list_unsubscribe_url, list_unsubscribe_mailto)
        (own,), content = self.pieces([unsubscribe], author_line)
        return own + content


def compose_post(
    post: Post, mailing_list: MailingList, date: datetime, signing: Signing = UNSIGNED
) -> PostTemplate:
    """The form that every copy of a post has. date: aware; it goes out in UTC.

    The envelope is the caller's. Lines have at most 998 bytes and end in CRLF.
    """
    head = b"".join(
        (
            _subject(post.message.subject),
            header_lines.mailbox(
                "From", f"{post.handle} via {mailing_list.outer_name}", mailing_list.address
            ),
            header_lines.mailbox("To", "", mailing_list.address),
            reply_to(mailing_list),
            header_lines.field("Message-ID", post.message_id),
            header_lines.message_ids("In-Reply-To", post.references[-1:]),
            header_lines.message_ids("References", post.references),
            header_lines.date(date),
            list_fields(mailing_list),
        )
    )
    content = head + _body(post, mailing_list)
    return PostTemplate(head, content, seal(content, signing), post, mailing_list, signing)


def compose_notice(  # noqa: PLR0913  # the fields of a mail, all by name
    *,
    from_name: str,
    from_address: str,
    recipient: str,
    subject: str,
    text: str,
    date: datetime,
    message_id: str,
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    mailing_list: MailingList | None = None,
    answers_id: str | None = None,
) -> bytes:
    """Mail of our own to one person, in plain text. mailing_list: adds its List-Id.

    answers_id: the Message-ID of the mail that it answers, "" where that has none; None
    where it answers none (RFC 3834 §3.1.5 and §5). The caller sends it with the null
    return path (§3.3).
    """
    kind = "auto-generated" if answers_id is None else "auto-replied"
    body = text_part(plain(text))
    files = [file_part(file.content, file.content_type, file.name) for file in attachments]
    return b"".join(
        (
            _subject(subject),
            header_lines.mailbox("From", from_name, from_address),
            header_lines.mailbox("To", "", recipient),
            header_lines.mailbox("Reply-To", "", reply_to) if reply_to else b"",
            header_lines.field("Message-ID", message_id),
            header_lines.field("In-Reply-To", answers_id) if answers_id else b"",
            header_lines.field("References", answers_id) if answers_id else b"",
            header_lines.date(date),
            header_lines.list_id(mailing_list.outer_name, mailing_list.address)
            if mailing_list
            else b"",
            header_lines.field("Auto-Submitted", kind),
            _mime(multipart("mixed", [body, *files], message_id) if files else body),
        )
    )


def compose_forward(
    *,
    from_address: str,
    recipient: str,
    subject: str,
    text: str,
    original: bytes,
    date: datetime,
    message_id: str,
) -> bytes:
    """A notice with a whole mail attached, for the operator."""
    parts = [text_part(plain(text)), _attached(original)]
    return b"".join(
        (
            _subject(subject),
            header_lines.mailbox("From", "Quietlist", from_address),
            header_lines.mailbox("To", "", recipient),
            header_lines.field("Message-ID", message_id),
            header_lines.date(date),
            header_lines.field("Auto-Submitted", "auto-generated"),
            _mime(multipart("mixed", parts, message_id)),
        )
    )


def seal(content: bytes, signing: Signing, varying: Sequence[str] = ("list-unsubscribe",)) -> Seal:
    """Signs the copies of one mail; what varies stands in front of what they share."""
    head, _, body = content.partition(b"\r\n\r\n")
    return Seal(head + b"\r\n", body, varying, signing)


def _body(post: Post, mailing_list: MailingList, author_line: str = "") -> bytes:
    message = post.message
    line = one_line(author_line)
    paragraphs = (plain(message.text).rstrip("\n"), line, footer_text(mailing_list))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    html = plain(message.html).strip()
    if html:
        said = f"<p>{escape(line)}</p>\n" if line else ""
        html = f"{html}\n{said}{footer_html(mailing_list)}"
    tree = post_tree(message, text, html, post.message_id, mailing_list.domain)
    return header_lines.field("MIME-Version", "1.0") + tree


def _mime(tree: MIMEPart) -> bytes:
    return header_lines.field("MIME-Version", "1.0") + tree.as_bytes()


def _subject(subject: str) -> bytes:
    return header_lines.words("Subject", one_line(subject) or NO_SUBJECT)


def _attached(original: bytes) -> MIMEPart:
    """The mail as message/rfc822 where it may stand unencoded, else as a file in base64.

    RFC 2046 §5.2.1 allows no encoding of message/rfc822, and not every relay
    takes eight bits.
    """
    whole = _LINE_END.sub(b"\r\n", original)
    if _NOT_FOR_7BIT.search(whole):
        return file_part(whole, "application/octet-stream", "mail.eml")
    part = text_part("")
    part.replace_header("Content-Type", "message/rfc822")
    part["Content-Disposition"] = "attachment"
    part.set_payload(whole.decode("ascii"))
    return part
