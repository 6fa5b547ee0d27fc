"""Carries out what a member asked for, beyond doubt, and tells them."""

from dataclasses import replace

from listserv.domain.anonymous_message import Attachment
from listserv.domain.errors import Refused
from listserv.domain.request import ForgetMe, Kept, SendData, SetLanguage, SetTimeZone
from listserv.domain.subscription import Subscription
from listserv.services.apply_change import apply_change
from listserv.services.change_person import apply_to_person
from listserv.services.erase_member import erase
from listserv.services.export_member import export
from listserv.services.kit import Kit
from listserv.services.tell import Reader, tell
from listserv.services.tell_change import tell_change
from listserv.store.transaction import Transaction


def carry_out(
    kit: Kit, tx: Transaction, reader: Reader, subscription: Subscription, request: Kept
) -> Subscription:
    """The subscription after it. What cannot be done is explained by mail, and left as it is."""
    try:
        return _carry_out(kit, tx, reader, subscription, request)
    except Refused as refusal:
        tell(kit, tx, "unclear", reader, problem=str(refusal))
        return subscription


def _carry_out(
    kit: Kit, tx: Transaction, reader: Reader, subscription: Subscription, request: Kept
) -> Subscription:
    member_id = subscription.member_id or ""
    match request:
        case ForgetMe(posts):
            erase(kit, tx, member_id, posts)
            tell(kit, tx, "forgotten", reader, posts="yes" if posts else "")
        case SendData():
            data = export(kit, tx, member_id)
            files = (
                Attachment("my-data.json", "application/json", data.json),
                Attachment("my-posts.mbox", "application/mbox", data.mbox),
            )
            tell(kit, tx, "your_data", reader, attachments=files)
        case SetLanguage() | SetTimeZone():
            apply_to_person(tx, member_id, request, kit.clock.now())
            speaks = request.language if isinstance(request, SetLanguage) else reader.language
            tell_change(kit, tx, replace(reader, language=speaks), request, subscription)
        case _:
            changed = apply_change(kit, tx, reader.mailing_list, subscription, request)
            tell_change(kit, tx, reader, request, changed)
            return changed
    return subscription
