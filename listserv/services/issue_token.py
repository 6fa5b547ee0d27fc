"""A token by which one person may decide about one post, or take it back."""

from datetime import timedelta

from listserv.domain.mailing_list import MailingList
from listserv.services.kit import Kit
from listserv.store import rulings
from listserv.store.rulings import HeldToken
from listserv.store.transaction import Transaction

# After the post itself is gone, a late answer still hears what became of it.
VALID_AFTER = timedelta(days=7)


def issue_token(  # for what, to whom
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    post_id: int,
    subscription_id: int,
    purpose: str,
) -> str:
    """purpose: "decide" or "withdraw". Only its hash is kept."""
    token = kit.randomness.token()
    keep_token(kit, tx, mailing_list, post_id, subscription_id, purpose, token)
    return token


def keep_token(  # as above
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    post_id: int,
    subscription_id: int,
    purpose: str,
    token: str,
) -> None:
    """For a token that a mail has in it already."""
    expires_at = kit.clock.now() + timedelta(days=mailing_list.settings.keep_held) + VALID_AFTER
    kept = HeldToken(purpose, mailing_list.id, post_id, subscription_id)
    rulings.add_token(tx, kit.tokens.hash(token), kept, expires_at)
