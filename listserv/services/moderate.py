"""What waits on a list, for whoever moderates it, and decisions about several at once."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from listserv.domain.errors import NotFound
from listserv.domain.held import Ruled, Ruling
from listserv.domain.language import Language
from listserv.domain.post import HeldPost, Post
from listserv.domain.reasons import words_for_moderator
from listserv.domain.subscription import Subscription
from listserv.services.decide_held import Decided, TooLate, decide_held
from listserv.services.kit import Kit
from listserv.services.speak import spoken
from listserv.store import held, mailing_lists, posts, rulings, subscriptions
from listserv.store.held import EVERYTHING, Filters
from listserv.store.transaction import Transaction

PAGE = 25


@dataclass(frozen=True)
class Waiting:
    """A post that waits. why: in words. since: when its author joined, None for a visitor.

    history: the last decisions about this author's posts, newest first. Both are left out beside
    a name that is used for one conversation only: they would tell whose name it is.
    """

    post: Post
    why: str
    held_at: datetime
    since: datetime | None
    history: tuple[Ruled, ...]


@dataclass(frozen=True)
class Queue:
    """One page of what waits, oldest first, without attachments. total: on all pages.

    reasons: why posts wait on this list, whatever the filters, and how many for each.
    """

    waiting: tuple[Waiting, ...]
    total: int
    reasons: Sequence[tuple[str, int]]


def queue(  # whose queue, what of it, and in which language
    kit: Kit,
    list_id: int,
    filters: Filters = EVERYTHING,
    page: int = 0,
    language: Language = Language.ENGLISH,
) -> Queue:
    with kit.database.reading() as tx:
        found = held.heads(tx, list_id, filters, page * PAGE, PAGE)
        authors = sorted({author for one in found if (author := _known_author(one.post))})
        since, before = subscriptions.joined(tx, authors), rulings.of_authors(tx, authors)
        rows = tuple(
            _waiting(
                one,
                language,
                since.get(_known_author(one.post)),
                before.get(_known_author(one.post), ()),
            )
            for one in found
        )
        total = held.count_on(tx, list_id, filters)
        return Queue(rows, total, held.reasons_on(tx, list_id))


def waiting_of(tx: Transaction, one: HeldPost, language: Language) -> Waiting:
    author_id = _known_author(one.post)
    since = subscriptions.joined_at(tx, author_id) if author_id else None
    return _waiting(one, language, since, rulings.of_author(tx, author_id) if author_id else ())


def _waiting(
    one: HeldPost, language: Language, since: datetime | None, history: Sequence[Ruled]
) -> Waiting:
    why = words_for_moderator(one.shown_reason, language, one.detail)
    return Waiting(one.post, why, one.held_at, since, tuple(history))


def _known_author(post: Post) -> int:
    """The author's subscription, where moderators may know which handle is theirs; else 0."""
    return 0 if post.one_time else post.author_id or 0


@dataclass(frozen=True)
class OneWaiting:
    """A post that waits; else what became of it, if that is known still.

    before, after: the posts beside it in the queue, which goes round.
    """

    waiting: Waiting | None
    ruled: Ruled | None = None
    before: int | None = None
    after: int | None = None


def one_waiting(kit: Kit, list_id: int, post_id: int, language: Language) -> OneWaiting:
    with kit.database.reading() as tx:
        found = held.get(tx, list_id, post_id)
        if found is None:
            return OneWaiting(None, rulings.of_post(tx, list_id, post_id))
        beside = held.preceding(tx, list_id, post_id), held.following(tx, list_id, post_id)
        return OneWaiting(waiting_of(tx, found, language), None, *beside)


def following(kit: Kit, list_id: int, post_id: int) -> int | None:
    """The post that a moderator looks at after this one; None when nothing waits."""
    with kit.database.reading() as tx:
        return held.following(tx, list_id, post_id)


def decide_several(  # who decides what about which posts, and why
    kit: Kit,
    list_id: int,
    post_ids: Sequence[int],
    ruling: Ruling,
    moderator: Subscription | None,
    words: str = "",
) -> list[Decided | TooLate]:
    """Each for itself: what somebody else has decided meanwhile stops nothing, and neither does
    what never waited here, or went without a decision. Of that nothing is told.

    words: why, as the moderator typed them, or that of a canned reason.
    """
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
    reason = spoken(kit, mailing_list, moderator, words)
    done: list[Decided | TooLate] = []
    for post_id in post_ids:
        with suppress(NotFound):
            done.append(decide_held(kit, list_id, post_id, ruling, moderator, reason))
    return done


def held_posts(kit: Kit, address: str) -> Sequence[HeldPost]:
    """All that waits on this list, oldest first. Raises NotFound."""
    with kit.database.reading() as tx:
        return held.page(tx, mailing_lists.named(tx, address).id)


def approve(kit: Kit, address: str, post_id: int) -> Post:
    """The post goes out. Raises NotFound when it does not wait (any more)."""
    return _as_operator(kit, address, post_id, Ruling.APPROVE).post


def reject(kit: Kit, address: str, post_id: int, words: str = "") -> bool:
    """The post is erased, and its author, if it is a member, gets their text back.

    Returns whether somebody was told. Raises NotFound as above.
    """
    return _as_operator(kit, address, post_id, Ruling.REJECT, words).author_told


def discard(kit: Kit, address: str, post_id: int) -> None:
    """The post is erased, and nobody is told. Raises NotFound as above."""
    _as_operator(kit, address, post_id, Ruling.DISCARD)


def close_thread(kit: Kit, list_id: int, post_id: int, closed: bool) -> None:
    """Whether the conversation of that post takes more answers. Raises NotFound."""
    with kit.database.transaction() as tx:
        thread = posts.thread_of(tx, list_id, post_id)
        if thread is None:
            raise NotFound("There is no such post on this list.")
        if closed:
            posts.close_thread(tx, list_id, thread, kit.clock.now())
        else:
            posts.open_thread(tx, list_id, thread)


def _as_operator(kit: Kit, address: str, post_id: int, ruling: Ruling, words: str = "") -> Decided:
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.named(tx, address)
    reason = spoken(kit, mailing_list, None, words)
    done = decide_held(kit, mailing_list.id, post_id, ruling, None, reason)
    if isinstance(done, TooLate):
        who = done.ruled.moderator or "somebody"
        raise NotFound(f"No post {post_id} waits on this list: {who} has decided already.")
    return done
