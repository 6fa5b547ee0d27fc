"""Makes claimed copies ready to send, a few of one mail at a time: they are signed together."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from listserv.domain.delivery import ClaimedCopy, DeliveryState, Next
from listserv.domain.digest import ClaimedDigest
from listserv.domain.errors import Locked, NotFound, Unavailable
from listserv.domain.ports import OutboundMessage, Vault
from listserv.domain.sealed import SealedMember
from listserv.services.own_parts import OwnParts

Claimed = ClaimedCopy | ClaimedDigest
Ready = tuple[Claimed, OutboundMessage | Next]

# As many as are signed for little more than one (listserv/adapters/rsa_lanes.py).
TOGETHER = 8

_DROPPED = Next(DeliveryState.DROPPED, None)
_PARKED_LOCKED = Next(DeliveryState.PARKED, None, "locked")
_PARKED_BROKEN = Next(DeliveryState.PARKED, None, "broken")


class Writer(Protocol):
    """Writes what goes out."""

    def pieces(
        self, copies: Sequence[Any], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        """The fields of each copy alone, `unsubscribe` among them, and what all of them share.

        copies: of one mail. Raises Locked, and NotFound when there is nothing to
        send any more.
        """


class Addressing:
    """Copies that wait to be sent, in their order."""

    def __init__(self, vault: Vault, writer: Writer) -> None:
        self._vault = vault
        self._writer = writer
        self._claimed: deque[tuple[Claimed, OwnParts]] = deque()
        self._ready: deque[Ready] = deque()

    def __bool__(self) -> bool:
        return bool(self._ready or self._claimed)

    def ids(self) -> list[int]:
        """Of all that wait."""
        return [copy.id for copy, _ in (*self._ready, *self._claimed)]

    def add(self, copies: Iterable[tuple[Claimed, OwnParts]]) -> None:
        self._claimed.extend(copies)

    def put_back(self, ready: Ready) -> None:
        """It comes next again."""
        self._ready.appendleft(ready)

    def next(self) -> Ready:
        """A copy with its message, or with what becomes of it where there is none to send.

        Raises Unavailable when the database does not answer; the copy waits on.
        """
        if not self._ready:
            some = self._some_of_one_mail()
            try:
                self._ready.extend(self._address(some))
            except Unavailable:  # as little the fault of the copies as a relay's
                self._claimed.extendleft(reversed(some))
                raise
        return self._ready.popleft()

    def _some_of_one_mail(self) -> list[tuple[Claimed, OwnParts]]:
        claimed, mail = self._claimed, self._claimed[0][0].mail
        some = [claimed.popleft()]
        while claimed and len(some) < TOGETHER and claimed[0][0].mail == mail:
            some.append(claimed.popleft())
        return some

    def _address(self, some: Sequence[tuple[Claimed, OwnParts]]) -> list[Ready]:
        opened = [(copy, own, self._open(copy.member)) for copy, own in some]
        to = [(copy, own, address) for copy, own, address in opened if isinstance(address, str)]
        done: list[Ready] = [(copy, end) for copy, _, end in opened if isinstance(end, Next)]
        written = self._write([copy for copy, *_ in to], [own.unsubscribe for _, own, _ in to])
        if isinstance(written, Next):
            return done + [(copy, written) for copy, *_ in to]
        own_fields, content = written
        return done + [
            (copy, OutboundMessage(own.return_path, address, content, fields))
            for (copy, own, address), fields in zip(to, own_fields, strict=True)
        ]

    def _open(self, member: SealedMember | None) -> str | Next:
        if member is None:
            return _DROPPED
        try:
            return self._vault.open_member(member)
        except Locked:
            return _PARKED_LOCKED
        except Exception:  # an address that cannot be read must not stop the others
            return _PARKED_BROKEN

    def _write(
        self, copies: Sequence[Claimed], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes] | Next:
        if not copies:
            return [], b""
        try:
            return self._writer.pieces(copies, unsubscribe)
        except Locked:
            return _PARKED_LOCKED
        except NotFound:
            return _DROPPED
        except Unavailable:  # see `next`
            raise
        except Exception:  # a post that cannot be composed must not stop the others
            return _PARKED_BROKEN
