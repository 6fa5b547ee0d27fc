"""Joins the parts: the one place where adapters meet services."""

import os

from sqlalchemy import Engine

from listserv.adapters import data_dir
from listserv.adapters.clock import SystemClock
from listserv.adapters.decoder_process import DecoderProcess
from listserv.adapters.dkim_signer import DkimKeys
from listserv.adapters.keys import ReadKeys, read_keys
from listserv.adapters.no_proof import NoSenderPolicy, NoSignatures
from listserv.adapters.outbox import Outbox
from listserv.adapters.randomness import SystemRandomness
from listserv.adapters.rq_queue import RqQueue
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.adapters.tokens import AesTokens
from listserv.adapters.vault import AesVault
from listserv.domain.errors import Locked, Refused
from listserv.domain.ports import Relay, Signatures, Spf
from listserv.services.kit import Kit
from listserv.settings import Settings, host_name
from listserv.store import members
from listserv.store.engine import open_engine
from listserv.store.transaction import Database

# They are spared what asks the DNS and verifies: 3 MB and a tenth of a second each.
_TAKE_NO_MAIL = frozenset({"worker", "scheduler", "web"})


def build_kit(settings: Settings, part: str) -> Kit:
    """The wired parts of one process; call it after any fork.

    part: the name of the process, for its leases. QUIETLIST_LEASE, set by the
    supervisor, names the seat that a process sits on: the next one on the same
    seat knows that its predecessor is dead.
    """
    if not settings.database_url and not (settings.data / "quietlist.db").exists():
        # Nothing is made here: the command may have been called in the wrong folder.
        raise Refused(
            f"There is no Quietlist database in {settings.data}. Go to the right folder, set "
            "QUIETLIST_DATA_DIR, or run `quietlist db upgrade` to make one."
        )
    data_dir.make(settings.data)
    queue = RqQueue(settings.redis)
    engine = open_engine(settings.database)
    keys = _keys(settings, engine)
    randomness = SystemRandomness()
    return Kit(
        database=Database(engine, queue),
        queue=queue,
        relay=_relay(settings),
        vault=AesVault(keys),
        tokens=AesTokens(keys),
        dkim=DkimKeys(),
        clock=SystemClock(),
        randomness=randomness,
        decoder=DecoderProcess(),
        signatures=_signatures(settings, part),
        spf=_spf(settings, part),
        base_url=settings.public_url,
        authserv_id=settings.trusted_authserv_id,
        operator=settings.operator,
        lease=os.environ.get("QUIETLIST_LEASE") or f"{part}:{randomness.token()}",
    )


def _keys(settings: Settings, engine: Engine) -> ReadKeys:
    """The keys; made the first time only, and tried on a member where there is one.

    With keys that open nobody, every member would be taken for a stranger.
    """
    path = settings.data / "keys"
    member = members.first_sealed(engine)
    if member and not settings.secret_keys and not path.exists():
        raise Refused(
            f"The database holds members, but the keys that sealed them are not in {path}. "
            "Put that file back, or set QUIETLIST_SECRET_KEYS."
        )
    keys = read_keys(settings.secret_keys, path)
    if member:
        try:
            AesVault(keys).open_member(member)
        except Locked:
            raise Refused(
                "None of the secret keys opens the members in the database. "
                "Put back the keys that belong to it."
            ) from None
    return keys


def _signatures(settings: Settings, part: str) -> Signatures:
    if part in _TAKE_NO_MAIL or settings.check_dkim != "on":
        return NoSignatures()
    from listserv.adapters.dkim_signatures import DkimSignatures  # noqa: PLC0415  # see above

    return DkimSignatures(settings.dns)


def _spf(settings: Settings, part: str) -> Spf:
    if part in _TAKE_NO_MAIL or settings.check_spf != "on":
        return NoSenderPolicy()
    from listserv.adapters.sender_policy import SenderPolicy  # noqa: PLC0415  # see above

    return SenderPolicy(settings.dns)


def _relay(settings: Settings) -> Relay:
    if settings.relay_url:
        return SmtpRelay(settings.relay_url, host_name(), settings.connections_a_worker)
    return Outbox(settings.outbox)
