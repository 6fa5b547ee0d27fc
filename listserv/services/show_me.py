"""What a member sees of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription
from listserv.store import mailing_lists, subscriptions
from listserv.store.members import Person, person
from listserv.store.transaction import Transaction

__all__ = ["Group", "Person", "groups_ever", "groups_of", "person"]


@dataclass(frozen=True)
class Group:
    """A list, and what the member is on it."""

    mailing_list: MailingList
    subscription: Subscription


def groups_of(tx: Transaction, member_id: str) -> list[Group]:
    """Every list that the member is on, by when they joined."""
    return _groups(tx, subscriptions.of_person(tx, member_id))


def groups_ever(tx: Transaction, member_id: str) -> list[Group]:
    """The same with lists that they have left, where what they wrote may still be kept."""
    return _groups(tx, subscriptions.ever_of_person(tx, member_id))


def _groups(tx: Transaction, on: Sequence[Subscription]) -> list[Group]:
    lists = mailing_lists.with_ids(tx, [one.list_id for one in on])
    return [Group(lists[one.list_id], one) for one in on]
