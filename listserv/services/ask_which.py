"""Tells an address, and nobody else, which groups it is in."""

from listserv.domain.language import Language
from listserv.services.kit import Kit
from listserv.services.question import Purpose, language_of, write_down
from listserv.services.show_me import groups_of
from listserv.services.tell import Reader, tell
from listserv.services.tell_change import pause_in_words
from listserv.store import mailing_lists, members, notices


def ask_which(
    kit: Kit, list_id: int, address: str, proven: bool, language: Language | None = None
) -> None:
    """proven: something trusted says that the mail comes from that address.

    Without it a stranger gets nothing, and that takes as long.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        member = members.find(tx, kit.vault.lookups(address))
        member_id = member.member_id if member else ""
        person = members.person(tx, member_id)
        speaks = language or (person.language if person else language_of(mailing_list, None))
        if not write_down(kit, tx, Purpose.WHICH, list_id, address, speaks):
            return
        groups = [
            {
                "outer_name": group.mailing_list.outer_name,
                "list_address": group.mailing_list.address,
                "handle": group.subscription.handle,
                "state": str(group.subscription.state),
                "delivery": str(group.subscription.delivery),
                "until": pause_in_words(tx, group.subscription, speaks),
            }
            for group in groups_of(tx, member_id)
        ]
        notice_id = tell(kit, tx, "which", Reader(mailing_list, address, speaks), groups=groups)
        notices.settle(tx, notice_id, wanted=bool(groups) or proven)
