"""A question is answered, by a reply or by a button: once."""

from collections.abc import Callable
from dataclasses import dataclass

from listserv.domain.errors import Conflict, NotFound, Unavailable
from listserv.domain.life import Step, after
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import Kept, from_json
from listserv.domain.subscription import SubscriptionState
from listserv.services.ask_change import ask_whether
from listserv.services.carry_out import carry_out
from listserv.services.change_address import confirm_address
from listserv.services.come_back import come_back
from listserv.services.find_member import find_member
from listserv.services.go_on import go_on
from listserv.services.kit import Kit
from listserv.services.note_member import LONGEST, keep
from listserv.services.question import MAY_BE_ANSWERED, Purpose, address_of, write_down
from listserv.services.subscribe import subscribe
from listserv.services.tell import Reader, tell
from listserv.services.tell_of_request import tell_of_request
from listserv.store import bans, confirmations, mailing_lists, suppressions
from listserv.store.confirmations import Confirmation
from listserv.store.member_notes import NoteKind
from listserv.store.transaction import Transaction

MOST_TRIES = 20
# Who comes back by undoing a goodbye may wait again, too.
_BRINGS_REQUEST = (Purpose.JOIN, Purpose.UNDO)


@dataclass(frozen=True)
class Question:
    """What a token would do. open: it was not answered yet, and is not too_old.

    mailing_list: None for a question about the person. request: what they
    asked for, where the purpose is a change or to be forgotten.
    """

    purpose: Purpose
    mailing_list: MailingList | None
    request: Kept | None
    open: bool
    too_old: bool


@dataclass(frozen=True)
class Answer:
    """What it did. state: the subscription's state now, where there is one."""

    purpose: Purpose
    mailing_list: MailingList | None
    request: Kept | None
    state: SubscriptionState | None


def peek(kit: Kit, token: str) -> Question | None:
    """The question of a token, open or not. Changes nothing."""
    with kit.database.reading() as tx:
        found = confirmations.known(tx, kit.tokens.hash(token))
        if found is None or found.purpose not in MAY_BE_ANSWERED:
            return None
        now = kit.clock.now()
        return Question(
            Purpose(found.purpose),
            _list(tx, found),
            _request(found),
            open=confirmations.peek(tx, found.token_hash, now) is not None,
            too_old=found.expires_at <= now,
        )


def confirm(kit: Kit, token: str, words: str = "") -> Answer | None:
    """Does what was asked, and tells the member; None for a token that is used, old or foreign.

    words: what a newcomer answered to the list's question, cleaned; for moderators.
    """
    for _ in range(MOST_TRIES):
        try:
            return _confirm(kit, token, words)
        except Conflict:  # another answer for the same address was faster; look again
            continue
    raise Unavailable("Too many answers at once. Try again in a moment.")


def ask_again(kit: Kit, token: str) -> bool:
    """Mails a new question in place of one that is used or old; False for one we do not know.

    The same limits hold as for any question, and whether they were reached is not told.
    """
    with kit.database.transaction() as tx:
        found = confirmations.known(tx, kit.tokens.hash(token))
        purposes = (Purpose.JOIN, Purpose.INVITE, Purpose.CHANGE, Purpose.FORGET)
        if found is None or found.purpose not in purposes:
            return False
        reader = _reader(kit, tx, found)
        if reader is None:
            return False
        request = _request(found)
        if request:
            ask_whether(kit, tx, reader, request)
            return True
        purpose = Purpose(found.purpose)
        asked = write_down(kit, tx, purpose, found.list_id, reader.address, found.language)
        if asked:
            tell(kit, tx, f"confirm_{purpose}", reader, asked.token)
        return True


def leave_alone(kit: Kit, token: str) -> bool:
    """No, and never again: we write no more questions to that address. False for a bad token."""
    with kit.database.transaction() as tx:
        found = confirmations.use(tx, kit.tokens.hash(token), kit.clock.now())
        if found is None or found.purpose not in (Purpose.JOIN, Purpose.INVITE):
            return False
        lookup = kit.vault.lookups(address_of(kit, found))[0]
        suppressions.add(tx, lookup.digest, kit.clock.now())
        return True


