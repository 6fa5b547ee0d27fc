"""A post comes in. Read this file first: it is the way of a post to its group.

Anonymising stands before deciding, so that neither rules, moderators nor the
database ever see the original.
"""

from dataclasses import dataclass, field, replace

from listserv.domain.anonymous_message import Anonymised, Unclean
from listserv.domain.decision import Accept, Decision, Discard, Hold, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Conflict
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost
from listserv.domain.reasons import reason
from listserv.domain.redaction import RedactionKind
from listserv.domain.routing import ToList
from listserv.domain.rules import decide
from listserv.domain.rules.facts import PostFacts
from listserv.domain.sealed import Lookup
from listserv.domain.sender import Sender, authenticate
from listserv.domain.traits import Traits
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.commands.misplaced import is_misplaced
from listserv.mail.facts import MailFacts, facts_of
from listserv.mail.inbound import InboundMessage, Unreadable, parse
from listserv.mail.spam import is_spam
from listserv.services.accept_post import accept, goes_out_at
from listserv.services.choose_handle import author_of, one_time_handle
from listserv.services.find_aim import find_aim
from listserv.services.gather_facts import standing
from listserv.services.hold_post import hold, hold_and_drop
from listserv.services.kit import Kit
from listserv.services.prove_sender import prove_sender
from listserv.services.return_astray import return_astray
from listserv.store import mailing_lists, members, posts, subscriptions
from listserv.store.transaction import Transaction

MOST_HOPS = 50  # a mail that was handed on more often than that goes in circles

_NO_SUCH_POST = Reject(
    Reason("no_such_post", "The address is not complete. Write to the address of the group.")
)


@dataclass(frozen=True)
class _From:
    """Who the mail says it is from, and how that stands."""

    mailing_list: MailingList
    sender: Sender
    address: str = field(repr=False)
    lookups: tuple[Lookup, ...] = field(repr=False)


def receive_post(kit: Kit, route: ToList, envelope: Envelope, raw: bytes) -> Decision:
    """Takes a mail to a list. Raises Unavailable when it cannot be stored now."""
    try:
        return _receive(kit, route, envelope, raw)
    except Conflict:  # the same mail came twice at once, and the other one was first
        return Discard(reason("duplicate"))


def _receive(kit: Kit, route: ToList, envelope: Envelope, raw: bytes) -> Decision:
    message = parse(raw)
    if isinstance(message, Unreadable):
        return Reject(Reason("unreadable", message.reason))
    who = _authenticate(kit, route.list_id, envelope, message, raw)
    mailing_list, sender = who.mailing_list, who.sender
    author = author_of(sender.member, envelope, route.shown)
    facts = facts_of(message)
    aim = find_aim(kit, mailing_list, route, message, facts.references)
    if aim is None:
        return _NO_SUCH_POST
    cleaned = anonymise(aim.message, author, _cleaning(mailing_list, aim.parent), kit.decoder)
    if isinstance(cleaned, Unclean):
        return Reject(Reason("unclean", cleaned.reason))
    with kit.database.transaction() as tx:
        thread = aim.thread or posts.thread_above(tx, mailing_list.id, facts.references)
        message_id = f"<{kit.randomness.token()}@{mailing_list.domain}>"
        new = NewPost(
            list_id=mailing_list.id,
            author_id=sender.member.id if sender.member else None,
            handle=author.handle or one_time_handle(kit, tx, mailing_list, sender, thread.first),
            message=cleaned.message,
            redactions=cleaned.redactions,
            message_id=message_id,
            references=thread.references,
            fingerprint=_fingerprint(kit, mailing_list.id, facts, raw),
            received_at=kit.clock.now(),
            thread=thread.first or message_id,
            one_time=not author.handle,
        )
        spam = envelope.trusted and is_spam(message.first, mailing_list.settings)
        traits = replace(_traits(cleaned, facts, spam, new), astray=aim.astray)
        asked = _rule_facts(tx, new, who, facts, envelope, traits)
        decision = decide(asked)
        if aim.astray:
            decision = return_astray(kit, tx, mailing_list, new, sender, decision)
        if asked.duplicate:
            new = replace(new, fingerprint=None)
        _keep(kit, tx, new, decision, who, traits)
    return decision


