"""The far side of the wall: what may be stored, shown and sent."""

from dataclasses import dataclass, field

from listserv.domain.doubt import Doubt
from listserv.domain.redaction import Redaction


@dataclass(frozen=True)
class Attachment:
    """A rebuilt file. `name` is neutral and ours ("picture-1.jpg").

    content_id: the local part that the HTML refers to as `cid:…`, or "" when
    the file stands beside the text rather than in it.
    """

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True)
class AnonymousMessage:
    """A message with nothing of its author but their words.

    Only `listserv.mail.anonymise.anonymise` makes one from mail; the store
    makes it again from what it kept. `subject` is one line without controls;
    `text` has LF line ends; `html` is a sanitised fragment (no html, head or
    body element), or "" when the text says it all.
    """

    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False, default="")
    attachments: tuple[Attachment, ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Anonymised:
    """What `anonymise` made, what it took out to get there, and what somebody should look at."""

    message: AnonymousMessage
    redactions: tuple[Redaction, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Unclean:
    """`anonymise` could not make the message safe.

    reason: a sentence for the author that says what to do, without any of
    the message's own words.
    """

    reason: str
