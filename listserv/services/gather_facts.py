"""What the rules ask of the database: how an author and a conversation stand with the list."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from listserv.domain.mailing_list import MailingList
from listserv.domain.rules.facts import Standing
from listserv.domain.sealed import Lookup
from listserv.store import bans, posts, subscriptions
from listserv.store.transaction import Transaction

NOBODY = 0  # no subscription has this id


def standing(  # who, where, and by which address
    tx: Transaction,
    mailing_list: MailingList,
    author_id: int | None,
    thread: str,
    lookups: Sequence[Lookup],
    at: datetime,
) -> Standing:
    """thread: the message_id that the conversation began with, "" for a new one.

    The same is asked for a stranger as for a member, so that the time it takes tells nothing.
    """
    settings, author = mailing_list.settings, author_id or NOBODY
    hour_ago = at - timedelta(hours=1)
    counted, limited = settings.moderate.first, settings.posts_per_hour is not None
    return Standing(
        accepted_before=subscriptions.posts_accepted(tx, author) if counted else 0,
        recent=posts.received_since(tx, author, hour_ago) if limited else 0,
        closed=bool(thread) and posts.is_closed(tx, mailing_list.id, thread),
        banned=bans.has(tx, mailing_list.id, lookups),
    )
