"""Composes each post once, for all of its copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from listserv.domain import jobs
from listserv.domain.delivery import ClaimedCopy
from listserv.domain.errors import NotFound
from listserv.domain.jobs import Job
from listserv.domain.mailing_list import MailingList
from listserv.mail.author_line import author_line
from listserv.mail.compose import PostTemplate, compose_post
from listserv.services.find_signing import find_signing
from listserv.services.kit import Kit
from listserv.store import deliveries, posts
from listserv.store.dispatch import Rows
from listserv.store.tables import DeliveryRow
from listserv.store.transaction import Transaction


@dataclass
class CopyWriter:
    """Writes the copies of one list. The post that was composed last is kept."""

    kit: Kit
    mailing_list: MailingList
    rows: ClassVar[Rows] = DeliveryRow
    at_once: ClassVar[int] = 500
    _composed: tuple[int, PostTemplate, str] | None = None

    @property
    def job(self) -> Job:
        return jobs.deliver(self.mailing_list.id)

    def claim(
        self, tx: Transaction, lease: str, now: datetime, limit: int
    ) -> Sequence[ClaimedCopy]:
        """Copies that are due, leased to the caller, grouped by post."""
        return deliveries.claim(tx, self.mailing_list.id, lease, now, limit)

    def pieces(
        self, copies: Sequence[ClaimedCopy], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        """See `Writer`. Raises NotFound when the post was erased."""
        template, author_line = self._compose(copies[0].post_id)
        return template.pieces(unsubscribe, author_line if copies[0].to_author else "")

    def _compose(self, post_id: int) -> tuple[PostTemplate, str]:
        if self._composed is None or self._composed[0] != post_id:
            with self.kit.database.reading() as tx:
                post = posts.get(tx, post_id)
                signing = find_signing(self.kit, tx, self.mailing_list.domain)
            if post is None:
                raise NotFound("The post was erased.")
            date = post.accepted_at or post.received_at
            template = compose_post(post, self.mailing_list, date, signing)
            settings = self.mailing_list.settings
            told = author_line(post.redactions, settings.attachments, settings.language)
            self._composed = post_id, template, told
        return self._composed[1:]
