"""What is a member's own in their copy: where it comes back to, and how to leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from listserv.domain.mailing_list import MailingList
from listserv.domain.return_path import day_of
from listserv.mail.list_headers import UnsubscribeField
from listserv.services.kit import Kit


class OwnParts(NamedTuple):
    """return_path: an address. unsubscribe: a whole header field."""

    return_path: str
    unsubscribe: bytes


@dataclass(frozen=True)
class OwnPartsMaker:
    """Makes them for many members of one list together: one at a time costs several times more."""

    kit: Kit
    mailing_list: MailingList

    def make(self, subscription_ids: Sequence[int], now: datetime) -> list[OwnParts]:
        """In the order of the ids. now: a return path is good for some days from then."""
        local, _, domain = self.mailing_list.address.rpartition("@")
        field = UnsubscribeField(f"{self.kit.base_url}/unsubscribe/", self.mailing_list)
        tokens = self.kit.tokens
        leave = tokens.unsubscribe_all(subscription_ids)
        bounce = tokens.return_paths(subscription_ids, day_of(now))
        return [
            OwnParts(f"{local}-bounces+{back}@{domain}", field.of(token))
            for token, back in zip(leave, bounce, strict=True)
        ]
