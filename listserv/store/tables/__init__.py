"""The tables, one noun a file. Importing this package defines them all."""

from listserv.store.tables.audit import AuditRow
from listserv.store.tables.bounce import BounceRow
from listserv.store.tables.built_digest import BuiltDigestRow
from listserv.store.tables.confirmation import ConfirmationRow
from listserv.store.tables.delivery import DeliveryRow
from listserv.store.tables.digest import DigestDeliveryRow, DigestRow
from listserv.store.tables.dkim_key import DkimKeyRow
from listserv.store.tables.join_request import RequestTokenRow
from listserv.store.tables.mailing_list import MailingListRow
from listserv.store.tables.member import MemberRow
from listserv.store.tables.moderation import (
    BanRow,
    ClosedThreadRow,
    HeldTokenRow,
    MemberNoteRow,
    ModerationRoundRow,
    OwnerLetterRow,
    RulingRow,
)
from listserv.store.tables.notice import NoticeRow
from listserv.store.tables.notice_text import NoticeTextRow
from listserv.store.tables.post import AttachmentRow, HeldPostRow, PostRow
from listserv.store.tables.quarantine import QuarantineRow
from listserv.store.tables.sent_count import SentCountRow
from listserv.store.tables.sign_in import SignInRow
from listserv.store.tables.subscription import RetiredHandleRow, SubscriptionRow
from listserv.store.tables.suppression import SuppressionRow

__all__ = [
    "AttachmentRow",
    "AuditRow",
    "BanRow",
    "BounceRow",
    "BuiltDigestRow",
    "ClosedThreadRow",
    "ConfirmationRow",
    "DeliveryRow",
    "DigestDeliveryRow",
    "DigestRow",
    "DkimKeyRow",
    "HeldPostRow",
    "HeldTokenRow",
    "MailingListRow",
    "MemberNoteRow",
    "MemberRow",
    "ModerationRoundRow",
    "NoticeRow",
    "NoticeTextRow",
    "OwnerLetterRow",
    "PostRow",
    "QuarantineRow",
    "RequestTokenRow",
    "RetiredHandleRow",
    "RulingRow",
    "SentCountRow",
    "SignInRow",
    "SubscriptionRow",
    "SuppressionRow",
]
