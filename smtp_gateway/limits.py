"""How much one client, and all of them together, may ask of us."""

from dataclasses import dataclass

MEBIBYTE = 2**20

# RFC 5321 §4.5.3.1.4 asks for 512; long bounce addresses and parameters need more.
LONGEST_COMMAND = 2048
# RFC 5322 §2.1.1 says 998, and many programs do not care.
LONGEST_LINE = 512 * 1024


@dataclass(frozen=True)
class Limits:
    """One value for a whole gateway. A trusted client is one of QUIETLIST_TRUSTED_CLIENTS.

    idle_seconds: from one command to the next (RFC 5321 §4.5.3.2.7 asks for 300).
    data_seconds: for one whole message, so that a byte a minute ends some day.
    close_seconds: what a transaction in flight gets when the gateway ends.
    errors: answers of 5xx without a message in between; syntax counts for
    everyone, other refusals only for clients that are not trusted.
    chatter: commands that lead nowhere (NOOP, RSET …) without a message in between.
    held: bytes of messages on their way in, of all clients and of one.
    mails_at_once: of one client that is not trusted, in the hands of the threads.
    waiting: calls that wait for a thread before the gateway says it is busy.
    """

    connections: int = 400
    per_client: int = 20
    per_trusted: int = 300
    idle_seconds: float = 300.0
    data_seconds: float = 600.0
    close_seconds: float = 3.0
    errors: int = 20
    chatter: int = 1000
    recipients: int = 100
    held: int = 256 * MEBIBYTE
    held_per_client: int = 64 * MEBIBYTE
    mails_at_once: int = 1
    waiting: int = 200
