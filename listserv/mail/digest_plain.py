"""The plain digest of RFC 1153, as the programs know it that take digests apart."""

import re
from datetime import UTC
from email.utils import format_datetime

from listserv.mail.digest_issue import Entry, Issue
from listserv.mail.mime_tree import text_part

AFTER_PREAMBLE = "-" * 70
BETWEEN = "-" * 30
# A line of a post that a program would take for the end of the post (RFC 1153 §2).
_RULE = re.compile(r"^-{30}", re.MULTILINE)


def plain_digest(issue: Issue) -> bytes:
    """The fields of MIME, an empty line and the body."""
    return text_part(_text(issue)).as_bytes()


def topics(issue: Issue) -> str:
    """The numbered subjects, each with its author's handle."""
    width = max(4, len(str(len(issue.entries))) + 3)
    return "\n".join(
        f"{number:>{width}}. {issue.shown_subject(entry.subject)} ({entry.handle})"
        for number, entry in enumerate(issue.entries, 1)
    )


def preamble(issue: Issue) -> str:
    """The masthead and the list of subjects."""
    return "\n".join(
        (issue.title, "", *issue.hints, "", issue.words.topics, "", topics(issue), "", "")
    )


def _text(issue: Issue) -> str:
    end = issue.words.end.format(title=issue.title)
    messages = f"\n\n{BETWEEN}\n\n".join(
        _message(issue, entry, number) for number, entry in enumerate(issue.entries, 1)
    )
    return (
        f"{preamble(issue)}{AFTER_PREAMBLE}\n\n{messages}\n\n{BETWEEN}\n\n"
        f"Subject: Digest Footer\n\n{issue.footer}\n{BETWEEN}\n\n{end}\n{'*' * len(end)}\n"
    )


def _message(issue: Issue, entry: Entry, number: int) -> str:
    mine = issue.mailing_list
    lines = [
        f"Message: {number}",
        f"Date: {format_datetime(entry.post.date.astimezone(UTC))}",
        f"From: {entry.handle} via {mine.outer_name} <{mine.address}>",
        f"Subject: {issue.shown_subject(entry.subject)}",
        f"To: {mine.address}",
        f"Message-ID: {entry.post.message_id}",
    ]
    if entry.reply_to:
        lines.append(f"Reply-To: {entry.reply_to}")
    lines.append("Content-Type: text/plain; charset=utf-8")
    body = _RULE.sub(" " + BETWEEN, entry.text), "\n".join(issue.left_out(entry))
    return "\n\n".join(("\n".join(lines), *filter(None, body)))
