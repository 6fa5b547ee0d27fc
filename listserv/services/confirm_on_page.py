"""A question is answered by a button, with words in a field where newcomers are asked some."""

from listserv.services.confirm import Answer, confirm
from listserv.services.kit import Kit
from listserv.services.question import Purpose, address_of
from listserv.store import confirmations, mailing_lists


def confirm_on_page(kit: Kit, token: str, words: str) -> Answer | None:
    """As `confirm`. words: as they were typed, with whatever they tell of their author."""
    return confirm(kit, token, _cleaned(kit, token, words) if words.strip() else "")


def _cleaned(kit: Kit, token: str, words: str) -> str:
    with kit.database.reading() as tx:
        found = confirmations.peek(tx, kit.tokens.hash(token), kit.clock.now())
        if found is None or found.list_id is None or found.purpose != Purpose.JOIN:
            return ""
        mailing_list, address = mailing_lists.get(tx, found.list_id), address_of(kit, found)
    # Not at the top: pages that nobody types an answer on do not hold all that cleans.
    from listserv.mail.commands.newcomer import typed_by_newcomer  # noqa: PLC0415

    return typed_by_newcomer(kit.decoder, mailing_list, address, words)
