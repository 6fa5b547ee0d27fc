"""What a member's next digest would hold, for them to look at."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import Digest, Variant
from listserv.domain.errors import NotFound
from listserv.domain.picture import ENDINGS
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_html import content
from listserv.mail.digest_issue import Entry
from listserv.mail.digest_view import talks
from listserv.services.build_digest import build_digest
from listserv.services.kit import Kit
from listserv.store import digest_order, digest_readers, mailing_lists, subscriptions


@dataclass(frozen=True)
class Preview:
    """html: a fragment of our own making, "" where nothing is new. due: None while none comes."""

    due: datetime | None
    posts: int
    html: str = field(repr=False)


def preview_digest(kit: Kit, member_id: str, subscription_id: int) -> Preview:
    """In the reader's format; pictures are only named. Raises NotFound for what is not theirs."""
    now = kit.clock.now()
    with kit.database.reading() as tx:
        mine = subscriptions.get(tx, subscription_id)
        if mine is None or mine.member_id != member_id:
            raise NotFound("You are not in that group any more.")
        pending = digest_readers.pending(tx, subscription_id, now)
        volume, number = digest_order.current_issue(tx, pending.list_id)
        variant = Variant(DigestFormat.READER, pending.language)
        digest = Digest(0, pending.list_id, variant, pending.window, volume, number)
        mailing_list = mailing_lists.get(tx, pending.list_id)
        issue = build_digest(kit, tx, digest, mailing_list, room=0)
    issue = replace(issue, entries=tuple(map(_with_pictures, issue.entries)))
    html = content(issue, talks(issue), {}) if issue.entries else ""
    return Preview(pending.due, len(issue.entries), html)


def _with_pictures(entry: Entry) -> Entry:
    """The mail itself will have them, unless they stay too large: nothing is scaled for a look."""
    pictures = [file for file in entry.left_out if file.content_type in ENDINGS]
    return replace(
        entry,
        kept=tuple(Attachment(file.name, file.content_type, b"") for file in pictures),
        left_out=tuple(file for file in entry.left_out if file not in pictures),
    )
