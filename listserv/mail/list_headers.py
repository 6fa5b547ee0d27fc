"""What a list says of itself in the header of each post (RFC 2369, 2919, 8058)."""

from listserv.domain.list_settings import ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.mail.header_lines import field, links, list_id, mailbox

_HOLE = "=TOKEN="  # no list's address has an equals sign


def reply_to(mailing_list: MailingList) -> bytes:
    """Where a plain reply goes; `none` leaves the field out.

    A reply then goes to From, which is the list's address all the same: the
    author's is hidden, and another one would fail DMARC (RFC 7489 §3.1). What
    comes of it is up to the list's other settings.
    """
    if mailing_list.settings.reply_to is ReplyTo.NONE:
        return b""
    return mailbox("Reply-To", "", mailing_list.address)


def list_fields(mailing_list: MailingList) -> bytes:
    """The fields that are the same in every copy, List-Unsubscribe-Post included."""
    return b"".join(
        (
            list_id(mailing_list.outer_name, mailing_list.address),
            links("List-Post", f"mailto:{mailing_list.address}"),
            links("List-Help", f"mailto:{mailing_list.sub_address('help')}"),
            links("List-Subscribe", f"mailto:{mailing_list.sub_address('join')}"),
            field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            field("Precedence", "list"),
        )
    )


def unsubscribe_field(url: str, address: str) -> bytes:
    """The one field that differs from copy to copy; the page stands first, as RFC 8058 §3 asks."""
    return links("List-Unsubscribe", url, f"mailto:{address}")


class UnsubscribeField:
    """The same for any number of members, each with a token of ASCII letters and digits."""

    def __init__(self, page: str, mailing_list: MailingList) -> None:
        """page: what the link begins with, up to the token."""
        address = mailing_list.sub_address("leave", _HOLE)
        whole = unsubscribe_field(page + _HOLE, address).decode("ascii")
        self._start, self._middle, self._end = whole.rsplit(_HOLE, 2)

    def of(self, token: str) -> bytes:
        return f"{self._start}{token}{self._middle}{token}{self._end}".encode("ascii")
