"""A member asks by mail for a change. Without proof of who writes, the address is asked first."""

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import ForgetMe, Kept, Leave, as_json
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.carry_out import carry_out
from listserv.services.kit import Kit
from listserv.services.question import Purpose, language_of, write_down
from listserv.services.show_me import groups_of
from listserv.services.tell import Reader, tell
from listserv.services.tell_change import values_of
from listserv.store import mailing_lists, members, notices, subscriptions
from listserv.store.transaction import Transaction


def ask_change(  # who asks for what, where, and how well that is proven
    kit: Kit,
    list_id: int,
    address: str,
    request: Kept,
    proven: bool,
    language: Language | None = None,
    doubt: str = "",
) -> None:
    """proven: something trusted says that the mail comes from that address. doubt: why it is
    asked about first in any case, in words.

    To forget somebody is always asked first. A stranger without proof gets
    nothing, and that takes as long as a member's question.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        subscription = _subscription(kit, tx, list_id, address)
        speaks = language or _language(tx, mailing_list, subscription)
        reader = Reader(mailing_list, address, speaks)
        sure = proven and not (subscription and (doubt or isinstance(request, ForgetMe)))
        if not sure:
            notice_id = ask_whether(kit, tx, reader, request, doubt)
            if notice_id:
                # Everything is done as for a member, so that the time it takes tells nothing.
                notices.settle(tx, notice_id, wanted=subscription is not None)
        elif subscription is None:
            if write_down(kit, tx, Purpose.REFUSAL, list_id, address, speaks):
                tell(kit, tx, "not_member", reader)
        else:
            carry_out(kit, tx, reader, subscription, request)


def ask_whether(
    kit: Kit, tx: Transaction, reader: Reader, request: Kept, doubt: str = ""
) -> str | None:
    """Asks the address whether it wants that; the notice's id, or None after too many questions."""
    forget = isinstance(request, ForgetMe)
    asked = write_down(
        kit,
        tx,
        Purpose.FORGET if forget else Purpose.CHANGE,
        reader.mailing_list.id,
        reader.address,
        reader.language,
        {"request": as_json(request)},
    )
    if not asked:
        return None
    match request:
        case ForgetMe(posts):
            posts_too = "yes" if posts else ""
            groups = _groups(kit, tx, reader.address)
            return tell(
                kit, tx, "confirm_forget", reader, asked.token, posts=posts_too, groups=groups
            )
        case Leave():
            return tell(kit, tx, "confirm_leave", reader, asked.token)
        case _:
            values = values_of(request, reader.language)
            return tell(kit, tx, "confirm_change", reader, asked.token, problem=doubt, **values)


def _groups(kit: Kit, tx: Transaction, address: str) -> list[str]:
    member = members.find(tx, kit.vault.lookups(address))
    groups = groups_of(tx, member.member_id if member else "")
    return [group.mailing_list.outer_name for group in groups]


def _subscription(kit: Kit, tx: Transaction, list_id: int, address: str) -> Subscription | None:
    member = members.find(tx, kit.vault.lookups(address))
    found = subscriptions.of_member(tx, list_id, member.member_id if member else "")
    return found if found and found.state is not SubscriptionState.LEFT else None


def _language(
    tx: Transaction, mailing_list: MailingList, subscription: Subscription | None
) -> Language:
    """The one that the member chose, else the group's."""
    person = members.person(tx, (subscription.member_id if subscription else None) or "")
    return person.language if person else language_of(mailing_list, None)
