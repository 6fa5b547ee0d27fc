"""Copies are made ready a few of one mail at a time; what goes wrong with one stops no other."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from listserv.adapters.vault import AesVault
from listserv.domain.delivery import ClaimedCopy, DeliveryState, Next
from listserv.domain.digest import ClaimedDigest
from listserv.domain.errors import Locked, NotFound, QuietlistError, Unavailable
from listserv.domain.ports import OutboundMessage
from listserv.domain.sealed import SealedMember
from listserv.services.addressing import TOGETHER, Addressing, Claimed
from listserv.services.own_parts import OwnParts
from tests.fakes import KEY

VAULT = AesVault(lambda: (KEY,))
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Writer:
    """Notes which copies it is given together."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.calls: list[list[int]] = []
        self.problem = problem

    def pieces(
        self, copies: Sequence[Any], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        self.calls.append([copy.id for copy in copies])
        if self.problem:
            raise self.problem
        content = b"post %d" % getattr(copies[0], "post_id", 0)
        return [b"Own: " + field for field in unsubscribe], content


def claimed(number: int, post_id: int = 1, to_author: bool = False) -> ClaimedCopy:
    member = VAULT.seal_member(f"m{number}", f"member{number}@example.net")
    return ClaimedCopy(number, post_id, number, 1, NOW, to_author, member)


def waiting(writer: Writer, copies: Sequence[Claimed]) -> Addressing:
    found = Addressing(VAULT, writer)
    found.add(
        (copy, OwnParts(f"back+{copy.id}@example.org", b"leave %d\r\n" % copy.id))
        for copy in copies
    )
    return found


def all_of(copies: Addressing) -> dict[int, OutboundMessage | Next]:
    found: dict[int, OutboundMessage | Next] = {}
    while copies:
        copy, message = copies.next()
        found[copy.id] = message
    return found


def test_each_copy_has_its_own_fields_and_all_share_the_rest() -> None:
    found = all_of(waiting(Writer(), [claimed(number) for number in range(20)]))
    assert list(found) == list(range(20))
    contents = set()
    for number, message in found.items():
        assert isinstance(message, OutboundMessage)
        assert message.recipient == f"member{number}@example.net"
        assert message.return_path == f"back+{number}@example.org"
        assert message.own_fields == b"Own: leave %d\r\n" % number
        contents.add(message.content)
    assert contents == {b"post 1"}


def test_only_copies_of_one_mail_are_made_together() -> None:
    first = [claimed(number) for number in range(TOGETHER + 2)]
    author = claimed(20, to_author=True)
    other = [claimed(number, post_id=2) for number in (30, 31)]
    writer = Writer()
    found = all_of(waiting(writer, [*first, author, claimed(21), *other]))
    eight, two = first[:TOGETHER], first[TOGETHER:]
    assert writer.calls == [
        [copy.id for copy in eight], [copy.id for copy in two], [20], [21], [30, 31]
    ]  # fmt: skip
    assert list(found) == [*range(TOGETHER + 2), 20, 21, 30, 31]


def test_only_copies_of_one_digest_are_made_together() -> None:
    """Whatever their dates are."""
    member = VAULT.seal_member("m", "member@example.net")
    copies = [
        ClaimedDigest(number, number // 3, number, 1, NOW + timedelta(hours=number), member)
        for number in range(6)
    ]
    writer = Writer()
    assert list(all_of(waiting(writer, copies))) == list(range(6))
    assert writer.calls == [[0, 1, 2], [3, 4, 5]]


def test_nothing_is_made_before_it_is_asked_for() -> None:
    writer = Writer()
    copies = waiting(writer, [claimed(number) for number in range(2 * TOGETHER)])
    assert writer.calls == []
    for _ in range(TOGETHER):
        copies.next()
    assert len(writer.calls) == 1


def test_what_was_put_back_comes_next_and_is_made_once() -> None:
    writer = Writer()
    copies = waiting(writer, [claimed(1), claimed(2)])
    first = copies.next()
    copies.put_back(first)
    assert copies.next() == first
    assert copies.next()[0].id == 2
    assert not copies and writer.calls == [[1, 2]]


def test_an_address_that_cannot_be_opened_stops_no_other() -> None:
    locked, gone = claimed(1), claimed(2)
    locked.member = SealedMember("m1", b"\x01" + bytes(60), b"\x01" + bytes(60))
    gone.member = None
    odd = claimed(3)
    odd.member = SealedMember("m3", b"", b"")
    found = all_of(waiting(Writer(), [locked, gone, odd, claimed(4)]))
    assert found[1] == Next(DeliveryState.PARKED, None, "locked")
    assert found[2] == Next(DeliveryState.DROPPED, None)
    assert isinstance(found[3], Next) and found[3].state is DeliveryState.PARKED
    assert isinstance(found[4], OutboundMessage)


def test_nobody_is_written_to_where_nobody_is_left() -> None:
    writer, gone = Writer(), claimed(1)
    gone.member = None
    assert all_of(waiting(writer, [gone])) == {1: Next(DeliveryState.DROPPED, None)}
    assert writer.calls == []


@pytest.mark.parametrize(
    ("problem", "end"),
    [
        (Locked("x"), Next(DeliveryState.PARKED, None, "locked")),
        (NotFound("x"), Next(DeliveryState.DROPPED, None)),
        (ValueError("x"), Next(DeliveryState.PARKED, None, "broken")),
    ],
)
def test_a_mail_that_cannot_be_written_ends_its_copies(problem: Exception, end: Next) -> None:
    gone = claimed(3)
    gone.member = None
    found = all_of(waiting(Writer(problem), [claimed(1), claimed(2), gone]))
    assert found == {1: end, 2: end, 3: Next(DeliveryState.DROPPED, None)}


def test_copies_wait_on_while_the_database_is_away() -> None:
    writer = Writer(Unavailable("away"))
    copies = waiting(writer, [claimed(number) for number in range(10)])
    with pytest.raises(QuietlistError):
        copies.next()
    writer.problem = None
    assert list(all_of(copies)) == list(range(10))
