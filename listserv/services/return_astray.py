"""An answer to a whole digest goes back to its author, with a word on how to answer one post."""

from listserv.domain.decision import Accept, Decision, Discard, Hold, Reason
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost
from listserv.domain.sender import Sender
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store.transaction import Transaction

_ASTRAY = Discard(Reason("digest_reply", "This answered a whole digest. Its author was told how."))


def return_astray(
    kit: Kit,
    tx: Transaction,
    mailing_list: MailingList,
    new: NewPost,
    sender: Sender,
    decision: Decision,
) -> Decision:
    """Only where the author is beyond doubt a member, and would have been heard.

    Anything else stays as it was decided: mail with a forged From is never answered.
    """
    if sender.member is None or not sender.proven or not isinstance(decision, Accept | Hold):
        return decision
    reader = reader_of(kit, tx, mailing_list, sender.member.member_id)
    if reader is None:
        return decision
    tell(kit, tx, "digest_reply", reader, text=new.message.text)
    return _ASTRAY
