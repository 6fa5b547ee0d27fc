"""What the anonymiser took out of a message, by kind, never by content."""

from dataclasses import dataclass
from enum import StrEnum


class RedactionKind(StrEnum):
    """One kind of thing that is taken out; the value is stored and must not change."""

    SIGNATURE = "signature"
    PHONE_NUMBER = "phone_number"
    CLIENT_TAGLINE = "client_tagline"
    ATTRIBUTION = "attribution"
    FORWARDED_HEADER = "forwarded_header"
    EMAIL_ADDRESS = "email_address"
    OWN_NAME = "own_name"
    OTHER_NAME = "other_name"
    PERSONAL_LINK = "personal_link"
    LIST_FOOTER = "list_footer"
    LINK_TRACKING = "link_tracking"
    REMOTE_PICTURE = "remote_picture"
    HIDDEN_TEXT = "hidden_text"
    PICTURE_DETAILS = "picture_details"
    ATTACHMENT = "attachment"
    CRYPTO_SIGNATURE = "crypto_signature"
    # Not taken out: the author is told that it stays in their words.
    PHONE_KEPT = "phone_kept"


@dataclass(frozen=True)
class Redaction:
    """One kind of redaction.

    count: how many times; detail: "location" for details of a picture that told where it
    was taken; for attachments the neutral name of what was left out ("PDF", "video"),
    never a file's name.
    """

    kind: RedactionKind
    count: int = 1
    detail: str = ""
