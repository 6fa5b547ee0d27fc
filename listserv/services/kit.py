"""The wired parts that every use case works with."""

from dataclasses import dataclass, field

from listserv.domain.ports import (
    Clock,
    Decoder,
    Dkim,
    JobQueue,
    Randomness,
    Relay,
    Signatures,
    Spf,
    Tokens,
    Vault,
)
from listserv.services.shelf import Shelf
from listserv.store.transaction import Database


@dataclass(frozen=True)
class Answering:
    """The mail that asks for what is being done: what we write to its sender is an answer to it.

    message_id: in angle brackets, "" where it has none that can be repeated.
    """

    address: str = field(repr=False)
    message_id: str = field(repr=False)


@dataclass(frozen=True)
class Kit:
    """One per process, made by `listserv.bootstrap.build_kit`.

    base_url: what links in mail begin with, without a slash at the end.
    authserv_id: whose Authentication-Results are believed, or "".
    operator: the address that gets the operator's mail, or "".
    lease: the name under which this process claims copies. shelf: what it had at hand last.
    answering: set by who receives a mail, for as long as it works on that.
    """

    database: Database
    queue: JobQueue
    relay: Relay
    vault: Vault
    tokens: Tokens
    dkim: Dkim
    clock: Clock
    randomness: Randomness
    decoder: Decoder
    signatures: Signatures
    spf: Spf
    base_url: str
    authserv_id: str
    operator: str
    lease: str
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    answering: Answering | None = None
