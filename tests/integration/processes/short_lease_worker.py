"""Sends what is due of list 1 until nothing is, on leases that are given up after two seconds.

Run as `python -m tests.integration.processes.short_lease_worker DATABASE RELAY`.
"""

import sys
from dataclasses import replace
from datetime import timedelta

from listserv.adapters.clock import SystemClock
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.services import deliver as slices
from listserv.services import lease
from listserv.services.kit import Kit
from listserv.store.engine import open_engine
from tests.fakes import build_world


def kit_of(database: str, relay: str, name: str) -> Kit:
    world = build_world(open_engine(database))
    sender = SmtpRelay(relay, "lists.example.org")
    return replace(world.kit, clock=SystemClock(), relay=sender, lease=name)


def main(database: str, relay: str) -> None:
    # `held` keeps ten of them as a margin; and the module is what reads the name.
    vars(lease)["LEASE"] = timedelta(seconds=12)
    lease.RENEW_EVERY = 0.5
    slices.SLICE_SECONDS = 60
    slices.deliver(kit_of(database, relay, "stopped"), 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
