"""Mail to `-owner`: the list's owners and moderators get it, cleaned like a post."""

from dataclasses import replace

from listserv.domain.anonymous_message import AnonymousMessage, Unclean
from listserv.domain.author import Author
from listserv.domain.decision import Accept, Decision, Reason, Reject
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import VISITOR
from listserv.domain.proof import Proof
from listserv.domain.subscription import Role
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.compose import compose_notice
from listserv.mail.inbound import InboundMessage
from listserv.mail.verdict import proof_of
from listserv.services.kit import Kit
from listserv.services.quarantine import quarantine
from listserv.services.send_notice import send_notice
from listserv.store import mailing_lists, members, subscriptions
from listserv.store.transaction import Transaction


def write_to_owners(
    kit: Kit, list_id: int, message: InboundMessage, author: Author, trusted: bool
) -> Decision:
    """Without any owner it reaches the operator; without an operator it is kept sealed."""
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        handle = _handle(kit, tx, list_id, message, trusted)
        readers = _readers(kit, tx, list_id) or ([kit.operator] if kit.operator else [])
    policy = CleaningPolicy(
        list_addresses=frozenset({mailing_list.address}),
        attachments=mailing_list.settings.attachments,
    )
    cleaned = anonymise(message, replace(author, handle=handle), policy, kit.decoder)
    if isinstance(cleaned, Unclean):
        return Reject(Reason("unclean", cleaned.reason))
    if not readers:
        words = f"{cleaned.message.subject}\n\n{cleaned.message.text}"
        quarantine(kit, "owner mail without owner", words.encode())
        return Accept()
    with kit.database.transaction() as tx:
        for reader in readers:
            content = _compose(kit, mailing_list, handle, reader, cleaned.message)
            send_notice(kit, tx, "owner", reader, content)
    return Accept()


def _handle(kit: Kit, tx: Transaction, list_id: int, message: InboundMessage, trusted: bool) -> str:
    """The writer's handle where their address is proven: a forged From must not find it out."""
    if proof_of(message, trusted, kit.authserv_id) is Proof.NONE:
        return VISITOR
    member = members.find(tx, kit.vault.lookups(message.from_address))
    found = subscriptions.of_member(tx, list_id, member.member_id) if member else None
    return found.handle if found and found.may_post else VISITOR


def _readers(kit: Kit, tx: Transaction, list_id: int) -> list[str]:
    found = subscriptions.with_role(tx, list_id, (Role.OWNER, Role.MODERATOR))
    sealed = [members.get(tx, person.member_id) for person in found if person.member_id]
    return [kit.vault.open_member(member) for member in sealed if member]


def _compose(
    kit: Kit,
    mailing_list: MailingList,
    handle: str,
    reader: str,
    message: AnonymousMessage,
) -> bytes:
    return compose_notice(
        from_name=f"{handle} via {mailing_list.outer_name}",
        from_address=mailing_list.sub_address("owner"),
        recipient=reader,
        subject=message.subject,
        text=message.text,
        date=kit.clock.now(),
        message_id=f"<{kit.randomness.token()}@{mailing_list.domain}>",
    )
