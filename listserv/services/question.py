"""Questions by mail: "did you ask for this?", with a token that answers once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.services.kit import Kit
from listserv.store import confirmations, members, suppressions
from listserv.store.confirmations import Confirmation
from listserv.store.transaction import Transaction


class Purpose(StrEnum):
    """What a question asks; the last ones are answers, counted so that they stay few."""

    JOIN = "join"
    INVITE = "invite"
    CHANGE = "change"
    FORGET = "forget"
    UNDO = "undo"
    OLD_ADDRESS = "old_address"
    NEW_ADDRESS = "new_address"
    POST = "post"
    HELP = "help"
    WHICH = "which"
    REFUSAL = "refusal"
    LAST_WORD = "last_word"


MAY_BE_ANSWERED = frozenset(Purpose) - {
    Purpose.HELP,
    Purpose.WHICH,
    Purpose.REFUSAL,
    Purpose.LAST_WORD,
}
# Somebody who changes several things, and mistypes some, needs more of these.
_SEVERAL = frozenset({Purpose.CHANGE, Purpose.REFUSAL})
# Mail that reaches people who may never have heard of us.
_UNASKED = frozenset({Purpose.JOIN, Purpose.INVITE, Purpose.HELP, Purpose.NEW_ADDRESS})
_ANSWERS = frozenset({Purpose.HELP, Purpose.REFUSAL})

VALID = timedelta(days=3)
INVITE_VALID = timedelta(days=14)
MOST_PER_ADDRESS_AND_HOUR = 2
MOST_CHANGES_PER_ADDRESS_AND_HOUR = 6
MOST_UNASKED_PER_ADDRESS_AND_DAY = 20
MOST_OF_ALL_PER_ADDRESS_AND_HOUR = 10
MOST_PER_LIST_AND_HOUR = 300


@dataclass(frozen=True)
class Asked:
    """A question that was written down; token answers it."""

    id: str
    token: str
    expires_at: datetime


def write_down(  # the fields of a question
    kit: Kit,
    tx: Transaction,
    purpose: Purpose,
    list_id: int | None,
    address: str,
    language: Language = Language.ENGLISH,
    details: Mapping[str, Any] | None = None,
) -> Asked | None:
    """Stores a question to that address, or None when it was sent enough mail already.

    Every answer that we send to a typed or unproven address goes through here,
    so that nobody can have us flood a mailbox. list_id: None for a question
    about the person, whatever their lists.
    """
    now = kit.clock.now()
    lookups = [lookup.digest for lookup in kit.vault.lookups(address)]
    hour_ago = now - timedelta(hours=1)
    confirmations.stand_in_line(tx, lookups[0])
    several = purpose in _SEVERAL
    most = MOST_CHANGES_PER_ADDRESS_AND_HOUR if several else MOST_PER_ADDRESS_AND_HOUR
    since = hour_ago
    if purpose is Purpose.POST:
        most, since = 1, now - timedelta(days=1)
    of_this = confirmations.asked_since(tx, purpose, list_id, since, lookups)
    of_anyone = confirmations.asked_since(tx, purpose, list_id, hour_ago)
    of_all = confirmations.mailed_since(tx, hour_ago, lookups)
    of_day = confirmations.mailed_since(tx, now - timedelta(days=1), lookups)
    unasked = purpose in _UNASKED
    left_alone = suppressions.has(tx, lookups)
    if purpose in _ANSWERS:  # somebody may forge a From; members write to us themselves
        left_alone &= members.find(tx, kit.vault.lookups(address)) is None
    if (
        of_this >= most
        or of_anyone >= MOST_PER_LIST_AND_HOUR
        or of_all >= MOST_OF_ALL_PER_ADDRESS_AND_HOUR
        or (left_alone and purpose in _UNASKED | _ANSWERS)
        or (unasked and of_day >= MOST_UNASKED_PER_ADDRESS_AND_DAY)
    ):
        return None
    return ask(kit, tx, purpose, list_id, address, language, details)


def ask(  # the fields of a question
    kit: Kit,
    tx: Transaction,
    purpose: Purpose,
    list_id: int | None,
    address: str,
    language: Language = Language.ENGLISH,
    details: Mapping[str, Any] | None = None,
) -> Asked:
    """Stores a question, however many there were: for those that a member's own act brings."""
    now = kit.clock.now()
    valid = INVITE_VALID if purpose is Purpose.INVITE else VALID
    asked = Asked(kit.randomness.token(), kit.randomness.token(), now + valid)
    confirmations.add(
        tx,
        Confirmation(
            id=asked.id,
            token_hash=kit.tokens.hash(asked.token),
            purpose=purpose,
            list_id=list_id,
            lookup=kit.vault.lookups(address)[0].digest,
            sealed_address=kit.vault.seal(address.encode(), confirmations.place(asked.id)),
            created_at=now,
            expires_at=asked.expires_at,
            details=details or {},
            language=language,
        ),
    )
    return asked


def address_of(kit: Kit, question: Confirmation) -> str:
    """The address that was asked. Raises Locked."""
    place = confirmations.place(question.id)
    return kit.vault.open(question.sealed_address, place).decode()


def language_for(
    kit: Kit, tx: Transaction, mailing_list: MailingList, address: str, language: Language | None
) -> Language:
    """That of their words, else what their member chose, else the list's. The same questions
    to the database for everybody."""
    member = members.find(tx, kit.vault.lookups(address))
    person = members.person(tx, member.member_id if member else "")
    return language or (person.language if person else language_of(mailing_list, None))


def language_of(mailing_list: MailingList, language: Language | None) -> Language:
    """What to speak to somebody of whom we know nothing more."""
    return language or mailing_list.settings.language
