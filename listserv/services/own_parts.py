"""What is a member's own in their copy: where it comes back to, and how to leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from listserv.domain.mailing_list import MailingList
from listserv.domain.return_path import day_of
from listserv.mail.list_headers import UnsubscribeField
from listserv.services.kit import Kit


@dataclass(slots=True)  # not frozen: that takes three times as long, for each copy
class OwnParts:
    """return_path: an address. unsubscribe: a whole header field."""

    return_path: str = field(repr=False)
    unsubscribe: bytes = field(repr=False)


@dataclass(frozen=True)
class OwnPartsMaker:
    """Makes them for many members of one list together: one at a time costs several times more."""

    kit: Kit
    mailing_list: MailingList

    def make(self, subscription_ids: Sequence[int], now: datetime) -> list[OwnParts]:
        """In the order of the ids. now: a return path is good for some days from then."""
        bounces, _, domain = self.mailing_list.sub_address("bounces").rpartition("@")
        unsubscribe = UnsubscribeField(f"{self.kit.base_url}/unsubscribe/", self.mailing_list)
        tokens = self.kit.tokens
        leave = tokens.unsubscribe_all(subscription_ids)
        bounce = tokens.return_paths(subscription_ids, day_of(now))
        return [
            OwnParts(f"{bounces}+{back}@{domain}", unsubscribe.of(token))
            for token, back in zip(leave, bounce, strict=True)
        ]
