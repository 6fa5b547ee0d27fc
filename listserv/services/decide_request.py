"""A moderator lets somebody in who asked to join, or turns them down: whoever is first."""

from dataclasses import dataclass, field, replace

from listserv.domain.audit import OPERATOR
from listserv.domain.clean_reason import NO_REASON, CleanReason
from listserv.domain.errors import NotFound
from listserv.domain.life import Step, after
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.services.speak import spoken
from listserv.services.tell import Reader, reader_of, tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import audit, mailing_lists, request_tokens, subscriptions
from listserv.store.audit import Act
from listserv.store.transaction import Transaction

LET_IN, TURN_DOWN = "let_in", "turn_down"


@dataclass(frozen=True)
class RequestView:
    """What a token is about. newcomer: as they are now; reader: the moderator it was sent to."""

    mailing_list: MailingList
    moderator: Subscription
    reader: Reader = field(repr=False)
    newcomer: Subscription

    @property
    def open(self) -> bool:
        return self.newcomer.state is SubscriptionState.WAITING


@dataclass(frozen=True)
class RequestDecided:
    """let_in: whether they are in now. who: who was first, where it was somebody else."""

    let_in: bool
    who: str = ""
    late: bool = False


def peek_request(kit: Kit, token: str) -> RequestView | None:
    """Changes nothing. None for one that is old, or whose reader moderates no more."""
    with kit.database.reading() as tx:
        return _view(kit, tx, token)


def decide_by_request_token(
    kit: Kit, token: str, let_in: bool, reason: CleanReason = NO_REASON
) -> RequestDecided | None:
    """None as above."""
    with kit.database.transaction() as tx:
        found = _view(kit, tx, token)
        if found is None:
            return None
        return _decide(
            kit, tx, found.mailing_list, found.newcomer.id, let_in, found.moderator, reason
        )


def decide_request_by_link(kit: Kit, token: str, let_in: bool, words: str) -> RequestDecided | None:
    """The same on the page behind the link. words: as they were typed."""
    view = peek_request(kit, token)
    if view is None:
        return None
    reason = spoken(kit, view.mailing_list, view.moderator, words)
    return decide_by_request_token(kit, token, let_in, reason)


def decide_request(  # who decides what about whom
    kit: Kit,
    list_id: int,
    newcomer_id: int,
    let_in: bool,
    moderator: Subscription | None = None,
    words: str = "",
) -> RequestDecided:
    """moderator: None for the operator. words: for a newcomer who is turned down, as typed.

    Raises NotFound for somebody who never asked.
    """
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
    reason = spoken(kit, mailing_list, moderator, words)
    with kit.database.transaction() as tx:
        return _decide(kit, tx, mailing_list, newcomer_id, let_in, moderator, reason)


def _decide(  # as above
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    newcomer_id: int,
    let_in: bool,
    moderator: Subscription | None,
    reason: CleanReason,
) -> RequestDecided:
    newcomer = subscriptions.lock(tx, newcomer_id)
    if newcomer is None or newcomer.list_id != mailing_list.id:
        raise NotFound("Nobody like that has asked to join.")
    if newcomer.state is not SubscriptionState.WAITING:
        who = audit.last_actor(tx, newcomer_id, (LET_IN, TURN_DOWN))
        return RequestDecided(newcomer.may_post, who, late=True)
    reader = reader_of(kit, tx, mailing_list, newcomer.member_id)
    if let_in:
        state = after(newcomer.state, Step.LET_IN)
        subscriptions.save(tx, replace(newcomer, state=state), kit.clock.now())
        if reader:
            tell(kit, tx, "welcome", reader, handle=newcomer.handle)
    else:
        if reader:
            tell(kit, tx, "turned_down", reader, reason=reason.words)
        unsubscribe(kit, tx, newcomer)
    actor = moderator.handle if moderator else OPERATOR
    action = LET_IN if let_in else TURN_DOWN
    audit.add(tx, Act(actor, action, mailing_list.id, newcomer_id), kit.clock.now())
    return RequestDecided(let_in)


def _view(kit: Kit, tx: Transaction, token: str) -> RequestView | None:
    """Who stopped moderating has no more say, whatever mail they still have."""
    found = request_tokens.get(tx, kit.tokens.hash(token), kit.clock.now())
    moderator = subscriptions.get(tx, found.moderator_id) if found else None
    newcomer = subscriptions.get(tx, found.newcomer_id) if found else None
    if found is None or moderator is None or newcomer is None:
        return None
    mailing_list = mailing_lists.get(tx, found.list_id)
    reader = reader_of(kit, tx, mailing_list, moderator.member_id)
    if reader is None or not (moderator.moderates and moderator.may_post):
        return None
    return RequestView(mailing_list, moderator, reader, newcomer)
