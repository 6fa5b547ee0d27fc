"""Pauses that were set to end, end."""

from dataclasses import replace

from listserv.domain.life import Step, after
from listserv.domain.request import Resume
from listserv.services.kit import Kit
from listserv.services.tell import reader_of
from listserv.services.tell_change import tell_change
from listserv.store import mailing_lists, subscriptions

AT_ONCE = 50


def end_pauses(kit: Kit) -> None:
    """Resumes whoever is due, and tells them. Two workers at once never tell anybody twice."""
    while _end_some(kit) == AT_ONCE:
        pass


def _end_some(kit: Kit) -> int:
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        due = subscriptions.pauses_over(tx, now, AT_ONCE)
        for paused in due:
            back = replace(paused, state=after(paused.state, Step.RESUME), paused_until=None)
            subscriptions.save(tx, back, now)
            mailing_list = mailing_lists.get(tx, paused.list_id)
            reader = reader_of(kit, tx, mailing_list, paused.member_id)
            if reader:
                tell_change(kit, tx, reader, Resume(), back)
    return len(due)
