"""Makes keys that sign the mail of a domain."""

from collections.abc import Mapping, Sequence

from listserv.domain.address import parse_address
from listserv.domain.dkim import DkimAlgorithm, DkimKey, checked_selector
from listserv.domain.errors import Refused
from listserv.services.kit import Kit
from listserv.store import dkim_keys


def create_dkim_keys(
    kit: Kit, domain: str, selectors: Mapping[DkimAlgorithm, str]
) -> Sequence[DkimKey]:
    """One key an algorithm. They sign from now on.

    Raises Refused for a bad name, and for a selector that is in use.
    """
    domain = parse_address(f"postmaster@{domain}").rpartition("@")[2]
    made = [_key(kit, domain, checked_selector(selectors[one]), one) for one in selectors]
    with kit.database.transaction() as tx:
        taken = {key.selector for key in dkim_keys.of_domain(tx, domain)}
        for key in made:
            if key.selector in taken:
                raise Refused(
                    f"{domain} has a key {key.selector} already. Choose another --selector."
                )
            dkim_keys.add(tx, key, kit.clock.now())
    return made


def _key(kit: Kit, domain: str, selector: str, algorithm: DkimAlgorithm) -> DkimKey:
    key_id, private = kit.randomness.token(), kit.dkim.create(algorithm)
    sealed = kit.vault.seal(private, dkim_keys.place(key_id))
    return DkimKey(key_id, domain, selector, algorithm, kit.dkim.record(private), sealed)
