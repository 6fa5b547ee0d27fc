"""Writes each digest once, whichever worker sends it.

Who claims the first copies of a digest is alone with it (`digest_deliveries.claim`)
until its words are kept, sealed, for all others. They are good for as long as the
posts and the list are what they were made from.
"""

from contextlib import suppress

from listserv.domain import jobs
from listserv.domain.digest import Digest
from listserv.domain.errors import Conflict, Locked, NotFound, Unavailable
from listserv.domain.mailing_list import MailingList
from listserv.mail.compose_digest import compose_digest
from listserv.services.build_digest import build_digest
from listserv.services.kit import Kit
from listserv.store import built_digests, digest_posts

# Raised whenever `compose_digest` leaves other fields open: what was kept before an upgrade
# is written anew.
_FORM = 2


def write_once(
    kit: Kit, digest: Digest, mailing_list: MailingList, posts: tuple[int, int]
) -> bytes:
    """What all copies share. posts: `print_of` them.

    Raises NotFound when none of its posts is left.
    """
    made_from = kit.vault.fingerprint(repr((_FORM, mailing_list, posts)).encode())
    place = built_digests.place(digest.id)
    with kit.database.reading() as tx:
        sealed = built_digests.sealed(tx, digest.id, made_from)
        if sealed is not None:
            with suppress(Locked):  # damaged: it can be written again
                return kit.vault.open(sealed, place)
        issue = build_digest(kit, tx, digest, mailing_list)
    if not issue.entries:
        raise NotFound("The posts were erased.")
    content = compose_digest(issue)
    sealed = kit.vault.seal(content, place)
    # Without it the next one writes it again.
    with suppress(Conflict, Unavailable), kit.database.recording() as tx:
        if digest_posts.print_of(tx, digest.list_id, digest.window) == posts:
            built_digests.keep(tx, digest.id, made_from, sealed, kit.clock.now())
            tx.ring(jobs.deliver_digests(digest.list_id))  # there is work for two
    return content
