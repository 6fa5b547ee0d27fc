"""What went out on a list, for its members to read again: conversations, and one of them."""

from dataclasses import dataclass

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import DigestPost
from listserv.domain.errors import NotFound
from listserv.domain.list_settings import ReplyTo, Switch
from listserv.domain.mailing_list import MailingList
from listserv.domain.picture import ENDINGS
from listserv.mail.digest_folding import Block, Said
from listserv.mail.digest_issue import Conversation, Entry
from listserv.services.kit import Kit
from listserv.store import archive
from listserv.store.archive import ThreadHead
from listserv.store.transaction import Transaction

PAGE = 25


@dataclass(frozen=True)
class Threads:
    """One page of conversations, those with the newest posts first."""

    heads: tuple[ThreadHead, ...]
    more: bool


@dataclass(frozen=True)
class Shown:
    """One post, and its text as blocks: what it quotes of those above is one line."""

    entry: Entry
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Talk:
    """One page of a conversation, oldest first. subject: without "Re:"."""

    subject: str
    posts: tuple[Shown, ...]
    more: bool

    @property
    def has_pictures(self) -> bool:
        files = (file for shown in self.posts for file in shown.entry.post.files)
        return any(file.content_type in ENDINGS for file in files)


def is_open(mailing_list: MailingList) -> bool:
    """Whether its members may read what went out."""
    return mailing_list.settings.archive is Switch.ON


def threads(tx: Transaction, mailing_list: MailingList, page: int) -> Threads:
    """page: from 0."""
    found = archive.threads(tx, mailing_list.id, page * PAGE, PAGE + 1)
    return Threads(tuple(found[:PAGE]), len(found) > PAGE)


def thread(kit: Kit, tx: Transaction, mailing_list: MailingList, post_id: int, page: int) -> Talk:
    """The conversation that the post is in. Raises NotFound for a post that is not there."""
    found = archive.thread(tx, mailing_list.id, post_id, page * PAGE, PAGE + 1)
    if not found:
        raise NotFound("There is no such post.")
    said = Said()
    entries = tuple(_entry(kit, mailing_list, post) for post in found[:PAGE])
    shown = (Shown(entry, tuple(said.blocks(entry.text, entry.handle))) for entry in entries)
    return Talk(Conversation(entries).subject, tuple(shown), len(found) > PAGE)


def file(tx: Transaction, mailing_list: MailingList, post_id: int, file_id: int) -> Attachment:
    """One file of a post that went out. Raises NotFound."""
    found = archive.file(tx, mailing_list.id, post_id, file_id)
    if found is None:
        raise NotFound("There is no such file.")
    return found


def _entry(kit: Kit, mailing_list: MailingList, post: DigestPost) -> Entry:
    """With the address that answers it in its conversation, where the list takes answers."""
    token = kit.tokens.post(post.id)
    answered = mailing_list.settings.reply_to is ReplyTo.LIST
    return Entry(post, mailing_list.sub_address("thread", token) if answered else "", "")
