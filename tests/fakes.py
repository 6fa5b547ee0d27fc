"""Stand-ins for what a service asks of the world; the database and the vault are real."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine

from listserv.adapters.dkim_signer import DkimKeys
from listserv.adapters.no_proof import NoSenderPolicy, NoSignatures
from listserv.adapters.randomness import SystemRandomness
from listserv.adapters.tokens import AesTokens
from listserv.adapters.vault import AesVault
from listserv.domain.delivery import NotTried, Outcome, Sent
from listserv.domain.jobs import Job
from listserv.domain.ports import OutboundMessage
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.services.kit import Kit
from listserv.store.transaction import Database

KEY = "k" * 40
T = TypeVar("T")


@dataclass
class FakeClock:
    """A clock that moves only when it is told to."""

    time: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    def pause(self, seconds: float) -> None:
        self.go(seconds=seconds)

    def go(self, **step: float) -> None:
        self.time += timedelta(**step)


@dataclass
class FakeQueue:
    """Remembers every ring."""

    rung: list[Job] = field(default_factory=list)
    up: bool = True

    def ring(self, job: Job) -> None:
        self.rung.append(job)

    def waiting(self) -> int | None:
        return 0 if self.up else None


@dataclass
class FakeRelay:
    """Takes every copy, unless `answers` holds other outcomes to give first."""

    taken: list[OutboundMessage] = field(default_factory=list)
    answers: list[Outcome | NotTried] = field(default_factory=list)

    @contextmanager
    def session(self) -> Iterator["FakeRelay"]:
        yield self

    def send(
        self, letters: Iterable[tuple[T, OutboundMessage]]
    ) -> Iterator[tuple[T, Outcome | NotTried]]:
        for tag, message in letters:
            outcome = self.answers.pop(0) if self.answers else Sent()
            if isinstance(outcome, Sent):
                self.taken.append(replace(message, content=message.whole, own_fields=b""))
            yield tag, outcome


@dataclass
class World:
    """A kit, and the fakes within it."""

    kit: Kit
    clock: FakeClock
    queue: FakeQueue
    relay: FakeRelay


def build_world(engine: Engine, keys: Sequence[str] = (KEY,), operator: str = "") -> World:
    clock, queue, relay = FakeClock(), FakeQueue(), FakeRelay()
    held = tuple(keys)
    kit = Kit(
        database=Database(engine, queue),
        queue=queue,
        relay=relay,
        vault=AesVault(lambda: held),
        tokens=AesTokens(lambda: held),
        dkim=DkimKeys(),
        clock=clock,
        randomness=SystemRandomness(),
        decoder=DirectDecoder(),
        signatures=NoSignatures(),
        spf=NoSenderPolicy(),
        base_url="https://quietlist.example.org",
        authserv_id="mx.example.org",
        operator=operator,
        lease="test",
    )
    return World(kit, clock, queue, relay)
