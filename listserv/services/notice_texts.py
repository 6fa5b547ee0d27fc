"""Owners put their own words in place of ours in some of the notices."""

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.mail.notices import Rendered, placeholders_in, render
from listserv.services.kit import Kit
from listserv.services.tell import group_values
from listserv.store import mailing_lists, notice_texts
from listserv.store.transaction import Transaction

EDITABLE = ("welcome", "goodbye", "paused")
PLACEHOLDERS = (
    "handle",
    "outer_name",
    "list_address",
    "join_address",
    "leave_address",
    "help_address",
    "owner_address",
    "until",
)
LONGEST = 4000
_SAMPLE = {"handle": "Quiet Otter", "until": ""}


def own_texts(tx: Transaction, list_id: int) -> dict[tuple[str, Language], str]:
    """The owners' words, by notice and language."""
    return notice_texts.of_list(tx, list_id)


def change_text(kit: Kit, list_id: int, notice: str, language: Language, body: str) -> None:
    """ "" goes back to our words. Raises Refused, which says what to mend."""
    checked = _checked(notice, body)
    with kit.database.transaction() as tx:
        mailing_lists.get(tx, list_id)
        notice_texts.put(tx, list_id, notice, language, checked)


def preview(kit: Kit, list_id: int, notice: str, language: Language, body: str) -> Rendered:
    """What a member would get, with made-up values. Changes nothing. Raises Refused."""
    checked = _checked(notice, body)
    with kit.database.reading() as tx:
        values = group_values(kit, mailing_lists.get(tx, list_id))
    pages = {"me_page": f"{kit.base_url}/me", "confirm_page": ""}
    return render(notice, language, checked, **values, **pages, **_SAMPLE)


def _checked(notice: str, body: str) -> str:
    if notice not in EDITABLE:
        raise Refused(f"Your own words are possible in: {', '.join(EDITABLE)}.")
    text = body.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(f"The text may have {LONGEST} characters. Please make it shorter.")
    unknown = [name for name in placeholders_in(text) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise Refused(f"There is no {{{unknown[0]}}}. You can use: {known}.")
    return text
