"""Asks the address in From whether a post is theirs: once a day at most."""

from listserv.domain.mailing_list import MailingList
from listserv.services.gather_facts import NOBODY
from listserv.services.kit import Kit
from listserv.services.question import Purpose, language_of, write_down
from listserv.services.tell import Reader, tell
from listserv.store import members, subscriptions
from listserv.store.transaction import Transaction


def ask_author(  # who is asked about what
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    address: str,
    author_id: int | None,
    subject: str,
) -> str | None:
    """The notice's id; None when the address was asked today. author_id: None for a stranger,
    for whom the same is done, and whose notice the caller drops."""
    found = subscriptions.get(tx, author_id or NOBODY)
    person = members.person(tx, (found.member_id if found else None) or "")
    speaks = person.language if person else language_of(mailing_list, None)
    asked = write_down(kit, tx, Purpose.POST, mailing_list.id, address, speaks)
    if asked is None:
        return None
    reader = Reader(mailing_list, address, speaks)
    return tell(kit, tx, "confirm_post", reader, asked.token, title=subject)
