"""Questions by mail: "did you ask for this?", with a token that answers once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from listserv.domain.mailing_list import MailingList
from listserv.mail.compose import compose_notice
from listserv.mail.notices import render
from listserv.services.kit import Kit
from listserv.services.send_notice import send_notice
from listserv.store import confirmations
from listserv.store.confirmations import Confirmation
from listserv.store.transaction import Transaction

VALID = timedelta(days=3)
MOST_PER_ADDRESS_AND_HOUR = 2
MOST_PER_LIST_AND_HOUR = 300


@dataclass(frozen=True)
class Asked:
    """A question that was written down; token answers it."""

    token: str
    expires_at: datetime


def write_down(kit: Kit, tx: Transaction, purpose: str, list_id: int, address: str) -> Asked | None:
    """Stores a question to that address, or None when it was sent enough mail already.

    Every answer that we send to a typed or unproven address goes through here,
    so that nobody can have us flood a mailbox.
    """
    now = kit.clock.now()
    lookups = [lookup.digest for lookup in kit.vault.lookups(address)]
    hour_ago = now - timedelta(hours=1)
    confirmations.stand_in_line(tx, lookups[0])
    of_this = confirmations.asked_since(tx, purpose, list_id, hour_ago, lookups)
    of_anyone = confirmations.asked_since(tx, purpose, list_id, hour_ago)
    if of_this >= MOST_PER_ADDRESS_AND_HOUR or of_anyone >= MOST_PER_LIST_AND_HOUR:
        return None
    asked = Asked(kit.randomness.token(), now + VALID)
    confirmation_id = kit.randomness.token()
    confirmations.add(
        tx,
        Confirmation(
            id=confirmation_id,
            token_hash=kit.tokens.hash(asked.token),
            purpose=purpose,
            list_id=list_id,
            lookup=lookups[0],
            sealed_address=kit.vault.seal(address.encode(), confirmations.place(confirmation_id)),
            created_at=now,
            expires_at=asked.expires_at,
        ),
    )
    return asked


def tell(
    kit: Kit,
    tx: Transaction,
    notice: str,
    mailing_list: MailingList,
    address: str,
    token: str = "",
    **values: str,
) -> str:
    """Sends one of the notices in `mail/templates` in the name of the list; returns its id."""
    text = render(
        notice,
        outer_name=mailing_list.outer_name,
        list_address=mailing_list.address,
        list_page=f"{kit.base_url}/lists/{mailing_list.address}",
        confirm_page=f"{kit.base_url}/confirm/{token}",
        help_address=mailing_list.sub_address("help"),
        owner_address=mailing_list.sub_address("owner"),
        join_address=mailing_list.sub_address("join"),
        leave_address=mailing_list.sub_address("leave"),
        **values,
    )
    content = compose_notice(
        from_name=mailing_list.outer_name,
        from_address=mailing_list.sub_address("request"),
        recipient=address,
        subject=text.subject,
        text=text.body,
        date=kit.clock.now(),
        message_id=f"<{kit.randomness.token()}@{mailing_list.domain}>",
        reply_to=mailing_list.sub_address("confirm", token) if token else "",
    )
    return send_notice(kit, tx, notice, address, content)
