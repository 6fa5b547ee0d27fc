"""Owners put their own words in place of ours in some of the notices."""

from collections.abc import Collection
from datetime import timedelta

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.mail.characters import plain
from listserv.mail.days import day_in_words
from listserv.mail.notices import Rendered, placeholders_in, render
from listserv.services.kit import Kit
from listserv.services.tell import group_values
from listserv.store import notice_texts
from listserv.store.transaction import Transaction

EDITABLE = ("welcome", "goodbye", "paused")
LONGEST = 4000
_OF_GROUP = (
    "outer_name",
    "list_address",
    "join_address",
    "leave_address",
    "help_address",
    "owner_address",
)
_BREAK = timedelta(days=14)


def placeholders(
    kit: Kit, mailing_list: MailingList, notice: str, language: Language
) -> dict[str, str]:
    """What can stand in braces in that notice, each with what it could become."""
    of_group = group_values(kit, mailing_list)
    found = {"handle": "Quiet Otter", **{name: of_group[name] for name in _OF_GROUP}}
    if notice == "paused":
        found["until"] = day_in_words((kit.clock.now() + _BREAK).date(), language)
    return found


def own_texts(tx: Transaction, list_id: int) -> dict[tuple[str, Language], str]:
    """The owners' words, by notice and language."""
    return notice_texts.of_list(tx, list_id)


def change_text(
    kit: Kit, mailing_list: MailingList, notice: str, language: Language, body: str
) -> None:
    """ "" goes back to our words. Raises Refused, which says what to mend."""
    checked = _checked(notice, body, placeholders(kit, mailing_list, notice, language))
    with kit.database.transaction() as tx:
        notice_texts.put(tx, mailing_list.id, notice, language, checked)


def preview(
    kit: Kit, mailing_list: MailingList, notice: str, language: Language, body: str
) -> Rendered:
    """What a member would get, with made-up values. Changes nothing. Raises Refused."""
    samples = placeholders(kit, mailing_list, notice, language)
    checked = _checked(notice, body, samples)
    values = group_values(kit, mailing_list)
    pages = {"me_page": f"{kit.base_url}/me", "confirm_page": ""}
    return render(notice, language, checked, **{**values, **pages, **samples})


def _checked(notice: str, body: str, known: Collection[str]) -> str:
    if notice not in EDITABLE:
        raise Refused(f"Your own words are possible in: {', '.join(EDITABLE)}.")
    text = plain(body).strip()
    if len(text) > LONGEST:
        raise Refused(f"The text may have {LONGEST} characters. Please make it shorter.")
    unknown = [name for name in placeholders_in(text) if name not in known]
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in known)
        raise Refused(f"There is no {{{unknown[0]}}}. You can use: {names}.")
    return text
