"""The MIME digest (RFC 2046 §5.1.5): each post is a mail of its own within one mail."""

from html import escape

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.mail import header_lines
from listserv.mail.characters import plain
from listserv.mail.digest_issue import Entry, Issue
from listserv.mail.digest_plain import preamble
from listserv.mail.mime_tree import boundary, post_tree, text_part


def mime_digest(issue: Issue) -> bytes:
    """The fields of MIME, an empty line and the body."""
    inner = boundary("digest", issue.message_id)
    posts = [
        b"Content-Type: message/rfc822\r\n\r\n" + _mail(issue, entry) for entry in issue.entries
    ]
    digest = _multipart("digest", inner, posts)
    outer = boundary("mixed", issue.message_id)
    parts = [text_part(preamble(issue)).as_bytes(), digest, text_part(issue.footer).as_bytes()]
    return _multipart("mixed", outer, parts)


def _multipart(subtype: str, line: str, parts: list[bytes]) -> bytes:
    # Put together by hand: the library would take each mail in it apart again.
    mark = f"--{line}".encode()
    head = f'Content-Type: multipart/{subtype}; boundary="{line}"\r\n\r\n'.encode()
    body = b"".join(b"%s\r\n%s\r\n" % (mark, part) for part in parts)
    return b"%s%s%s--\r\n" % (head, body, mark)


def _mail(issue: Issue, entry: Entry) -> bytes:
    post, mine = entry.post, issue.mailing_list
    left_out = issue.left_out(entry)
    text = "\n\n".join("\n".join(part) for part in ([entry.text], left_out) if part) + "\n"
    html = plain(post.html).strip()
    if html and left_out:
        html += "\n<p>" + "<br>\n".join(map(escape, left_out)) + "</p>"
    message = AnonymousMessage(entry.subject, text, html, entry.kept)
    return b"".join(
        (
            header_lines.words("Subject", issue.shown_subject(entry.subject)),
            header_lines.mailbox("From", f"{entry.handle} via {mine.outer_name}", mine.address),
            header_lines.mailbox("To", "", mine.address),
            header_lines.mailbox("Reply-To", "", entry.reply_to) if entry.reply_to else b"",
            header_lines.field("Message-ID", post.message_id),
            header_lines.message_ids("In-Reply-To", post.references[-1:]),
            header_lines.message_ids("References", post.references),
            header_lines.date(post.date),
            header_lines.field("MIME-Version", "1.0"),
            post_tree(message, text, html, post.message_id, mine.domain),
        )
    )
