"""What time does to posts that wait: reminders, second questions, and an end."""

from datetime import timedelta

from listserv.domain.held import PATIENCE, Ruling
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Role
from listserv.services.ask_author import ask_author
from listserv.services.decide_held import give_back
from listserv.services.gather_facts import NOBODY
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.services.tell_moderators import first_readers, raise_alarm, with_roles
from listserv.store import (
    held,
    mailing_lists,
    owner_letters,
    request_tokens,
    rulings,
    subscriptions,
)
from listserv.store.transaction import Transaction

AT_ONCE = 200
ROUND = timedelta(days=1)
# A post that came just now has a notice of its own.
OLD_ENOUGH = timedelta(hours=20)
MOST_LINES = 20


def tend_held(kit: Kit) -> None:
    now = kit.clock.now()
    _ask_again(kit)
    raise_alarm(kit)
    with kit.database.reading() as tx:
        waiting = {*held.lists_with_any(tx, now - OLD_ENOUGH)}
        waiting |= {*request_tokens.lists_with_requests(tx)}
        lists = [mailing_lists.get(tx, list_id) for list_id in sorted(waiting)]
    for mailing_list in lists:
        while _expire(kit, mailing_list) == AT_ONCE:
            pass
        _summarise(kit, mailing_list)
    with kit.database.transaction() as tx:
        rulings.erase_expired_tokens(tx, now)
        owner_letters.erase_expired(tx, now)
        request_tokens.erase_expired(tx, now)


def _ask_again(kit: Kit) -> None:
    """Authors were asked of another post the day before; today's question is for the rest."""
    with kit.database.reading() as tx:
        authors = held.authors_to_ask(tx, kit.clock.now() - ROUND, AT_ONCE)
    for author_id in authors:
        with kit.database.transaction() as tx:
            author = subscriptions.get(tx, author_id)
            waiting = held.asked_of(tx, author_id)
            mailing_list = mailing_lists.get(tx, author.list_id) if author else None
            if author is None or mailing_list is None or not waiting:
                continue
            reader = reader_of(kit, tx, mailing_list, author.member_id)
            if reader:
                subject = waiting[-1][0].message.subject
                ask_author(kit, tx, mailing_list, reader.address, author_id, subject)
            held.author_asked(tx, author_id, kit.clock.now())


def _expire(kit: Kit, mailing_list: MailingList) -> int:
    """Posts that waited too long go back to their authors; says how many there were."""
    now = kit.clock.now()
    before = now - timedelta(days=mailing_list.settings.keep_held)
    with kit.database.transaction() as tx:
        post_ids = held.expired(tx, mailing_list.id, before, AT_ONCE)
        unanswered: dict[int, list[str]] = {}
        seen = sum(_give_up(kit, tx, mailing_list, post_id, unanswered) for post_id in post_ids)
        for author_id, titles in unanswered.items():
            _tell_unconfirmed(kit, tx, mailing_list, author_id, titles)
        if seen:
            readers = with_roles(kit, tx, mailing_list, (Role.MODERATOR, Role.OWNER))
            for _, reader in readers:
                tell(kit, tx, "held_expired", reader, number=seen)
    return len(post_ids)


def _give_up(  # which post, and where to note what its author never owned up to
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    post_id: int,
    unanswered: dict[int, list[str]],
) -> int:
    """1 for a post that moderators have seen."""
    asked = held.is_asked(tx, post_id)
    private = held.own_of(tx, mailing_list.id, post_id) is not None
    post = held.drop(tx, mailing_list.id, post_id)
    if asked and not private:
        unanswered.setdefault(post.author_id or NOBODY, []).append(post.message.subject)
        return 0
    give_back(kit, tx, mailing_list, post, "private_expired" if private else "post_expired")
    if private:
        return 0
    author_id = None if post.one_time else post.author_id
    rulings.add(tx, mailing_list.id, post_id, author_id, None, Ruling.EXPIRE, kit.clock.now())
    return 1


def _tell_unconfirmed(
    kit: Kit, tx: Transaction, mailing_list: MailingList, author_id: int, titles: list[str]
) -> None:
    """One mail for all, without the text: nothing proves that it was theirs."""
    author = subscriptions.get(tx, author_id)
    reader = reader_of(kit, tx, mailing_list, author.member_id) if author else None
    if reader:
        days, number = mailing_list.settings.keep_held, len(titles)
        tell(kit, tx, "post_unconfirmed", reader, title=titles[0], number=number, days=days)


def _summarise(kit: Kit, mailing_list: MailingList) -> None:
    """Once a day, what waits, in one mail to each who can decide."""
    now = kit.clock.now()
    with kit.database.transaction() as tx:
        if not rulings.round_is_due(tx, mailing_list.id, now - ROUND):
            return
        waiting = held.heads(tx, mailing_list.id, held.EVERYTHING, 0, MOST_LINES)
        newcomers = subscriptions.waiting(tx, mailing_list.id, MOST_LINES)
        since = [one.held_at for one in waiting[:1]]
        asked = subscriptions.joined(tx, [one.id for one in newcomers])
        since += asked.values()
        if not since or min(since) > now - OLD_ENOUGH:
            return
        number = held.count_on(tx, mailing_list.id)
        lines = [f"{one.post.handle}: {one.post.message.subject}" for one in waiting]
        handles = [one.handle for one in newcomers]
        readers = first_readers(kit, tx, mailing_list)[1]
        # Of late posts `raise_alarm` tells the owners.
        if asked and min(asked.values()) < now - PATIENCE:
            readers = with_roles(kit, tx, mailing_list, (Role.MODERATOR, Role.OWNER))
        for _, reader in readers:
            tell(kit, tx, "held_summary", reader, number=number, lines=lines, newcomers=handles)
        rulings.round_done(tx, mailing_list.id, now)
