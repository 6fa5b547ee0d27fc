"""Tells one person something, by one of the notices in `mail/templates`."""

from dataclasses import dataclass, field
from typing import Any

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.mail.compose import compose_notice
from listserv.mail.notices import render
from listserv.services.kit import Kit
from listserv.services.send_notice import send_notice
from listserv.store import mailing_lists, members, notice_texts, subscriptions
from listserv.store.transaction import Transaction

OUR_NAME = "Quietlist"


@dataclass(frozen=True)
class Reader:
    """Somebody who is told something in the name of a list."""

    mailing_list: MailingList
    address: str = field(repr=False)
    language: Language


def reader_of(
    kit: Kit, tx: Transaction, mailing_list: MailingList, member_id: str | None
) -> Reader | None:
    """A member as somebody to tell something; None for one who is gone."""
    member = members.get(tx, member_id) if member_id else None
    person = members.person(tx, member.member_id) if member else None
    if member is None or person is None:
        return None
    return Reader(mailing_list, kit.vault.open_member(member), person.language)


def tell(  # what to whom, and how it can be answered
    kit: Kit,
    tx: Transaction,
    notice: str,
    reader: Reader,
    token: str = "",
    answers: str = "",
    **values: Any,
) -> str:
    """Sends a notice in the name of the list; returns its id.

    token: of the question that a reply answers. answers: another address for replies.
    """
    content = write_notice(kit, tx, notice, reader, token, answers, **values)
    return send_notice(kit, tx, notice, reader.address, content)


def write_notice(  # as above
    kit: Kit,
    tx: Transaction,
    notice: str,
    reader: Reader,
    token: str = "",
    answers: str = "",
    **values: Any,
) -> bytes:
    """The whole mail; nothing is sent. It only reads, so many can be written before any lock."""
    mailing_list, address = reader.mailing_list, reader.address
    text = render(
        notice,
        reader.language,
        notice_texts.get(tx, mailing_list.id, notice, reader.language),
        **group_values(kit, mailing_list),
        **_pages(kit, token),
        **values,
    )
    return compose_notice(
        from_name=mailing_list.outer_name,
        from_address=mailing_list.sub_address("request"),
        recipient=address,
        subject=text.subject,
        text=text.body,
        date=kit.clock.now(),
        message_id=f"<{kit.randomness.token()}@{mailing_list.domain}>",
        reply_to=mailing_list.sub_address("confirm", token) if token else answers,
        attachments=values.get("attachments", ()),
        answers_id=_answers_id(kit, address),
    )


def tell_person(  # what to whom, and how it can be answered
    kit: Kit,
    tx: Transaction,
    notice: str,
    member_id: str | None,
    address: str,
    language: Language,
    token: str = "",
    **values: Any,
) -> str | None:
    """Sends a notice that is not about one list; None when there is no list to send it from.

    It comes from a command address of the member's first list, since we have no
    domain of our own, and names no group.
    """
    sender = _sender(tx, member_id)
    if sender is None:
        return None
    no_group = dict.fromkeys(group_values(kit, sender), "")
    text = render(notice, language, "", **no_group, **_pages(kit, token), **values)
    content = compose_notice(
        from_name=OUR_NAME,
        from_address=sender.sub_address("request"),
        recipient=address,
        subject=text.subject,
        text=text.body,
        date=kit.clock.now(),
        message_id=f"<{kit.randomness.token()}@{sender.domain}>",
        reply_to=sender.sub_address("confirm", token) if token else "",
        attachments=values.get("attachments", ()),
    )
    return send_notice(kit, tx, notice, address, content)


def group_values(kit: Kit, mailing_list: MailingList) -> dict[str, str]:
    """What each notice may say of its list."""
    return {
        "outer_name": mailing_list.outer_name,
        "list_address": mailing_list.address,
        "list_page": f"{kit.base_url}/lists/{mailing_list.address}",
        "help_address": mailing_list.sub_address("help"),
        "owner_address": mailing_list.sub_address("owner"),
        "join_address": mailing_list.sub_address("join"),
        "leave_address": mailing_list.sub_address("leave"),
        "request_address": mailing_list.sub_address("request"),
        "crisis_line": mailing_list.settings.crisis_line,
        "join_question": mailing_list.settings.newcomers_question,
    }


def _answers_id(kit: Kit, address: str) -> str | None:
    """Which mail this answers. Nobody else may see the Message-ID, which tells of its sender."""
    asked = kit.answering
    return asked.message_id if asked and asked.address == address else None


def _pages(kit: Kit, token: str) -> dict[str, str]:
    return {
        "me_page": f"{kit.base_url}/me",
        "confirm_page": f"{kit.base_url}/confirm/{token}" if token else "",
    }


def _sender(tx: Transaction, member_id: str | None) -> MailingList | None:
    """The first list of the member; of somebody we do not know, any list, for the same work."""
    on = subscriptions.of_person(tx, member_id or "")
    return mailing_lists.get(tx, on[0].list_id) if on else mailing_lists.first(tx)
