"""What the services need from the world, as types."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from listserv.domain.delivery import NotTried, Outcome
from listserv.domain.dkim import DkimAlgorithm, DkimKey, Signer
from listserv.domain.envelope import Envelope
from listserv.domain.jobs import Job
from listserv.domain.picture import Picture
from listserv.domain.proof import Proof
from listserv.domain.return_path import ReturnPath
from listserv.domain.sealed import Lookup, SealedMember

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """The time in UTC, aware."""

    def monotonic(self) -> float:
        """Seconds that never go backwards."""

    def pause(self, seconds: float) -> None:
        """Lets that much time pass."""


class Randomness(Protocol):
    def token(self) -> str:
        """128 random bits as 26 letters of lower-case base32."""

    def choose(self, options: Sequence[str]) -> str:
        """One of the options."""


class JobQueue(Protocol):
    def ring(self, job: Job) -> None:
        """Wakes a worker. Never raises: a lost ring is made good by the sweep."""

    def waiting(self) -> int | None:
        """How many jobs wait, or None when the queue does not answer."""


@dataclass(slots=True)  # not frozen: that takes three times as long, for each copy
class OutboundMessage:
    """Addressed bytes. return_path "" is the null sender.

    own_fields: stand before `content`, which may then be one object for many
    messages, so that what they share is made ready for the wire once.
    """

    return_path: str
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)
    own_fields: bytes = field(default=b"", repr=False)

    @property
    def whole(self) -> bytes:
        return self.own_fields + self.content


class RelaySession(Protocol):
    def send(
        self, letters: Iterable[tuple[T, OutboundMessage]]
    ) -> Iterator[tuple[T, Outcome | NotTried]]:
        """Sends each message, and gives back what it came with as soon as it is decided.

        letters: asked for the next one right before it is begun, so they may end
        at any time. Outcomes come in any order, and all of them come, unless the
        caller's own `letters` raise. After RelayDown nothing more is asked for.
        Never raises for what the relay does.
        """


class Relay(Protocol):
    def session(self) -> AbstractContextManager[RelaySession]:
        """A connection that may outlive the block, to be used again by the same process."""


class Decoder(Protocol):
    """Opens files that strangers made. Never raises: what cannot be opened gives None."""

    def picture(self, content: bytes) -> Picture | None:
        """The picture, made anew."""

    def words(self, content: bytes) -> str | None:
        """The text of an office document."""


class Signatures(Protocol):
    def proof(self, raw: bytes, domain: str) -> Proof:
        """What the mail's own signatures prove of an address in that domain. Never raises."""


class Spf(Protocol):
    def proof(self, envelope: Envelope, domain: str) -> Proof:
        """What the client's address proves of an address in that domain. Never raises."""


class Vault(Protocol):
    """Seals what must not be read by who steals the database."""

    def lookups(self, address: str) -> tuple[Lookup, ...]:
        """The look-up hashes of a normalised address, under each key, newest first."""

    def seal_member(self, member_id: str, address: str) -> SealedMember:
        """A fresh key for this member, and the address under it."""

    def open_member(self, member: SealedMember) -> str:
        """The address. Raises Locked."""

    def reseal_member(self, member: SealedMember) -> SealedMember:
        """The same address under a fresh key, sealed by the newest master key. Raises Locked."""

    def seal(self, plain: bytes, place: str) -> bytes:
        """Bytes sealed for one place ("table.column:row") only."""

    def open(self, sealed: bytes, place: str) -> bytes:
        """The bytes that were sealed for that place. Raises Locked."""

    def current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""

    @property
    def newest(self) -> str:
        """The id of the key that seals from now on."""

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose of an edge, such as signing its cookies."""

    def fingerprint(self, content: bytes) -> bytes:
        """A keyed hash, to know the same content again (32 bytes)."""


class Dkim(Protocol):
    """Keys that sign mail. private: as `create` made it, opened by the vault."""

    def create(self, algorithm: DkimAlgorithm) -> bytes:
        """A fresh private key."""

    def record(self, private: bytes) -> str:
        """The text of its record in the DNS."""

    def signer(self, key: DkimKey, private: bytes) -> Signer:
        """Ready to sign."""


class Tokens(Protocol):
    """Derived, repeatable tokens: 128 bits, opaque, bound to one purpose."""

    def unsubscribe(self, subscription_id: int) -> str:
        """For List-Unsubscribe; the same each time."""

    def read_unsubscribe(self, token: str) -> int | None:
        """The subscription's id, or None."""

    def unsubscribe_all(self, subscription_ids: Sequence[int]) -> list[str]:
        """The same for many, in their order."""

    def return_paths(self, subscription_ids: Sequence[int], day: int) -> list[str]:
        """For the envelope senders of many, in their order. day: days since 1970."""

    def read_return_path(self, token: str, today: int) -> ReturnPath | None:
        """What it says, or None when it is foreign or older than 30 days."""

    def post(self, post_id: int) -> str:
        """For the addresses by which a post is answered or asked for; public, as the post is."""

    def read_post(self, token: str) -> int | None:
        """The post's id, or None."""

    def digest(self, digest_id: int) -> str:
        """For the Message-ID of a digest."""

    def read_digest(self, token: str) -> int | None:
        """The digest's id, or None."""

    def hash(self, token: str) -> bytes:
        """How a random token is stored."""
