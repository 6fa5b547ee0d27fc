"""A post comes in. Read this file first: it is the way of a post to its group.

Anonymising stands before deciding, so that neither rules, moderators nor the
database ever see the original.
"""

from dataclasses import replace
from datetime import timedelta

from listserv.domain.anonymous_message import Unclean
from listserv.domain.decision import Accept, Decision, Discard, Hold, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Conflict
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost
from listserv.domain.routing import ToList
from listserv.domain.rules import decide
from listserv.domain.rules.facts import PostFacts
from listserv.domain.sender import Sender, authenticate
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.facts import MailFacts, facts_of
from listserv.mail.inbound import InboundMessage, Unreadable, parse
from listserv.mail.verdict import proof_of
from listserv.services.accept_post import accept
from listserv.services.choose_handle import author_of, one_time_handle
from listserv.services.kit import Kit
from listserv.store import mailing_lists, members, posts, subscriptions
from listserv.store.transaction import Transaction

MOST_HOPS = 50  # a mail that was handed on more often than that goes in circles
_DUPLICATE = Discard(Reason("duplicate", "This message has been posted already."))


def receive_post(kit: Kit, route: ToList, envelope: Envelope, raw: bytes) -> Decision:
    """Takes a mail to a list. Raises Unavailable when it cannot be stored now."""
    try:
        return _receive(kit, route, envelope, raw)
    except Conflict:  # the same mail came twice at once, and the other one was first
        return _DUPLICATE


def _receive(kit: Kit, route: ToList, envelope: Envelope, raw: bytes) -> Decision:
    message = parse(raw)
    if isinstance(message, Unreadable):
        return Reject(Reason("unreadable", message.reason))
    mailing_list, sender = _authenticate(kit, route.list_id, envelope, message)
    author = author_of(sender.member, envelope, route.shown)
    cleaned = anonymise(message, author, _cleaning(mailing_list), kit.decoder)
    if isinstance(cleaned, Unclean):
        return Reject(Reason("unclean", cleaned.reason))
    facts = facts_of(message)
    with kit.database.transaction() as tx:
        thread = posts.thread_above(tx, mailing_list.id, facts.references)
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
        decision: Decision = _DUPLICATE
        if new.fingerprint and posts.known(tx, mailing_list.id, new.fingerprint):
            new = replace(new, fingerprint=None)
        else:
            asked = _rule_facts(tx, new, mailing_list, sender, facts, envelope)
            decision = decide(replace(asked, doubts=cleaned.doubts))
        _keep(tx, new, decision, sender)
    return decision


def _authenticate(
    kit: Kit, list_id: int, envelope: Envelope, message: InboundMessage
) -> tuple[MailingList, Sender]:
    lookups = kit.vault.lookups(message.from_address)
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        member = members.find(tx, lookups)
        subscription = subscriptions.of_member(tx, list_id, member.member_id) if member else None
    proof = proof_of(message, envelope.trusted, kit.authserv_id)
    return mailing_list, authenticate(subscription, proof, mailing_list.settings.sender_proof)


def _cleaning(mailing_list: MailingList) -> CleaningPolicy:
    return CleaningPolicy(
        list_addresses=frozenset({mailing_list.address}),
        attachments=mailing_list.settings.attachments,
        language=mailing_list.settings.language,
    )


def _fingerprint(kit: Kit, list_id: int, facts: MailFacts, raw: bytes) -> bytes | None:
    """Knows a mail that a client or server sends again because our 250 was lost.

    Without a Message-ID nothing tells a second sending from a second "+1". The
    header is left out: each server that hands the mail on adds lines to it.
    """
    if not facts.message_id:
        return None
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return kit.vault.fingerprint(b"%d\0%s\0%s" % (list_id, facts.message_id.encode(), body))


def _rule_facts(
    tx: Transaction,
    new: NewPost,
    mailing_list: MailingList,
    sender: Sender,
    facts: MailFacts,
    envelope: Envelope,
) -> PostFacts:
    own_list_id = mailing_list.address.replace("@", ".")
    return PostFacts(
        settings=mailing_list.settings,
        sender=sender,
        automatic=facts.is_automatic or not envelope.mail_from,
        came_back=own_list_id in facts.list_ids or facts.hops > MOST_HOPS,
        empty=not new.message.text.strip() and not new.message.attachments,
        accepted_before=_accepted_before(tx, new, mailing_list),
        recent=_recent(tx, new, mailing_list),
    )


def _accepted_before(tx: Transaction, new: NewPost, mailing_list: MailingList) -> int:
    """Asked only where the list moderates first posts."""
    if new.author_id is None or not mailing_list.settings.moderate.first:
        return 0
    return subscriptions.posts_accepted(tx, new.author_id)


def _recent(tx: Transaction, new: NewPost, mailing_list: MailingList) -> int:
    """Asked only where the list has a limit."""
    if new.author_id is None or mailing_list.settings.posts_per_hour is None:
        return 0
    return posts.received_since(tx, new.author_id, new.received_at - timedelta(hours=1))


def _keep(tx: Transaction, new: NewPost, decision: Decision, sender: Sender) -> None:
    match decision:
        case Accept():
            accept(tx, posts.add(tx, new, accepted_at=new.received_at))
        case Hold(reason):
            post = posts.add(tx, new, accepted_at=None)
            posts.hold(tx, post.id, reason, new.received_at)
        case Discard() if not sender.proven:
            # Nothing of it is kept, but it takes as long as holding a member's post would:
            # how quickly we answer must not tell a forger who is a member.
            post = posts.add(tx, new, accepted_at=None)
            posts.drop_held(tx, new.list_id, post.id)
        case Reject() | Discard():
            pass  # nothing of it is kept
