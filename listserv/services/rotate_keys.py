"""Seals everything anew under the newest key, and recomputes the look-up hashes."""

from collections.abc import Iterator

from listserv.services.kit import Kit
from listserv.store import members, sealed_values

AT_ONCE = 200


def to_rotate(kit: Kit) -> int:
    """How many members and sealed values are under an older key."""
    with kit.database.reading() as tx:
        prefix = bytes.fromhex(kit.vault.newest)
        return members.count(tx, kit.vault.newest) + sealed_values.count_older(tx, prefix)


def rotate_keys(kit: Kit) -> Iterator[int]:
    """Works through them, and yields how many it has done after each batch.

    Each batch is a transaction, so it may be stopped and started again. Raises
    Locked when a key is missing that something is still sealed with.
    """
    done = 0
    for some in (_members, _sealed_values):
        while number := some(kit):
            done += number
            yield done


def _members(kit: Kit) -> int:
    with kit.database.transaction() as tx:
        older = members.under_older_keys(tx, kit.vault.newest, AT_ONCE)
        for member in older:
            address = kit.vault.open_member(member)
            sealed = kit.vault.reseal_member(member)
            members.replace(tx, sealed, kit.vault.lookups(address)[0])
    return len(older)


def _sealed_values(kit: Kit) -> int:
    with kit.database.transaction() as tx:
        older = sealed_values.older(tx, bytes.fromhex(kit.vault.newest), AT_ONCE)
        for value in older:
            plain = kit.vault.open(value.sealed, value.place)
            sealed_values.replace(tx, value, kit.vault.seal(plain, value.place))
    return len(older)
