"""An author said that a post is theirs: the other rules decide now, as if it had been proven."""

from listserv.domain.decision import Accept, Decision, Discard, Hold, Reason, Reject
from listserv.domain.post import Post
from listserv.domain.reasons import words
from listserv.domain.redaction import RedactionKind
from listserv.domain.rules import decide
from listserv.domain.rules.facts import PostFacts
from listserv.domain.sender import Sender
from listserv.domain.subscription import Subscription
from listserv.domain.traits import Traits
from listserv.services.accept_post import accept, goes_out_at
from listserv.services.gather_facts import standing
from listserv.services.hold_post import let_know
from listserv.services.kit import Kit
from listserv.services.tell import Reader, tell
from listserv.store import held, members, posts, subscriptions
from listserv.store.transaction import Transaction


def go_on(kit: Kit, tx: Transaction, reader: Reader) -> Subscription | None:
    """Everything of theirs that waits for their yes goes on; None for who is no member now."""
    member = members.find(tx, kit.vault.lookups(reader.address))
    list_id = reader.mailing_list.id
    mine = subscriptions.of_member(tx, list_id, member.member_id) if member else None
    if mine is None or subscriptions.lock(tx, mine.id) is None:
        return None
    for post, traits in held.asked_of(tx, mine.id):
        carry_on(kit, tx, reader, mine, post, traits)
    return mine


def carry_on(  # whose it is, what it is and what was found in it
    kit: Kit,
    tx: Transaction,
    reader: Reader,
    mine: Subscription,
    post: Post,
    traits: Traits,
) -> Decision:
    """The rules decide about a post that waited for its author, and that happens."""
    decision = decide(_facts(kit, tx, reader, mine, post, traits))
    if traits.astray and isinstance(decision, Accept | Hold):
        held.drop(tx, post.list_id, post.id)
        tell(kit, tx, "digest_reply", reader, text=post.message.text)
    else:
        _obey(kit, tx, reader, post, decision)
    return decision


def _facts(  # everything that rules ask
    kit: Kit,
    tx: Transaction,
    reader: Reader,
    mine: Subscription,
    post: Post,
    traits: Traits,
) -> PostFacts:
    mailing_list, lookups = reader.mailing_list, kit.vault.lookups(reader.address)
    thread = posts.thread_of(tx, post.list_id, post.id) if post.references else ""
    return PostFacts(
        settings=mailing_list.settings,
        sender=Sender(mine, proven=True),
        standing=standing(tx, mailing_list, mine.id, thread or "", lookups, kit.clock.now()),
        traits=traits,
        at=post.received_at,
        # What these look for was dropped when it came.
        automatic=False,
        came_back=False,
        duplicate=False,
        empty=not post.message.text.strip() and not post.message.attachments,
        left_out=any(r.kind is RedactionKind.ATTACHMENT for r in post.redactions),
    )


def _obey(kit: Kit, tx: Transaction, reader: Reader, post: Post, decision: Decision) -> None:
    now = kit.clock.now()
    match decision:
        case Accept():
            at = goes_out_at(reader.mailing_list.settings, now)
            accept(tx, held.release(tx, post.list_id, post.id, at))
        case Hold(why):
            held.show(tx, post.id, why, now)
            let_know(kit, tx, reader.mailing_list, post, why)
        case Reject(why):
            held.drop(tx, post.list_id, post.id)
            _give_back(kit, tx, reader, post, why)
        case Discard():
            held.drop(tx, post.list_id, post.id)


def _give_back(kit: Kit, tx: Transaction, reader: Reader, post: Post, why: Reason) -> None:
    said = words(why.code, reader.language, why.detail)
    tell(kit, tx, "post_refused", reader, why=said, text=post.message.text)
