"""Moderators hear of somebody who would like to join, with what they answered."""

from datetime import timedelta

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription
from listserv.services.decide_request import LET_IN, TURN_DOWN
from listserv.services.kit import Kit
from listserv.services.tell import Reader, tell
from listserv.services.tell_moderators import first_readers
from listserv.store import audit, request_tokens, subscriptions
from listserv.store.request_tokens import RequestToken
from listserv.store.transaction import Transaction

VALID = timedelta(days=60)
# With more waiting than that, the rest are left to the page and the daily summary.
MOST_TOLD = 20


def tell_of_request(
    kit: Kit, tx: Transaction, mailing_list: MailingList, newcomer: Subscription, words: str
) -> None:
    """Once for each request. words: what they answered to the list's question."""
    if request_tokens.were_sent(tx, newcomer.id):
        if not audit.last_actor(tx, newcomer.id, (LET_IN, TURN_DOWN)):
            return
        request_tokens.erase_of(tx, newcomer.id)  # of a request that was decided
    if len(subscriptions.waiting(tx, mailing_list.id, MOST_TOLD + 1)) > MOST_TOLD:
        return
    _, readers = first_readers(kit, tx, mailing_list)
    for moderator, reader in readers:
        token = kit.randomness.token()
        kept = RequestToken(mailing_list.id, newcomer.id, moderator.id)
        request_tokens.add(tx, kit.tokens.hash(token), kept, kit.clock.now() + VALID)
        _ask(kit, tx, reader, newcomer, words, token)
    if not readers and kit.operator:
        _ask(kit, tx, Reader(mailing_list, kit.operator, Language.ENGLISH), newcomer, words, "")


def _ask(  # whom about whom; token: "" for the operator, who has a command for it
    kit: Kit, tx: Transaction, reader: Reader, newcomer: Subscription, words: str, token: str
) -> None:
    tell(
        kit,
        tx,
        "join_request",
        reader,
        answers=reader.mailing_list.sub_address("held", token) if token else "",
        handle=newcomer.handle,
        words=words,
        request_page=f"{kit.base_url}/requests/{token}" if token else "",
    )
