"""A question is answered, by a reply or by a button: once."""

from dataclasses import dataclass

from listserv.domain.errors import Conflict, NotFound, Unavailable
from listserv.domain.list_settings import Join
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import SubscriptionState
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.question import tell
from listserv.services.subscribe import subscribe
from listserv.services.unsubscribe import unsubscribe
from listserv.store import confirmations, mailing_lists
from listserv.store.transaction import Transaction

MOST_TRIES = 20


@dataclass(frozen=True)
class Question:
    """What a token would do. purpose: "join" or "leave"."""

    purpose: str
    mailing_list: MailingList


@dataclass(frozen=True)
class Answer:
    """What it did. state: the subscription's state now."""

    purpose: str
    mailing_list: MailingList
    state: SubscriptionState


def peek(kit: Kit, token: str) -> Question | None:
    """The open question that this token answers. Changes nothing."""
    with kit.database.reading() as tx:
        found = confirmations.peek(tx, kit.tokens.hash(token), kit.clock.now())
        if found is None or found.purpose not in ("join", "leave"):
            return None
        return Question(found.purpose, mailing_lists.get(tx, found.list_id or 0))


def confirm(kit: Kit, token: str) -> Answer | None:
    """Does what was asked, and tells the member; None for a token that is used, old or foreign."""
    for _ in range(MOST_TRIES):
        try:
            return _confirm(kit, token)
        except Conflict:  # another answer for the same address was faster; look again
            continue
    raise Unavailable("Too many answers at once. Try again in a moment.")


def _confirm(kit: Kit, token: str) -> Answer | None:
    with kit.database.transaction() as tx:
        found = confirmations.use(tx, kit.tokens.hash(token), kit.clock.now())
        if found is None or found.purpose not in ("join", "leave"):
            return None
        mailing_list = mailing_lists.get(tx, found.list_id or 0)
        address = kit.vault.open(found.sealed_address, confirmations.place(found.id)).decode()
        act = _join if found.purpose == "join" else _leave
        return Answer(found.purpose, mailing_list, act(kit, tx, mailing_list, address))


def _join(kit: Kit, tx: Transaction, mailing_list: MailingList, address: str) -> SubscriptionState:
    waits = mailing_list.settings.join is not Join.OPEN
    state = SubscriptionState.WAITING if waits else SubscriptionState.ACTIVE
    subscription, _ = subscribe(kit, tx, mailing_list.id, address, state=state)
    waiting = subscription.state is SubscriptionState.WAITING
    notice = "join_waits" if waiting else "welcome"
    tell(kit, tx, notice, mailing_list, address, handle=subscription.handle)
    return subscription.state


def _leave(kit: Kit, tx: Transaction, mailing_list: MailingList, address: str) -> SubscriptionState:
    try:
        unsubscribe(kit, tx, find_member(kit, tx, mailing_list.id, address))
    except NotFound:
        return SubscriptionState.LEFT  # somebody, or another mail, was faster
    tell(kit, tx, "goodbye", mailing_list, address)
    return SubscriptionState.LEFT