def _confirm(kit: Kit, token: str, words: str) -> Answer | None:
    with kit.database.transaction() as tx:
        found = confirmations.peek(tx, kit.tokens.hash(token), kit.clock.now())
        act = _ACTS.get(found.purpose) if found else None
        if found is None or act is None:
            return None
        if confirmations.use(tx, found.token_hash, kit.clock.now()) is None:
            return None
        state = act(kit, tx, found)
        if state is SubscriptionState.WAITING and found.purpose in _BRINGS_REQUEST:
            _pass_on(kit, tx, found, words[:LONGEST])
        return Answer(Purpose(found.purpose), _list(tx, found), _request(found), state)


def _join(kit: Kit, tx: Transaction, found: Confirmation) -> SubscriptionState:
    reader = _here(kit, tx, found)
    mailing_list = reader.mailing_list
    if _turned_away(kit, tx, reader):
        return SubscriptionState.LEFT
    invited = found.purpose == Purpose.INVITE
    before = SubscriptionState.INVITED if invited else SubscriptionState.ASKED
    state = after(before, Step.CONFIRM, mailing_list.settings.join)
    mine, _ = subscribe(
        kit, tx, mailing_list.id, reader.address, state=state, language=reader.language
    )
    notice = "join_waits" if mine.state is SubscriptionState.WAITING else "welcome"
    tell(kit, tx, notice, reader, handle=mine.handle)
    return mine.state


def _pass_on(kit: Kit, tx: Transaction, found: Confirmation, words: str) -> None:
    """To moderators, who decide."""
    reader = _here(kit, tx, found)
    mine = find_member(kit, tx, reader.mailing_list.id, reader.address)
    if words:
        keep(kit, tx, NoteKind.ANSWER, mine.id, words)
    tell_of_request(kit, tx, reader.mailing_list, mine, words)


def _change(kit: Kit, tx: Transaction, found: Confirmation) -> SubscriptionState:
    reader = _here(kit, tx, found)
    try:
        mine = find_member(kit, tx, reader.mailing_list.id, reader.address)
    except NotFound:
        return SubscriptionState.LEFT  # somebody, or another mail, was faster
    if mine.state is SubscriptionState.LEFT:
        return mine.state
    return carry_out(kit, tx, reader, mine, from_json(found.details["request"])).state


def _undo(kit: Kit, tx: Transaction, found: Confirmation) -> SubscriptionState:
    reader = _here(kit, tx, found)
    if _turned_away(kit, tx, reader):
        return SubscriptionState.LEFT
    return come_back(kit, tx, reader, found.details).state


def _turned_away(kit: Kit, tx: Transaction, reader: Reader) -> bool:
    """Who is banned is told so. Nobody else can be told by it: the address said yes."""
    banned = bans.has(tx, reader.mailing_list.id, kit.vault.lookups(reader.address))
    if banned:
        tell(kit, tx, "removed", reader)
    return banned


def _address(kit: Kit, tx: Transaction, found: Confirmation) -> SubscriptionState | None:
    confirm_address(kit, tx, found)
    return None


def _post(kit: Kit, tx: Transaction, found: Confirmation) -> SubscriptionState:
    mine = go_on(kit, tx, _here(kit, tx, found))
    return mine.state if mine else SubscriptionState.LEFT


_Act = Callable[[Kit, Transaction, Confirmation], SubscriptionState | None]
_ACTS: dict[str, _Act] = {
    Purpose.JOIN: _join,
    Purpose.INVITE: _join,
    Purpose.CHANGE: _change,
    Purpose.FORGET: _change,
    Purpose.UNDO: _undo,
    Purpose.OLD_ADDRESS: _address,
    Purpose.NEW_ADDRESS: _address,
    Purpose.POST: _post,
}


def _list(tx: Transaction, found: Confirmation) -> MailingList | None:
    return mailing_lists.get(tx, found.list_id) if found.list_id is not None else None


def _request(found: Confirmation) -> Kept | None:
    return from_json(found.details["request"]) if "request" in found.details else None


def _reader(kit: Kit, tx: Transaction, found: Confirmation) -> Reader | None:
    mailing_list = _list(tx, found)
    return Reader(mailing_list, address_of(kit, found), found.language) if mailing_list else None


def _here(kit: Kit, tx: Transaction, found: Confirmation) -> Reader:
    reader = _reader(kit, tx, found)
    if reader is None:
        raise NotFound("There is no such list.")
    return reader
