"""Writes a digest from the posts that are there now."""

from collections.abc import Sequence
from dataclasses import replace

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import Digest, DigestPost, StoredFile
from listserv.domain.list_settings import ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.domain.picture import ENDINGS
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_issue import Entry, Issue
from listserv.mail.digest_pictures import small_picture
from listserv.services.kit import Kit
from listserv.store import digest_posts
from listserv.store.transaction import Transaction

# One picture in the reader's format, and all the files of one digest, in bytes.
LARGEST_PICTURE = 200_000
MOST_OF_FILES = 4_000_000


def build_digest(
    kit: Kit,
    tx: Transaction,
    digest: Digest,
    mailing_list: MailingList,
    room: int = MOST_OF_FILES,
) -> Issue:
    """Posts that were erased meanwhile are not in it; it may have none left. room: for files."""
    found = digest_posts.in_window(tx, digest.list_id, digest.window)
    entries = _Files(tx, digest.variant.format, room).entries(kit, mailing_list, found)
    message_id = f"<{kit.tokens.digest(digest.id)}@{mailing_list.domain}>"
    return Issue(digest, mailing_list, entries, message_id)


class _Files:
    """Chooses the files that come along, for as long as there is room."""

    def __init__(self, tx: Transaction, form: DigestFormat, room: int) -> None:
        self._tx = tx
        self._form = form
        self._room = room

    def entries(
        self, kit: Kit, mailing_list: MailingList, found: Sequence[DigestPost]
    ) -> tuple[Entry, ...]:
        return tuple(self._entry(kit, mailing_list, post) for post in found)

    def _entry(self, kit: Kit, mailing_list: MailingList, post: DigestPost) -> Entry:
        token = kit.tokens.post(post.id)
        answered = mailing_list.settings.reply_to is ReplyTo.LIST
        kept = {file.id: made for file in post.files if (made := self._kept(file))}
        return Entry(
            post=post if self._form is DigestFormat.MIME else replace(post, html=""),
            reply_to=mailing_list.sub_address("thread", token) if answered else "",
            get_from=mailing_list.sub_address("get", token),
            kept=tuple(kept.values()),
            left_out=tuple(file for file in post.files if file.id not in kept),
        )

    def _kept(self, file: StoredFile) -> Attachment | None:
        match self._form:
            case DigestFormat.MIME if file.size <= self._room:
                content = digest_posts.content(self._tx, file.id)
                made = Attachment(file.name, file.content_type, content, file.content_id)
            case DigestFormat.READER if file.content_type in ENDINGS and self._room:
                content = digest_posts.content(self._tx, file.id)
                most = min(self._room, LARGEST_PICTURE)
                small = small_picture(content, file.content_type, most)
                if small is None:
                    return None
                made = Attachment(file.name, small[1], small[0])
            case _:
                return None
        self._room -= len(made.content)
        return made
