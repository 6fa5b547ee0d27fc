"""A transaction: what SMTP has said of one message so far."""

from dataclasses import dataclass, field

from listserv.domain.routing import Route


@dataclass
class MailUnderWay:
    """From MAIL to the answer after the final dot.

    routes: one for each accepted RCPT. tried: a RCPT was given, accepted or not.
    """

    sender: str = field(repr=False)
    routes: list[Route] = field(default_factory=list)
    tried: bool = False