def _authenticate(
    kit: Kit, list_id: int, envelope: Envelope, message: InboundMessage, raw: bytes
) -> _From:
    lookups = kit.vault.lookups(message.from_address)
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        member = members.find(tx, lookups)
        subscription = subscriptions.of_member(tx, list_id, member.member_id) if member else None
    proof = prove_sender(kit, message, envelope, raw)
    sender = authenticate(subscription, proof, mailing_list.settings.sender_proof)
    return _From(mailing_list, sender, message.from_address, lookups)


def _cleaning(mailing_list: MailingList, parent: str) -> CleaningPolicy:
    return CleaningPolicy(
        list_addresses=_own_addresses(mailing_list),
        attachments=mailing_list.settings.attachments,
        language=mailing_list.settings.language,
        parent_handle=parent,
    )


def _own_addresses(mailing_list: MailingList) -> frozenset[str]:
    """Those that may stand in a post: the list's, and helplines that its owners allow."""
    allowed = mailing_list.settings.allowed_addresses.replace(",", " ").split()
    own = (mailing_list.sub_address(word) for word in ("join", "leave", "help", "owner", "request"))
    return frozenset({mailing_list.address, *own, *allowed})


def _fingerprint(kit: Kit, list_id: int, facts: MailFacts, raw: bytes) -> bytes | None:
    """Knows a mail that a client or server sends again because our 250 was lost.

    Without a Message-ID nothing tells a second sending from a second "+1". The
    header is left out: each server that hands the mail on adds lines to it.
    """
    if not facts.message_id:
        return None
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return kit.vault.fingerprint(b"%d\0%s\0%s" % (list_id, facts.message_id.encode(), body))


def _traits(cleaned: Anonymised, facts: MailFacts, spam: bool, new: NewPost) -> Traits:
    message, today = cleaned.message, new.received_at.date()
    return Traits(
        size=facts.size,
        recipients=facts.recipients,
        spam=spam,
        command=is_misplaced(message.subject, message.text, bool(new.references), today),
        doubts=cleaned.doubts,
    )


def _rule_facts(  # everything that rules ask, from everywhere it comes from
    tx: Transaction,
    new: NewPost,
    who: _From,
    facts: MailFacts,
    envelope: Envelope,
    traits: Traits,
) -> PostFacts:
    mailing_list = who.mailing_list
    own_list_id = mailing_list.address.replace("@", ".")
    thread = new.thread if new.references else ""
    known = new.fingerprint and posts.known(tx, new.list_id, new.fingerprint)
    return PostFacts(
        settings=mailing_list.settings,
        sender=who.sender,
        standing=standing(tx, mailing_list, new.author_id, thread, who.lookups, new.received_at),
        traits=traits,
        at=new.received_at,
        automatic=facts.is_automatic or not envelope.mail_from,
        came_back=own_list_id in facts.list_ids or facts.hops > MOST_HOPS,
        duplicate=bool(known),
        empty=not new.message.text.strip() and not new.message.attachments,
        left_out=any(r.kind is RedactionKind.ATTACHMENT for r in new.redactions),
    )


def _keep(
    kit: Kit, tx: Transaction, new: NewPost, decision: Decision, who: _From, traits: Traits
) -> None:
    match decision:
        case Accept():
            at = goes_out_at(who.mailing_list.settings, new.received_at)
            accept(tx, posts.add(tx, new, accepted_at=at))
        case Hold(why):
            hold(kit, tx, who.mailing_list, new, why, traits, who.address)
        case Discard() if not who.sender.proven:
            # Nothing of it is kept, but it takes as long as holding a member's post would:
            # how quickly we answer must not tell a forger who is a member.
            hold_and_drop(kit, tx, who.mailing_list, new, traits, who.address)
        case Reject() | Discard():
            pass  # nothing of it is kept
