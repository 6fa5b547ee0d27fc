"""Who signs the mail of a domain."""

from listserv.mail.dkim import Signing
from listserv.services.kit import Kit
from listserv.store import dkim_keys
from listserv.store.transaction import Transaction


def find_signing(kit: Kit, tx: Transaction, domain: str) -> Signing:
    """Every key of the domain signs, so that a new one may be published before the old one goes.

    Raises Locked.
    """
    signers = [
        kit.dkim.signer(key, kit.vault.open(key.sealed, dkim_keys.place(key.id)))
        for key in dkim_keys.of_domain(tx, domain)
    ]
    return Signing(tuple(signers), kit.clock.now())
