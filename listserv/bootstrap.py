"""Joins the parts: the one place where adapters meet services."""

import os

from listserv.adapters.clock import SystemClock
from listserv.adapters.keys import read_keys
from listserv.adapters.outbox import Outbox
from listserv.adapters.randomness import SystemRandomness
from listserv.adapters.rq_queue import RqQueue
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.adapters.tokens import AesTokens
from listserv.adapters.vault import AesVault
from listserv.domain.ports import Relay
from listserv.services.kit import Kit
from listserv.settings import Settings, host_name
from listserv.store.engine import open_engine
from listserv.store.transaction import Database


def build_kit(settings: Settings, part: str) -> Kit:
    """The wired parts of one process; call it after any fork.

    part: the name of the process, for its leases. QUIETLIST_LEASE, set by the
    supervisor, names the seat that a process sits on: the next one on the same
    seat knows that its predecessor is dead.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    queue = RqQueue(settings.redis)
    keys = read_keys(settings.secret_keys, settings.data / "keys")
    randomness = SystemRandomness()
    return Kit(
        database=Database(open_engine(settings.database), queue),
        queue=queue,
        relay=_relay(settings),
        vault=AesVault(keys),
        tokens=AesTokens(keys),
        clock=SystemClock(),
        randomness=randomness,
        base_url=settings.public_url,
        authserv_id=settings.trusted_authserv_id,
        operator=settings.operator,
        lease=os.environ.get("QUIETLIST_LEASE") or f"{part}:{randomness.token()}",
    )


def _relay(settings: Settings) -> Relay:
    if settings.relay_url:
        return SmtpRelay(settings.relay_url, host_name())
    return Outbox(settings.outbox)
