"""Makes the digests of a list that are due.

Which posts somebody has had is a number that moves in the same transaction that
makes their copy. So it may be called by any number of workers, killed anywhere
and called again, at any hour that the clock shows.
"""

from collections.abc import Sequence

from listserv.domain.digest import DIGEST_MODES, Variant, Window
from listserv.domain.subscription import DeliveryMode
from listserv.services.kit import Kit
from listserv.store import digest_order, digest_readers, digests, mailing_lists
from listserv.store.digest_readers import Reader
from listserv.store.transaction import Transaction

# So many in one transaction: whoever waits for the order of the list waits a moment only.
AT_ONCE = 500


def issue_digests(kit: Kit, list_id: int) -> int:
    """Says how many copies were made. Who has nothing new gets none."""
    copies = 0
    while True:
        with kit.database.transaction() as tx:
            now = kit.clock.now()
            newest = digest_order.lock(tx, list_id)
            settings = mailing_lists.get(tx, list_id).settings
            full = digest_readers.full_marks(tx, list_id, settings.digest_posts, settings.digest_kb)
            readers = digest_readers.due(tx, list_id, now, full, AT_ONCE)
            copies += _issue(kit, tx, list_id, readers, newest)
        if len(readers) < AT_ONCE:
            return copies


def issue_digests_now(kit: Kit, address: str, mode: DeliveryMode | None = None) -> int:
    """Whatever the hour, for those with that mode or for all; says how many copies were made.

    Raises NotFound.
    """
    with kit.database.reading() as tx:
        list_id = mailing_lists.named(tx, address).id
    modes = DIGEST_MODES if mode is None else frozenset({mode})
    copies = 0
    while True:
        with kit.database.transaction() as tx:
            newest = digest_order.lock(tx, list_id)
            now = kit.clock.now()
            readers = digest_readers.behind(tx, list_id, modes, newest, now, AT_ONCE)
            copies += _issue(kit, tx, list_id, readers, newest)
            digest_order.end_issue(tx, list_id)  # so that two sent by hand differ in number
        if len(readers) < AT_ONCE:
            return copies


def _issue(kit: Kit, tx: Transaction, list_id: int, readers: Sequence[Reader], newest: int) -> int:
    """One digest for all who read the same; then all of them have read up to the newest post."""
    together: dict[tuple[Variant, int], list[int]] = {}
    for reader in readers:
        mark = reader.reading.mark
        together.setdefault((reader.variant, mark), []).append(reader.subscription_id)
    now = kit.clock.now()
    copies = sum(
        digests.issue(tx, list_id, variant, Window(mark, newest), ids, now)
        for (variant, mark), ids in together.items()
        if mark < newest
    )
    digest_readers.move_on(tx, readers, newest)
    return copies
