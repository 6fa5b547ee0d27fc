"""What a moderator types to somebody whom they turn down, on a page or in a command."""

from listserv.domain.clean_reason import NO_REASON, CleanReason
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.store import members


def spoken(
    kit: Kit, mailing_list: MailingList, moderator: Subscription | None, words: str
) -> CleanReason:
    """Cleaned as what is mailed. moderator: None for the operator."""
    if not words.strip():
        return NO_REASON
    # Not at the top: pages that turn nobody down do not hold all that cleans.
    from listserv.mail.commands.reason import clean_reason, typing  # noqa: PLC0415

    handle = moderator.handle if moderator else ""
    address = _address(kit, moderator) if moderator else kit.operator
    return clean_reason(kit.decoder, typing(mailing_list, handle, address), words)


def _address(kit: Kit, moderator: Subscription) -> str:
    with kit.database.reading() as tx:
        member = members.get(tx, moderator.member_id) if moderator.member_id else None
    return kit.vault.open_member(member) if member else ""
