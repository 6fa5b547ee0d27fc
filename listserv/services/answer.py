"""Answers a mail with one of the notices that say the same to everybody."""

from listserv.domain.language import Language
from listserv.services.kit import Kit
from listserv.services.question import Purpose, language_for, write_down
from listserv.services.tell import Reader, tell
from listserv.store import mailing_lists

_PURPOSES = {"help": Purpose.HELP, "left_alone": Purpose.LAST_WORD}


def answer(  # what to whom, where and in which language
    kit: Kit,
    list_id: int,
    address: str,
    notice: str,
    language: Language | None = None,
    problem: str = "",
) -> None:
    """notice: help, roster or unclear. Not more than a few an hour to any address."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        speaks = language_for(kit, tx, mailing_list, address, language)
        purpose = _PURPOSES.get(notice, Purpose.REFUSAL)
        if write_down(kit, tx, purpose, list_id, address, speaks):
            tell(kit, tx, notice, Reader(mailing_list, address, speaks), problem=problem)
