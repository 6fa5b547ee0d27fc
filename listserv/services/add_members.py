"""Adds members on the operator's word, many at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from listserv.domain.address import parse_address
from listserv.domain.audit import OPERATOR
from listserv.domain.errors import Conflict, Refused, Unavailable
from listserv.domain.subscription import DeliveryMode, Role, Subscription
from listserv.services.kit import Kit
from listserv.services.subscribe import subscribe
from listserv.services.tell import reader_of, tell
from listserv.store import audit, mailing_lists
from listserv.store.audit import Act
from listserv.store.transaction import Transaction

# So many in one transaction: a gateway that waits for the database waits a moment only.
AT_ONCE = 200
MOST_TRIES = 20


@dataclass(frozen=True)
class Newcomer:
    """One member to add. handle "" draws one."""

    email: str = field(repr=False)
    handle: str = ""
    delivery: DeliveryMode = DeliveryMode.EACH
    role: Role = Role.MEMBER


@dataclass(frozen=True)
class Added:
    """What became of one newcomer. problem is "" or says what is wrong, without the address."""

    handle: str
    new: bool
    problem: str = ""


def add_members(
    kit: Kit, address: str, newcomers: Iterable[Newcomer], notify: bool = False
) -> Iterator[Added]:
    """Adds each in turn; a bad one is told of and does not stop the others. Raises NotFound."""
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.named(tx, address)
    waiting = iter(newcomers)
    while batch := list(islice(waiting, AT_ONCE)):
        yield from _add_all(kit, mailing_list.id, batch, notify)


def _add_all(kit: Kit, list_id: int, batch: list[Newcomer], notify: bool) -> list[Added]:
    """One transaction. When somebody else adds one of them just now, all are looked at again."""
    for _ in range(MOST_TRIES):
        try:
            with kit.database.transaction() as tx:
                return [_add(kit, tx, list_id, newcomer, notify) for newcomer in batch]
        except Conflict:
            continue
    raise Unavailable("Others are adding the same people. Try again in a moment.")


def _add(kit: Kit, tx: Transaction, list_id: int, newcomer: Newcomer, notify: bool) -> Added:
    try:
        email = parse_address(newcomer.email)
        found, new = subscribe(
            kit,
            tx,
            list_id,
            email,
            handle=newcomer.handle,
            delivery=newcomer.delivery,
            role=newcomer.role,
        )
    except Refused as refusal:
        return Added("", new=False, problem=str(refusal))
    if new and notify:
        _welcome(kit, tx, found)
    if new and newcomer.role is not Role.MEMBER:  # whoever may decide about others is on record
        act = Act(OPERATOR, "add", list_id, found.id, reason=newcomer.role)
        audit.add(tx, act, kit.clock.now())
    return Added(found.handle, new)


def _welcome(kit: Kit, tx: Transaction, found: Subscription) -> None:
    reader = reader_of(kit, tx, mailing_lists.get(tx, found.list_id), found.member_id)
    if reader:
        tell(kit, tx, "welcome", reader, handle=found.handle)
