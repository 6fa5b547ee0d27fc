"""The few lines below each post. They say nothing of the one who reads them.

People quote and forward whole mails: a personal link or token here would let
others act for them.
"""

from html import escape

from listserv.domain.list_settings import ReplyTo
from listserv.domain.mailing_list import MailingList

_REPLIES = {
    ReplyTo.LIST: "Your reply goes to everyone in the group.",
    ReplyTo.NONE: "This mail went to everyone in the group.",
}


def footer_lines(mailing_list: MailingList) -> tuple[str, ...]:
    """Who reads this; how to leave, to get help and to reach a person."""
    return (
        _REPLIES[mailing_list.settings.reply_to],
        f"To leave, write to {mailing_list.sub_address('leave')}",
        f"For help, write to {mailing_list.sub_address('help')}",
        f"To reach a person, write to {mailing_list.sub_address('owner')}",
    )


def footer_text(mailing_list: MailingList) -> str:
    """The lines after the mark that mail programs know (RFC 3676 §4.3)."""
    return "\n".join(("-- ", *footer_lines(mailing_list))) + "\n"


def footer_html(mailing_list: MailingList) -> str:
    """The same as one paragraph."""
    return "<p>-- <br>\n" + "<br>\n".join(map(escape, footer_lines(mailing_list))) + "</p>\n"
