"""What moderators write down about a member, for each other."""

from dataclasses import dataclass, field
from datetime import datetime

from listserv.domain.audit import OPERATOR
from listserv.domain.errors import NotFound, Refused
from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.store import audit, member_notes, subscriptions
from listserv.store.audit import Act
from listserv.store.member_notes import NoteKind
from listserv.store.transaction import Transaction

LONGEST = 2000


@dataclass(frozen=True)
class Note:
    """moderator: a handle; "" for the operator, and for what a newcomer answered."""

    kind: NoteKind
    moderator: str
    text: str = field(repr=False)
    created_at: datetime


def note_member(
    kit: Kit, list_id: int, subscription_id: int, text: str, moderator: Subscription | None = None
) -> None:
    """moderator: None for the operator. Raises Refused, and NotFound for nobody of this list."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise Refused(f"A note has some words, and at most {LONGEST} letters.")
    with kit.database.transaction() as tx:
        _check(tx, list_id, subscription_id)
        keep(kit, tx, NoteKind.NOTE, subscription_id, text, moderator)
        actor = moderator.handle if moderator else OPERATOR
        audit.add(tx, Act(actor, "note", list_id, subscription_id), kit.clock.now())


def keep(  # what about whom, by whom
    kit: Kit,
    tx: Transaction,
    kind: NoteKind,
    subscription_id: int,
    text: str,
    moderator: Subscription | None = None,
) -> None:
    note_id = kit.randomness.token()
    sealed = kit.vault.seal(text.encode(), member_notes.place(note_id))
    by = moderator.id if moderator else None
    member_notes.add(tx, note_id, kind, subscription_id, by, sealed, kit.clock.now())


def notes_about(kit: Kit, list_id: int, subscription_id: int) -> list[Note]:
    """Oldest first. Raises NotFound, and Locked."""
    with kit.database.reading() as tx:
        _check(tx, list_id, subscription_id)
        found = member_notes.about(tx, subscription_id)
    return [
        Note(
            one.kind,
            one.moderator,
            kit.vault.open(one.sealed_text, member_notes.place(one.id)).decode(),
            one.created_at,
        )
        for one in found
    ]


def _check(tx: Transaction, list_id: int, subscription_id: int) -> None:
    """Moderators of one list see nothing of another."""
    found = subscriptions.get(tx, subscription_id)
    if found is None or found.list_id != list_id:
        raise NotFound("Nobody on this list is that.")
