"""Tells moderators of posts that wait; after two days owners, and then the operator."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from listserv.domain.anonymous_message import Attachment
from listserv.domain.held import PATIENCE, Told
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import HeldPost, Post
from listserv.domain.reasons import words_for_moderator
from listserv.domain.subscription import Role, Subscription
from listserv.services.decide_by_token import DECIDE
from listserv.services.issue_token import keep_token
from listserv.services.kit import Kit
from listserv.services.send_notice import send_notice
from listserv.services.tell import Reader, reader_of, tell, write_notice
from listserv.store import held, mailing_lists, subscriptions
from listserv.store.transaction import Transaction

AT_ONCE = 50
_NOTICE = "held_post"
# More than that of pictures goes to no mailbox; the page behind the link shows them.
MOST_BYTES = 2_000_000
# More of a list within an hour are left to the page and the summary: fifty moderators
# should not get a thousand mails each because somebody sends rubbish.
MOST_AN_HOUR = 20
_ROLES = {Told.MODERATORS: (Role.MODERATOR,), Told.OWNERS: (Role.OWNER,)}


def tell_moderators(kit: Kit) -> int:
    """Tells of everything nobody was told of yet; says of how many posts."""
    done = 0
    while True:
        with kit.database.reading() as tx:
            post_ids = held.to_tell(tx, AT_ONCE)
        told = sum(_tell_of(kit, post_id) for post_id in post_ids)
        done += told
        if not told:  # nothing is left, or another worker is at it
            return done


def raise_alarm(kit: Kit) -> None:
    """Where nobody decided for two days, the next in line hears of it, in one mail."""
    now = kit.clock.now()
    before = now - PATIENCE
    with kit.database.reading() as tx:
        late = held.overdue(tx, before)
    for list_id, level in late:
        with kit.database.transaction() as tx:
            mailing_list = mailing_lists.get(tx, list_id)
            following, readers = _next(kit, tx, mailing_list, level)
            number = held.raise_overdue(tx, list_id, level, following, before, now)
            for reader in readers if number else ():
                tell(kit, tx, "held_late", reader, number=number)


def first_readers(
    kit: Kit, tx: Transaction, mailing_list: MailingList
) -> tuple[Told, Sequence[tuple[Subscription, Reader]]]:
    """Those who are asked to decide: moderators, else owners."""
    for level in (Told.MODERATORS, Told.OWNERS):
        found = with_roles(kit, tx, mailing_list, _ROLES[level])
        if found:
            return level, found
    return Told.OPERATOR, ()


def with_roles(
    kit: Kit, tx: Transaction, mailing_list: MailingList, roles: Sequence[Role]
) -> list[tuple[Subscription, Reader]]:
    people = subscriptions.with_role(tx, mailing_list.id, roles)
    known = ((one, reader_of(kit, tx, mailing_list, one.member_id)) for one in people)
    return [(one, reader) for one, reader in known if reader]


@dataclass(frozen=True)
class _Letter:
    """A notice to one moderator. token: by which they decide."""

    moderator: Subscription
    address: str = field(repr=False)
    token: str = field(repr=False)
    content: bytes = field(repr=False)


def _tell_of(kit: Kit, post_id: int) -> int:
    """The mails are written before anything is locked: fifty of them take a while."""
    now = kit.clock.now()
    with kit.database.reading() as tx:
        found = held.untold(tx, post_id)
        if found is None:
            return 0
        mailing_list = mailing_lists.get(tx, found.post.list_id)
        level, readers = first_readers(kit, tx, mailing_list)
        recent = held.told_since(tx, mailing_list.id, now - timedelta(hours=1))
        told = readers if recent < MOST_AN_HOUR else ()
        letters = [_letter(kit, tx, found, moderator, reader) for moderator, reader in told]
    with kit.database.transaction() as tx:
        if not held.take_to_tell(tx, post_id):
            return 0
        if not letters:  # the operator hears once, and a flood is left to the summary
            if not readers:
                _tell_operator(kit, tx, mailing_list, recent)
            return held.told_of_all(tx, mailing_list.id, level, now)
        for one in letters:
            keep_token(kit, tx, mailing_list, post_id, one.moderator.id, DECIDE, one.token)
            send_notice(kit, tx, _NOTICE, one.address, one.content)
        held.told(tx, post_id, level, now)
    return 1


def _letter(
    kit: Kit, tx: Transaction, found: HeldPost, moderator: Subscription, reader: Reader
) -> _Letter:
    mailing_list, post, token = reader.mailing_list, found.post, kit.randomness.token()
    content = write_notice(
        kit,
        tx,
        _NOTICE,
        reader,
        answers=mailing_list.sub_address("held", token),
        handle=post.handle,
        title=post.message.subject,
        why=words_for_moderator(found.shown_reason, reader.language, found.detail),
        text=post.message.text,
        files=len(post.message.attachments),
        attachments=_small_enough(post),
        may_trust="" if post.one_time else "yes",
        held_page=f"{kit.base_url}/held/{token}",
    )
    return _Letter(moderator, reader.address, token, content)


def _small_enough(post: Post) -> tuple[Attachment, ...]:
    """Who decides by mail should see what everybody would see."""
    files = post.message.attachments
    return files if sum(len(one.content) for one in files) <= MOST_BYTES else ()


def _tell_operator(kit: Kit, tx: Transaction, mailing_list: MailingList, recent: int) -> None:
    """Once for as many as come within an hour."""
    if kit.operator and not recent:
        reader = Reader(mailing_list, kit.operator, Language.ENGLISH)
        tell(kit, tx, "held_late", reader, number=1)


def _next(
    kit: Kit, tx: Transaction, mailing_list: MailingList, level: Told
) -> tuple[Told, list[Reader]]:
    if level is Told.MODERATORS:
        owners = with_roles(kit, tx, mailing_list, (Role.OWNER,))
        if owners:
            return Told.OWNERS, [reader for _, reader in owners]
    operator = Reader(mailing_list, kit.operator, Language.ENGLISH)
    return Told.OPERATOR, [operator] if kit.operator else []
