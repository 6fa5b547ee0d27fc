"""A digest as both forms of the reader's format show it: quotes folded, messages numbered."""

from collections.abc import Sequence
from dataclasses import dataclass

from listserv.mail.digest_folding import Block, Said
from listserv.mail.digest_issue import Conversation, Entry, Issue, count_in_words


@dataclass(frozen=True)
class Shown:
    """One post, its place in the mail and its text as blocks."""

    number: int
    entry: Entry
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Talk:
    """One conversation, its place in the mail and its posts."""

    number: int
    subject: str
    summary: str
    posts: tuple[Shown, ...]


def talks(issue: Issue) -> Sequence[Talk]:
    found: list[Talk] = []
    number = 0
    said = Said()
    for place, conversation in enumerate(issue.conversations, 1):
        said.begin_conversation()
        posts: list[Shown] = []
        for entry in conversation.entries:
            number += 1
            posts.append(Shown(number, entry, tuple(said.blocks(entry.text, entry.handle))))
        subject = issue.shown_subject(conversation.subject)
        found.append(Talk(place, subject, _summary(issue, conversation), tuple(posts)))
    return found


def _summary(issue: Issue, conversation: Conversation) -> str:
    """How many messages, and by whom."""
    count = count_in_words(issue.words, len(conversation.entries))
    return f"{count}: {', '.join(conversation.handles)}"
