"""What a member wrote that waits, for themselves: to see, to own up to, to take back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from listserv.domain.errors import NotFound
from listserv.domain.held import Ruling
from listserv.domain.language import Language
from listserv.domain.post import Post
from listserv.domain.reasons import PRIVATE, words
from listserv.domain.subscription import Subscription
from listserv.services.decide_held import TooLate, decide
from listserv.services.decide_own import decide_own
from listserv.services.go_on import go_on
from listserv.services.kit import Kit
from listserv.services.tell import reader_of
from listserv.store import held, mailing_lists

MOST_SHOWN = 50


@dataclass(frozen=True)
class OwnWaiting:
    """why: in words. asked: it waits for its author's yes, and no moderator sees it before.

    private: it is theirs for certain, and waits for their second thought.
    """

    post: Post
    why: str
    held_at: datetime
    asked: bool
    private: bool = False


def own_waiting(kit: Kit, mine: Subscription, language: Language) -> Sequence[OwnWaiting]:
    """The newest first, without files; mine: of whoever looks."""
    with kit.database.reading() as tx:
        found = held.of_author(tx, mine.id, MOST_SHOWN)
    return [
        OwnWaiting(
            one.post,
            words(one.reason, language, one.detail),
            one.held_at,
            asked,
            one.reason == PRIVATE,
        )
        for one, asked in found
    ]


def take_back(kit: Kit, mine: Subscription, post_id: int) -> bool:
    """It is erased, and the group never sees it. False when somebody has decided already.

    Raises NotFound for a post that is not theirs.
    """
    with kit.database.transaction() as tx:
        if not held.is_of(tx, post_id, mine.id):
            raise NotFound("That message does not wait any more.")
        if held.is_asked(tx, post_id):  # no moderator knows of it, so none is told of its end
            held.drop(tx, mine.list_id, post_id)
            return True
        mailing_list = mailing_lists.get(tx, mine.list_id)
        done = decide(kit, tx, mailing_list, post_id, Ruling.WITHDRAW, None)
        return not isinstance(done, TooLate)


def send_own(kit: Kit, mine: Subscription, post_id: int) -> None:
    """A post with a phone number or a street in it goes out as it is. Raises NotFound."""
    with kit.database.transaction() as tx:
        decide_own(kit, tx, mine, post_id, Ruling.SEND)


def own_up(kit: Kit, mine: Subscription) -> None:
    """Who is signed in has proven the address: all that waits for their yes goes on."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, mine.list_id)
        reader = reader_of(kit, tx, mailing_list, mine.member_id)
        if reader:
            go_on(kit, tx, reader)
