"""An author's second thought about a post with a phone number, a street or their name in it."""

from dataclasses import replace

from listserv.domain.decision import Accept
from listserv.domain.doubt import OWN
from listserv.domain.errors import NotFound
from listserv.domain.held import Ruled, Ruling
from listserv.domain.subscription import Subscription
from listserv.services.decide_held import Decided
from listserv.services.go_on import carry_on
from listserv.services.kit import Kit
from listserv.services.tell import reader_of
from listserv.store import held, mailing_lists, rulings
from listserv.store.transaction import Transaction


def decide_own(
    kit: Kit, tx: Transaction, author: Subscription, post_id: int, ruling: Ruling
) -> Decided:
    """SEND hands it on as it is to the rules that come after, WITHDRAW erases it.

    Raises NotFound for a post that is not theirs, or does not wait for that.
    """
    list_id, now = author.list_id, kit.clock.now()
    reader = reader_of(kit, tx, mailing_lists.get(tx, list_id), author.member_id)
    found = held.private_of(tx, author.id, post_id)
    if reader is None or found is None:
        raise NotFound("That message does not wait any more.")
    post, traits = found
    over = True
    if ruling is Ruling.SEND:
        settled = replace(traits, doubts=tuple(d for d in traits.doubts if d not in OWN))
        over = isinstance(carry_on(kit, tx, reader, author, post, settled), Accept)
    else:
        held.drop(tx, list_id, post_id)
    if over:
        rulings.add(tx, list_id, post_id, None, None, ruling, now)
    return Decided(Ruled(post_id, ruling, "", now), post, author_told=False)
