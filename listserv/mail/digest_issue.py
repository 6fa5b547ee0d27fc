"""A digest with all that it says, before it is written in one of the formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import Digest, DigestPost, StoredFile
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import DigestFormat
from listserv.mail.characters import one_line, plain
from listserv.mail.digest_words import WORDS, Words, size_in_words
from listserv.mail.footer import notice_footer

_RE = re.compile(r"(?:re:\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One post in a digest.

    reply_to: the address that answers it before everyone, "" where the list
    takes no answers. get_from: the address that sends it once more, whole.
    kept: files that come with it; left_out: those that do not.
    """

    post: DigestPost
    reply_to: str
    get_from: str
    kept: tuple[Attachment, ...] = field(repr=False, default=())
    left_out: tuple[StoredFile, ...] = ()

    @property
    def subject(self) -> str:
        return one_line(self.post.subject)

    @property
    def handle(self) -> str:
        return one_line(self.post.handle)

    @property
    def text(self) -> str:
        return plain(self.post.text).strip("\n")

    @property
    def answer_link(self) -> str:
        """A mailto URL with the subject (RFC 6068 §2)."""
        subject = f"Re: {_RE.sub('', self.subject, count=1)}"
        return f"mailto:{quote(self.reply_to, safe='@')}?subject={quote(subject, safe='')}"


@dataclass(frozen=True)
class Conversation:
    """Posts of one thread, oldest first."""

    entries: tuple[Entry, ...]

    @property
    def subject(self) -> str:
        """That of its first post, without "Re:"."""
        return _RE.sub("", self.entries[0].subject, count=1)

    @property
    def handles(self) -> tuple[str, ...]:
        """Who takes part, each once."""
        return tuple(dict.fromkeys(entry.handle for entry in self.entries))


@dataclass(frozen=True)
class Issue:
    """A digest and its posts in the order in which they went out."""

    digest: Digest
    mailing_list: MailingList
    entries: tuple[Entry, ...] = field(repr=False)
    message_id: str

    @property
    def words(self) -> Words:
        return WORDS[self.digest.variant.language]

    @property
    def title(self) -> str:
        """Its subject, such as "Evenings Digest, Vol 1, Issue 7"."""
        return self.words.title.format(
            name=one_line(self.mailing_list.outer_name),
            volume=self.digest.volume,
            number=self.digest.number,
        )

    @cached_property
    def conversations(self) -> Sequence[Conversation]:
        """Threads together, by when their first post here went out."""
        threads: dict[str, list[Entry]] = {}
        for entry in self.entries:
            threads.setdefault(entry.post.thread, []).append(entry)
        return [Conversation(tuple(entries)) for entries in threads.values()]

    @property
    def footer(self) -> str:
        """After the mark of signatures: how to leave, to get help, to reach a person."""
        mine = self.mailing_list
        return notice_footer(
            self.digest.variant.language,
            mine.sub_address("leave"),
            mine.sub_address("help"),
            mine.sub_address("owner"),
            mine.settings.crisis_line,
        )

    @property
    def hints(self) -> tuple[str, ...]:
        """How to write to the group, and how to answer where that is wanted."""
        to_group = self.words.to_group.format(address=self.mailing_list.address)
        if not any(entry.reply_to for entry in self.entries):
            return (to_group,)
        mails = self.digest.variant.format is DigestFormat.MIME
        to_one = self.words.to_one_mail if mails else self.words.to_one
        return (to_group, to_one, self.words.all_read)

    def shown_subject(self, subject: str) -> str:
        return subject or self.words.no_subject

    def left_out(self, entry: Entry) -> list[str]:
        """A line for each file that did not come along, and one that says how to get it."""
        lines = []
        for file in entry.left_out:
            picture = file.content_type.startswith("image/")
            form = self.words.picture if picture else self.words.file
            lines.append(form.format(size=size_in_words(file.size)))
        if lines:
            lines.append(self.words.get.format(address=entry.get_from))
        return lines


def count_in_words(words: Words, count: int) -> str:
    return words.one_message if count == 1 else words.messages.format(count=count)
