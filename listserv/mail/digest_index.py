"""The index: who wrote about what, and an address to ask for each post."""

from listserv.mail.digest_issue import Issue
from listserv.mail.mime_tree import text_part


def index_digest(issue: Issue) -> bytes:
    """The fields of MIME, an empty line and the body."""
    lines = [issue.title, "", issue.hints[0], issue.words.get_hint, ""]
    number = 0
    for conversation in issue.conversations:
        lines += [issue.shown_subject(conversation.subject), ""]
        for entry in conversation.entries:
            number += 1
            lines += [f"  {number}. {entry.handle}", f"     {entry.get_from}"]
        lines.append("")
    return text_part("\n".join([*lines, issue.footer])).as_bytes()
