"""What SMTP said about a message, beside the message itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Envelope:
    """mail_from is "" for the null sender (RFC 5321 §4.5.5).

    trusted: the connection came from one of QUIETLIST_TRUSTED_CLIENTS, so its
    Authentication-Results may be believed. client: the address of any other, who
    came to us as to an MX; "" for a server of ours, which says nothing of the sender.
    """

    mail_from: str = field(repr=False)
    trusted: bool = False
    client: str = field(default="", repr=False)
