"""Mail to `-owner`, and answers to it: cleaned like posts, and neither side sees an address."""

from dataclasses import dataclass, field
from datetime import timedelta

from listserv.domain.anonymous_message import AnonymousMessage, Unclean
from listserv.domain.author import Author
from listserv.domain.decision import Accept, Decision, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import VISITOR
from listserv.domain.proof import Proof
from listserv.domain.routing import ToCommand
from listserv.domain.subscription import Role, Subscription
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.compose import compose_notice
from listserv.mail.inbound import InboundMessage
from listserv.services.kit import Kit
from listserv.services.prove_sender import prove_sender
from listserv.services.quarantine import quarantine
from listserv.services.send_notice import send_notice
from listserv.store import mailing_lists, members, owner_letters, subscriptions
from listserv.store.owner_letters import Letter, Side
from listserv.store.transaction import Transaction

# How long an answer finds its way.
VALID = timedelta(days=60)
_LEADING = (Role.OWNER, Role.MODERATOR)
_NOT_CLEAN = "unclean"


@dataclass(frozen=True)
class _Mail:
    """A mail on its way to the other side. writer: the address of who wrote to the owners first.

    handle: the writer's. speaker: under which name this very mail goes.
    """

    mailing_list: MailingList
    message: AnonymousMessage = field(repr=False)
    writer: str = field(repr=False)
    handle: str
    speaker: str
    fingerprint: bytes = field(repr=False)


def write_to_owners(
    kit: Kit, route: ToCommand, message: InboundMessage, envelope: Envelope, raw: bytes
) -> Decision:
    """Without any owner it reaches the operator; without an operator it is kept sealed.

    A token that is old, or that somebody else has got hold of, is taken as none was: with 250.
    """
    now = kit.clock.now()
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, route.list_id)
        found = owner_letters.with_token(tx, route.list_id, kit.tokens.hash(route.token), now)
        leader = _leader(kit, tx, route.list_id, message.from_address)
    if route.token and found is None:
        return Accept()
    writer = _address(kit, found) if found else message.from_address
    handle = found.handle if found else _handle(kit, route.list_id, message, envelope, raw)
    answers = found is not None and found.side is Side.OWNERS
    speaker = _speaker(kit, mailing_list, leader, message.from_address) if answers else handle
    if (answers and not speaker) or (found and not answers and message.from_address != writer):
        return Accept()
    policy = CleaningPolicy(
        list_addresses=frozenset({mailing_list.address}),
        attachments=mailing_list.settings.attachments,
    )
    author = Author(speaker, frozenset({envelope.mail_from}))
    cleaned = anonymise(message, author, policy, kit.decoder)
    if isinstance(cleaned, Unclean):
        return Reject(Reason(_NOT_CLEAN, cleaned.reason))
    fingerprint = _fingerprint(kit, mailing_list.id, message, raw)
    mail = _Mail(mailing_list, cleaned.message, writer, handle, speaker, fingerprint)
    return _to_writer(kit, mail, message.from_address) if answers else _to_owners(kit, mail)


def _to_owners(kit: Kit, mail: _Mail) -> Decision:
    list_id = mail.mailing_list.id
    with kit.database.transaction() as tx:
        if owner_letters.known(tx, list_id, mail.fingerprint):
            return Accept()
        readers = _readers(kit, tx, list_id)
        if readers:
            _send(kit, tx, mail, Side.OWNERS, readers, mail.fingerprint)
            return Accept()
    words = f"{mail.message.subject}\n\n{mail.message.text}"
    quarantine(kit, "owner mail without owner", words.encode())
    return Accept()


def _to_writer(kit: Kit, mail: _Mail, by: str) -> Decision:
    """The others who lead the list read it too, so that nobody answers twice."""
    list_id = mail.mailing_list.id
    with kit.database.transaction() as tx:
        if owner_letters.known(tx, list_id, mail.fingerprint):
            return Accept()
        _send(kit, tx, mail, Side.WRITER, [mail.writer], mail.fingerprint)
        others = [one for one in _readers(kit, tx, list_id) if one != by]
        _send(kit, tx, mail, Side.OWNERS, others, None)
    return Accept()


def _send(  # what to whom, and who answers it
    kit: Kit,
    tx: Transaction,
    mail: _Mail,
    side: Side,
    readers: list[str],
    fingerprint: bytes | None,
) -> None:
    mailing_list, token = mail.mailing_list, kit.randomness.token()
    letter_id = kit.randomness.token()
    letter = Letter(
        id=letter_id,
        token_hash=kit.tokens.hash(token),
        list_id=mailing_list.id,
        side=side,
        sealed_address=kit.vault.seal(mail.writer.encode(), owner_letters.place(letter_id)),
        handle=mail.handle,
        language=mailing_list.settings.language,
        fingerprint=fingerprint,
        expires_at=kit.clock.now() + VALID,
    )
    owner_letters.add(tx, letter)
    for reader in readers:
        content = compose_notice(
            from_name=f"{mail.speaker} via {mailing_list.outer_name}",
            from_address=mailing_list.sub_address("owner"),
            recipient=reader,
            subject=mail.message.subject,
            text=mail.message.text,
            date=kit.clock.now(),
            message_id=f"<{kit.randomness.token()}@{mailing_list.domain}>",
            reply_to=mailing_list.sub_address("owner", token),
            attachments=mail.message.attachments,
        )
        send_notice(kit, tx, "owner", reader, content)


def _handle(kit: Kit, list_id: int, message: InboundMessage, envelope: Envelope, raw: bytes) -> str:
    """The writer's handle where their address is proven: a forged From must not find it out."""
    proof = prove_sender(kit, message, envelope, raw)
    with kit.database.reading() as tx:
        found = _subscription(kit, tx, list_id, message.from_address)
    return found.handle if found and found.may_post and proof is not Proof.NONE else VISITOR


def _leader(kit: Kit, tx: Transaction, list_id: int, address: str) -> Subscription | None:
    found = _subscription(kit, tx, list_id, address)
    return found if found and found.may_post and found.moderates else None


def _speaker(kit: Kit, mailing_list: MailingList, leader: Subscription | None, address: str) -> str:
    """Under which name an answer goes; "" for who may give none."""
    if leader:
        return leader.handle
    return mailing_list.outer_name if kit.operator and address == kit.operator else ""


def _subscription(kit: Kit, tx: Transaction, list_id: int, address: str) -> Subscription | None:
    member = members.find(tx, kit.vault.lookups(address))
    return subscriptions.of_member(tx, list_id, member.member_id) if member else None


def _readers(kit: Kit, tx: Transaction, list_id: int) -> list[str]:
    found = subscriptions.with_role(tx, list_id, _LEADING)
    sealed = [members.get(tx, person.member_id) for person in found if person.member_id]
    readers = [kit.vault.open_member(member) for member in sealed if member]
    return readers or ([kit.operator] if kit.operator else [])


def _address(kit: Kit, letter: Letter) -> str:
    return kit.vault.open(letter.sealed_address, owner_letters.place(letter.id)).decode()


def _fingerprint(kit: Kit, list_id: int, message: InboundMessage, raw: bytes) -> bytes:
    """Without a Message-ID every mail is another one."""
    named = message.first("message-id") or kit.randomness.token()
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return kit.vault.fingerprint(b"owner %d\0%s\0%s" % (list_id, named.encode(), body))
