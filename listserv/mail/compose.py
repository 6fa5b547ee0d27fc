"""Composes what we send, from an allow-list: no field and no part is copied from anywhere.

A post is composed once. Each copy is then the concatenation of ready bytes and
the one field that differs; it is never parsed or serialised again.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.list_settings import ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post
from listserv.mail import footer
from listserv.mail.list_headers import list_headers, list_unsubscribe

# RFC 2045 §6.7 and §6.8: base64 and quoted-printable keep every line within 76 characters.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_LONGEST_LINE = 76


@dataclass
class PostTemplate:
    """A post of which only List-Unsubscribe and the author's line are still open."""

    _post: Post
    _list: MailingList
    _date: datetime
    _ready: dict[str, bytes] = field(default_factory=dict, repr=False)

    def copy(self, url: str, mailto: str, author_line: str = "") -> bytes:
        """The whole mail for one recipient, lines ended by CRLF.

        author_line: the one line more in the body that the author's own copy has.
        """
        if author_line not in self._ready:
            self._ready[author_line] = self._compose(author_line)
        return list_unsubscribe(url, mailto) + self._ready[author_line]

    def _compose(self, author_line: str) -> bytes:
        mail = EmailMessage(_POLICY)
        _headers(mail, self._post, self._list, self._date)
        _body(mail, with_line(self._post.message, author_line), self._list)
        _boundaries(mail, self._post.message_id)
        return list_headers(self._list) + bytes(mail)


def compose_post(post: Post, mailing_list: MailingList, date: datetime) -> PostTemplate:
    """date: when the post was accepted; the author's own clock and zone never show.

    With reply_to=none there is no Reply-To, and Precedence and List-Post tell
    mail programs what the list is; From stays the list's, so that an answer
    which is sent all the same is met by the list's own rules.
    """
    return PostTemplate(post, mailing_list, date)


def compose_notice(
    *,
    from_name: str,
    from_address: str,
    recipient: str,
    subject: str,
    text: str,
    date: datetime,
    message_id: str,
    reply_to: str = "",
) -> bytes:
    """Our own mail to one person, marked so that no robot answers it (RFC 3834 §5)."""
    mail = _notice(from_name, from_address, recipient, subject, date, message_id)
    if reply_to:
        mail["Reply-To"] = reply_to
    _set_text(mail, text)
    return bytes(mail)


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
    """A mail for the operator, with the original attached as a file, whole and unread.

    A file, not message/rfc822: whatever is broken in the original stays inside.
    """
    mail = _notice("Quietlist", from_address, recipient, subject, date, message_id)
    _set_text(mail, text)
    mail.add_attachment(original, "application", "octet-stream", filename="original.eml")
    _boundaries(mail, message_id)
    return bytes(mail)


def with_line(message: AnonymousMessage, line: str) -> AnonymousMessage:
    """The same message with one more line at the end of its body."""
    if not line:
        return message
    html = f"{message.html}<p><em>{escape(line)}</em></p>" if message.html else ""
    return replace(message, text=f"{message.text.rstrip()}\n\n[{line}]\n", html=html)


def _headers(mail: EmailMessage, post: Post, mailing_list: MailingList, date: datetime) -> None:
    mail["Subject"] = post.message.subject
    mail["From"] = _address(f"{post.handle} via {mailing_list.outer_name}", mailing_list.address)
    mail["To"] = mailing_list.address
    if mailing_list.settings.reply_to is ReplyTo.LIST:
        mail["Reply-To"] = mailing_list.address
    mail["Date"] = format_datetime(date.astimezone(UTC))
    mail["Message-ID"] = post.message_id
    if post.references:
        mail["In-Reply-To"] = post.references[-1]
        mail["References"] = " ".join(post.references)


def _notice(
    from_name: str, from_address: str, recipient: str, subject: str, date: datetime, message_id: str
) -> EmailMessage:
    mail = EmailMessage(_POLICY)
    mail["Subject"] = subject
    mail["From"] = _address(from_name, from_address)
    mail["To"] = _address("", recipient)
    mail["Date"] = format_datetime(date.astimezone(UTC))
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def _body(mail: EmailMessage, message: AnonymousMessage, mailing_list: MailingList) -> None:
    _set_text(mail, f"{message.text.rstrip()}\n\n{footer.as_text(mailing_list)}")
    inline = [a for a in message.attachments if a.content_id and message.html]
    if message.html:
        page = (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n'
            f"{message.html}\n{footer.as_html(mailing_list)}</body></html>\n"
        )
        mail.add_alternative(page, subtype="html", cte=_encoding(page))
        if inline:
            html_part = mail.get_body(("html",))
            for attachment in inline:
                html_part.add_related(  # type: ignore[union-attr]  # it was added just above
                    *_content(attachment), cid=f"<{attachment.content_id}>", disposition="inline"
                )
    for attachment in message.attachments:
        if attachment not in inline:
            mail.add_attachment(*_content(attachment), filename=attachment.name)
    if "MIME-Version" not in mail:
        mail["MIME-Version"] = "1.0"


def _content(attachment: Attachment) -> tuple[bytes, str, str]:
    kind, _, subtype = attachment.content_type.partition("/")
    return attachment.content, kind, subtype


def _set_text(mail: EmailMessage, text: str) -> None:
    mail.set_content(text, cte=_encoding(text))


def _encoding(text: str) -> str:
    """7bit where it fits on the wire as it is; else the shorter of the two encodings."""
    if text.isascii():
        longest = max(map(len, text.split("\n")), default=0)
        return "7bit" if longest <= _LONGEST_LINE else "quoted-printable"
    foreign = sum(not c.isascii() for c in text)
    return "base64" if foreign * 6 > len(text) else "quoted-printable"


def _boundaries(mail: EmailMessage, message_id: str) -> None:
    """Boundaries of our own making: new with each post, the same in each of its copies."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            seed = sha256(f"{message_id} {number}".encode()).hexdigest()[:24]
            part.set_boundary(f"=_{seed}")
        if part is not mail:
            del part["MIME-Version"]
