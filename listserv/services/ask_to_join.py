"""Somebody asks to join, by mail or on the page: the address is asked whether it was them."""

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.list_settings import Join
from listserv.services.kit import Kit
from listserv.services.question import Purpose, language_for, write_down
from listserv.services.tell import Reader, tell
from listserv.store import mailing_lists, suppressions

INVITE_ONLY = "This group takes new members by invitation only."


def ask_to_join(
    kit: Kit, list_id: int, email: str, language: Language | None = None, proven: bool = False
) -> None:
    """Sends one question to the address, the same whether or not it is on the list.

    proven: the address asks by itself, beyond doubt; so if it once wanted to be
    left alone, it does so no more. Raises Refused for text that is no address
    and for a list that is by invitation only.
    """
    address = parse_address(email)
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        if mailing_list.settings.join is Join.INVITE:
            raise Refused(INVITE_ONLY)
        if proven:
            suppressions.lift(tx, [lookup.digest for lookup in kit.vault.lookups(address)])
        speak = language_for(kit, tx, mailing_list, address, language)
        asked = write_down(kit, tx, Purpose.JOIN, list_id, address, speak)
        if asked:
            tell(kit, tx, "confirm_join", Reader(mailing_list, address, speak), asked.token)
