"""The footer of every copy: how to leave, how to get help, how to reach a person.

It is the same for everyone: people quote and forward what they read, so no
address of the reader and no token may stand in it.
"""

from html import escape

from listserv.domain.mailing_list import MailingList

SEPARATOR = "-- "


def lines(mailing_list: MailingList) -> tuple[str, ...]:
    return (
        f"{mailing_list.outer_name}: everyone in the group reads what you write here.",
        f"To leave, send any mail to {mailing_list.sub_address('leave')}",
        f"Help: {mailing_list.sub_address('help')}",
        f"A person: {mailing_list.sub_address('owner')}",
    )


def as_text(mailing_list: MailingList) -> str:
    return "\n".join((SEPARATOR, *lines(mailing_list))) + "\n"


def as_html(mailing_list: MailingList) -> str:
    return "<hr>\n<p>" + "<br>\n".join(escape(line) for line in lines(mailing_list)) + "</p>\n"
