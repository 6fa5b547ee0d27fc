"""What the token in a notice about a post lets its reader do: decide, or take the post back."""

from dataclasses import dataclass, replace

from listserv.domain.clean_reason import NO_REASON, CleanReason
from listserv.domain.errors import NotFound
from listserv.domain.held import MODERATORS_RULINGS, Ruled, Ruling
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription
from listserv.services.decide_held import Decided, TooLate, decide
from listserv.services.decide_own import decide_own
from listserv.services.kit import Kit
from listserv.services.moderate import Waiting, waiting_of
from listserv.services.speak import spoken
from listserv.store import held, mailing_lists, members, rulings, subscriptions
from listserv.store.rulings import HeldToken
from listserv.store.transaction import Transaction

DECIDE = "decide"
WITHDRAW = "withdraw"


@dataclass(frozen=True)
class HeldView:
    """waiting: None once it is decided, and then `ruled` says how, if it is known still.

    may: what this reader can do about it. own: they wrote it. An author sees neither who
    decided, nor what was decided before: moderators drop posts without telling anybody.
    """

    mailing_list: MailingList
    reader: Subscription
    language: Language
    waiting: Waiting | None
    ruled: Ruled | None
    may: tuple[Ruling, ...]
    own: bool


def peek_held(kit: Kit, token: str) -> HeldView | None:
    """What the token is about. Changes nothing. None for one that is old, or no longer theirs."""
    with kit.database.reading() as tx:
        found = _allowed(kit, tx, token)
        if found is None:
            return None
        held_token, reader = found
        person = members.person(tx, reader.member_id or "")
        mailing_list = mailing_lists.get(tx, held_token.list_id)
        language = person.language if person else mailing_list.settings.language
        waits = held.get(tx, held_token.list_id, held_token.post_id)
        private = None
        if held_token.purpose == WITHDRAW:
            private = held.own_of(tx, held_token.list_id, held_token.post_id)
        ruled = rulings.of_post(tx, held_token.list_id, held_token.post_id)
        may: tuple[Ruling, ...] = (Ruling.SEND, Ruling.WITHDRAW) if private else (Ruling.WITHDRAW,)
        if held_token.purpose == DECIDE:
            may = MODERATORS_RULINGS
        waits = private or waits
        waiting = waiting_of(tx, waits, language) if waits else None
        own = held_token.purpose == WITHDRAW
        if own:
            waiting = replace(waiting, history=()) if waiting else None
            ruled = _unnamed(ruled) if ruled else None
        return HeldView(mailing_list, reader, language, waiting, ruled, may if waits else (), own)


def decide_by_token(
    kit: Kit, token: str, ruling: Ruling, reason: CleanReason = NO_REASON
) -> Decided | TooLate | None:
    """None for a token that is old, or that does not let its reader do that, and for a post
    that went without any decision: with its author, say."""
    with kit.database.transaction() as tx:
        found = _allowed(kit, tx, token)
        if found is None:
            return None
        try:
            done = _decide(kit, tx, *found, ruling, reason)
        except NotFound:
            return None
        if isinstance(done, TooLate) and found[0].purpose == WITHDRAW:
            return TooLate(_unnamed(done.ruled))
        return done


def decide_by_link(kit: Kit, token: str, ruling: Ruling, words: str) -> Decided | TooLate | None:
    """The same on the page behind the link. words: as they were typed."""
    view = peek_held(kit, token)
    if view is None:
        return None
    return decide_by_token(kit, token, ruling, spoken(kit, view.mailing_list, view.reader, words))


def _decide(  # as above
    kit: Kit,
    tx: Transaction,
    held_token: HeldToken,
    reader: Subscription,
    ruling: Ruling,
    reason: CleanReason,
) -> Decided | TooLate | None:
    if (held_token.purpose == WITHDRAW) != (ruling in (Ruling.WITHDRAW, Ruling.SEND)):
        return None
    if held_token.purpose == WITHDRAW and held.is_asked(tx, held_token.post_id):
        return decide_own(kit, tx, reader, held_token.post_id, ruling)
    if ruling is Ruling.SEND:
        before = rulings.of_post(tx, held_token.list_id, held_token.post_id)
        return TooLate(before) if before else None
    if held_token.purpose == DECIDE and ruling not in MODERATORS_RULINGS:
        return None
    mailing_list = mailing_lists.get(tx, held_token.list_id)
    by = reader if held_token.purpose == DECIDE else None
    return decide(kit, tx, mailing_list, held_token.post_id, ruling, by, reason)


def _unnamed(ruled: Ruled) -> Ruled:
    """For the author, who learns what became of the post and never by whom."""
    return replace(ruled, moderator="")


def _allowed(kit: Kit, tx: Transaction, token: str) -> tuple[HeldToken, Subscription] | None:
    """Who stopped moderating has no more say, whatever mail they still have."""
    found = rulings.token(tx, kit.tokens.hash(token), kit.clock.now())
    reader = subscriptions.get(tx, found.subscription_id) if found else None
    if found is None or reader is None or not reader.may_post:
        return None
    if found.purpose == DECIDE and not reader.moderates:
        return None
    return found, reader
