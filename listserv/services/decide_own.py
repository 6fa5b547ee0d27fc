"""An author's second thought about a post with a phone number or a street in it."""

from listserv.domain.errors import NotFound
from listserv.domain.held import Ruled, Ruling
from listserv.domain.subscription import Subscription
from listserv.services.accept_post import accept, goes_out_at
from listserv.services.decide_held import Decided
from listserv.services.kit import Kit
from listserv.store import held, mailing_lists, rulings
from listserv.store.transaction import Transaction


def decide_own(
    kit: Kit, tx: Transaction, author: Subscription, post_id: int, ruling: Ruling
) -> Decided:
    """SEND lets it go out as it is, WITHDRAW erases it. Moderators never knew of it.

    Raises NotFound for a post that is not theirs, or does not wait for that.
    """
    list_id, now = author.list_id, kit.clock.now()
    if not held.is_of(tx, post_id, author.id) or held.own_of(tx, list_id, post_id) is None:
        raise NotFound("That message does not wait any more.")
    if ruling is Ruling.SEND:
        settings = mailing_lists.get(tx, list_id).settings
        post = held.release(tx, list_id, post_id, goes_out_at(settings, now))
        accept(tx, post)
    else:
        post = held.drop(tx, list_id, post_id)
    rulings.add(tx, list_id, post_id, None, None, ruling, now)
    return Decided(Ruled(post_id, ruling, "", now), post, author_told=False)
