"""The sweep: rings again for whatever is due, and erases what is past its time.

Jobs are bells and may be lost; this makes every loss good. Any number of
sweeps may run at once.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from listserv.domain import jobs
from listserv.domain.bounce import WINDOW_DAYS
from listserv.domain.return_path import day_of
from listserv.services.end_pauses import end_pauses
from listserv.services.kit import Kit
from listserv.services.tend_held import tend_held
from listserv.store import (
    bounces,
    built_digests,
    confirmations,
    deliveries,
    digest_deliveries,
    digest_readers,
    dispatch,
    held,
    mailing_lists,
    members,
    notices,
    posts,
    sent_counts,
    sign_ins,
)
from listserv.store import quarantine as quarantined
from listserv.store.transaction import Transaction

# With this many jobs waiting, the workers have enough bells to go on with.
ENOUGH_BELLS = 200
ERASE_AT_ONCE = 200
# They hold no words; who answers an old one is told how to do that better.
DIGESTS_KEPT = timedelta(days=400)


def sweep(kit: Kit) -> None:
    """One round. Raises Unavailable when the database does not answer."""
    _ring(kit)
    _tidy(kit)


def _ring(kit: Kit) -> None:
    waiting = kit.queue.waiting()
    if waiting is None or waiting >= ENOUGH_BELLS:
        return
    now = kit.clock.now()
    with kit.database.reading() as tx:
        due = [jobs.deliver_notices()] if notices.any_due(tx, now) else []
        due += [jobs.tell_moderators()] if held.to_tell(tx, 1) else []
        due += [jobs.fan_out()] if posts.not_fanned_out(tx, 1, now) else []
        due += [jobs.deliver(list_id) for list_id in deliveries.lists_with_work(tx, now)]
        due += [jobs.issue_digests(list_id) for list_id in _lists_with_digests(tx, now)]
        due += [
            jobs.deliver_digests(list_id) for list_id in digest_deliveries.lists_with_work(tx, now)
        ]
    for job in due:
        kit.queue.ring(job)


def _lists_with_digests(tx: Transaction, now: datetime) -> Iterator[int]:
    """Where somebody's digest is due, by the clock or by its size."""
    by_clock = digest_readers.lists_due(tx, now)
    yield from by_clock
    for one in mailing_lists.all_of_them(tx):
        settings = one.settings
        limits = settings.digest_posts, settings.digest_kb
        if one.id not in by_clock and digest_readers.full_marks(tx, one.id, *limits):
            yield one.id


def _tidy(kit: Kit) -> None:
    now = kit.clock.now()
    end_pauses(kit)
    tend_held(kit)
    with kit.database.transaction() as tx:
        built_digests.erase_finished(tx, now)
    with kit.database.transaction() as tx:
        for rows in dispatch.ALL_ROWS:
            dispatch.park(tx, rows, now)
        confirmations.erase_expired(tx, now - timedelta(days=1))
        sign_ins.erase_expired(tx, now - timedelta(days=1))
        quarantined.erase_expired(tx, now)
        notices.forget_dropped(tx)
        notices.erase_finished(tx, now - timedelta(days=30))
        digest_deliveries.erase_finished(tx, now - DIGESTS_KEPT)
        bounces.erase_before(tx, day_of(now) - WINDOW_DAYS)
        sent_counts.fold(tx, now)
        members.erase_all_without_subscription(tx)
        lists = mailing_lists.all_of_them(tx)
    for mailing_list in lists:
        keep = mailing_list.settings.keep_posts
        while keep is not None:
            with kit.database.transaction() as tx:
                if not _erase_some(tx, mailing_list.id, kit, keep):
                    break


def _erase_some(tx: Transaction, list_id: int, kit: Kit, keep: int) -> bool:
    """Erases a few posts older than `keep` days; whether there may be more."""
    before = kit.clock.now() - timedelta(days=keep)
    return posts.erase_before(tx, list_id, before, ERASE_AT_ONCE) == ERASE_AT_ONCE
