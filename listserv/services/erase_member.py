"""Forgets a member: the address and the key that sealed it go, on all lists at once."""

from contextlib import suppress
from dataclasses import replace

from listserv.domain.errors import Locked
from listserv.domain.subscription import SubscriptionState
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store import (
    confirmations,
    mailing_lists,
    member_notes,
    members,
    owner_letters,
    posts,
    subscriptions,
)
from listserv.store.transaction import Transaction


def erase_member(kit: Kit, member_id: str, posts: bool) -> None:
    """posts: what they wrote is erased here as well; nobody can erase it from others' mailboxes.

    One last mail says so, in case that it was not them.
    """
    with kit.database.transaction() as tx:
        on = subscriptions.of_person(tx, member_id)
        mailing_list = mailing_lists.get(tx, on[0].list_id) if on else None
        reader = reader_of(kit, tx, mailing_list, member_id) if mailing_list else None
        erase(kit, tx, member_id, posts)
        if reader:
            tell(kit, tx, "forgotten", reader, posts="yes" if posts else "")


def erase(kit: Kit, tx: Transaction, member_id: str, with_posts: bool) -> None:
    """Handles stay taken, so that nobody is ever mistaken for who used them.

    Posts that still wait for a moderator go in any case, and so do open
    questions and mail to owners, which hold the sealed address too. Forgetting twice is no error.
    """
    member = members.get(tx, member_id)
    if member is None or not members.lock(tx, member_id):
        return
    address = kit.vault.open_member(member)
    lookups = [one.digest for one in kit.vault.lookups(address)]
    for mine in subscriptions.of_person(tx, member_id):
        subscriptions.save(
            tx, replace(mine, state=SubscriptionState.LEFT, paused_until=None), kit.clock.now()
        )
    for mine in subscriptions.ever_of_person(tx, member_id):
        if with_posts:
            posts.erase_of_author(tx, mine.id)
        else:
            posts.erase_held_of_author(tx, mine.id)
        member_notes.erase_about(tx, mine.id)
    confirmations.close_all_of(tx, lookups, member_id)
    owner_letters.erase(tx, _letters_of(kit, tx, address))
    members.erase(tx, member_id)


def _letters_of(kit: Kit, tx: Transaction, address: str) -> list[str]:
    """Each has to be opened: nothing else tells whose it is. There are those of two months."""
    found: list[str] = []
    for letter_id, sealed in owner_letters.sealed_addresses(tx):
        with suppress(Locked):  # whatever is in it, nobody can read it any more
            if kit.vault.open(sealed, owner_letters.place(letter_id)).decode() == address:
                found.append(letter_id)
    return found
