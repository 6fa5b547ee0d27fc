"""Sends the digests of one list that are made, a slice of time at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from listserv.domain import jobs
from listserv.domain.digest import ClaimedDigest, Digest
from listserv.domain.errors import NotFound
from listserv.domain.jobs import Job
from listserv.domain.mailing_list import MailingList
from listserv.mail.compose_digest import DigestTemplate, sign_digest
from listserv.services.deliver import send_slice
from listserv.services.find_signing import find_signing
from listserv.services.kit import Kit
from listserv.services.write_once import write_once
from listserv.store import digest_deliveries, digest_posts, digests, mailing_lists
from listserv.store.dispatch import Rows
from listserv.store.tables import DigestDeliveryRow
from listserv.store.transaction import Transaction


def deliver_digests(kit: Kit, list_id: int) -> int:
    """Rings for the rest. Returns how many copies were dealt with."""
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
    return send_slice(kit, _Digests(kit, mailing_list))


@dataclass(frozen=True)
class _MadeFrom:
    """What stands on the shelf. posts: of its posts; hour: what its signatures say."""

    digest: Digest
    mailing_list: MailingList
    posts: tuple[int, int]
    hour: datetime


@dataclass
class _Digests:
    """The digest at hand is looked up once a slice."""

    kit: Kit
    mailing_list: MailingList
    rows: ClassVar[Rows] = DigestDeliveryRow
    at_once: ClassVar[int] = 40  # they may be large, and what a slice cannot send it hands back
    _at_hand: tuple[int, DigestTemplate] | None = None

    @property
    def job(self) -> Job:
        return jobs.deliver_digests(self.mailing_list.id)

    def claim(
        self, tx: Transaction, lease: str, now: datetime, limit: int
    ) -> Sequence[ClaimedDigest]:
        mine = self.mailing_list.id
        return digest_deliveries.claim(tx, mine, lease, now, limit, self._on_the_shelf())

    def pieces(
        self, copies: Sequence[ClaimedDigest], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        """See `Writer`. Raises NotFound when none of its posts is left."""
        digest_id = copies[0].digest_id
        if self._at_hand is None or self._at_hand[0] != digest_id:
            self._at_hand = None  # never two of them at once: they may be large
            self._at_hand = digest_id, self._template(digest_id)
        return self._at_hand[1].pieces([copy.queued_at for copy in copies], unsubscribe)

    def _on_the_shelf(self) -> int | None:
        """The digest of this list that this process has sent last."""
        found = self.kit.shelf.made_from
        if not isinstance(found, _MadeFrom) or found.digest.list_id != self.mailing_list.id:
            return None
        return found.digest.id

    def _template(self, digest_id: int) -> DigestTemplate:
        """The one that this process sent last, if it still says what is so."""
        with self.kit.database.reading() as tx:
            digest = digests.get(tx, digest_id)
            if digest is None:
                raise NotFound("The digest was erased.")
            posts = digest_posts.print_of(tx, digest.list_id, digest.window)
            # A signature says when it was made: the hour, which is the reader's own, and not the
            # minute, which would be that of whoever got it first.
            hour = self.kit.clock.now().replace(minute=0, second=0, microsecond=0)
            says = _MadeFrom(digest, self.mailing_list, posts, hour)
            known = self.kit.shelf.get(says)
            if isinstance(known, DigestTemplate):
                return known
            signing = replace(find_signing(self.kit, tx, self.mailing_list.domain), at=hour)
        self.kit.shelf.empty()  # see `pieces`
        content = write_once(self.kit, digest, self.mailing_list, posts)
        template = sign_digest(content, signing)
        self.kit.shelf.put(says, template)
        return template
