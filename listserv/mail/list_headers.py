"""The header fields that make a mail a list's mail (RFC 2369, RFC 2919, RFC 8058).

They are written here rather than by the email package, which folds long URLs
into encoded words that no mail program reads.
"""

from email.header import Header

from listserv.domain.mailing_list import MailingList

_SPECIALS = set('()<>[]:;@\\,."')


def list_headers(mailing_list: MailingList) -> bytes:
    """The fields that every copy shares, each line ended by CRLF."""
    fields = (
        ("List-Id", f"{phrase(mailing_list.outer_name)} <{list_id(mailing_list)}>"),
        ("List-Post", f"<mailto:{mailing_list.address}>"),
        ("List-Help", f"<mailto:{mailing_list.sub_address('help')}>"),
        ("List-Subscribe", f"<mailto:{mailing_list.sub_address('join')}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Precedence", "list"),
    )
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode("ascii")


def list_unsubscribe(url: str, mailto: str) -> bytes:
    """The field that differs for each recipient, on two lines."""
    return f"List-Unsubscribe: <mailto:{mailto}>,\r\n <{url}>\r\n".encode("ascii")


def list_id(mailing_list: MailingList) -> str:
    """`group.example.org` for group@example.org."""
    return mailing_list.address.replace("@", ".")


def phrase(text: str) -> str:
    """A display name: as it is, quoted, or as encoded words (RFC 5322 §3.2.5, RFC 2047 §5)."""
    if not text.isascii():
        return Header(text, "utf-8", maxlinelen=75, header_name="List-Id").encode(linesep="\r\n")
    if _SPECIALS & set(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text
