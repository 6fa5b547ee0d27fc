from dataclasses import replace

import pytest

from listserv.domain.language import Language
from listserv.domain.list_settings import ListSettings, ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.mail.footer import footer_html, footer_lines, footer_text, notice_footer

CRISIS = "In a crisis, call 112 and ask for the night line."


def mailing_list(
    policy: ReplyTo = ReplyTo.LIST, language: Language = Language.ENGLISH, crisis_line: str = ""
) -> MailingList:
    settings = ListSettings(reply_to=policy, language=language, crisis_line=crisis_line)
    return MailingList(1, "group@example.org", "Title", settings)


@pytest.mark.parametrize("policy", ReplyTo)
@pytest.mark.parametrize("language", Language)
def test_two_to_four_short_lines_that_name_every_way_out(
    policy: ReplyTo, language: Language
) -> None:
    lines = footer_lines(mailing_list(policy, language))
    assert 2 <= len(lines) <= 4
    assert all(len(line) <= 76 for line in lines)
    for word in ("leave", "help", "owner"):
        assert sum(f"group-{word}@example.org" in line for line in lines) == 1


@pytest.mark.parametrize("language", Language)
def test_the_crisis_line_is_the_last_of_four_and_no_way_out_is_lost(language: Language) -> None:
    lines = footer_lines(mailing_list(language=language, crisis_line=CRISIS))
    assert len(lines) == 4
    assert lines[-1] == CRISIS
    for word in ("leave", "help", "owner"):
        assert sum(f"group-{word}@example.org" in line for line in lines) == 1


def test_each_language_has_words_of_its_own() -> None:
    english, spanish = (footer_lines(mailing_list(language=language)) for language in Language)
    assert not set(english) & set(spanish)
    assert spanish[1] == "Para salir del grupo, escribe a group-leave@example.org"


def test_it_says_who_reads_a_reply() -> None:
    assert "reply goes to everyone" in footer_lines(mailing_list(ReplyTo.LIST))[0]
    assert "reply" not in footer_lines(mailing_list(ReplyTo.NONE))[0]


def test_the_text_begins_with_the_mark_that_mail_programs_cut_at() -> None:
    assert footer_text(mailing_list(ReplyTo.LIST)).startswith("-- \nYour reply")


def test_the_page_says_the_same() -> None:
    group = mailing_list(ReplyTo.LIST)
    page = footer_html(group)
    assert page.replace("<p>", "").replace("</p>", "").replace("<br>", "") == footer_text(group)


def test_words_of_the_owner_are_inert_on_the_page() -> None:
    group = mailing_list(crisis_line="Call <b>112</b> & ask")
    assert "Call &lt;b&gt;112&lt;/b&gt; &amp; ask" in footer_html(group)


def test_a_notice_names_the_ways_that_its_reader_has() -> None:
    group = mailing_list(crisis_line=CRISIS)
    leave, help_, owner = (group.sub_address(word) for word in ("leave", "help", "owner"))
    whole = notice_footer(Language.ENGLISH, leave, help_, owner, CRISIS)
    assert whole == (
        "-- \n"
        "To leave, write to group-leave@example.org\n"
        "For help, write to group-help@example.org\n"
        "To reach a person, write to group-owner@example.org\n"
        f"{CRISIS}\n"
    )
    outsider = notice_footer(Language.ENGLISH, "", help_, owner, "")
    assert outsider.splitlines() == whole.splitlines()[:1] + whole.splitlines()[2:4]


def test_a_notice_of_no_group_has_none() -> None:
    assert notice_footer(Language.SPANISH, "", "", "", "") == ""


def test_a_list_changes_its_language() -> None:
    group = mailing_list()
    spanish = replace(group, settings=replace(group.settings, language=Language.SPANISH))
    assert "Tu respuesta" in footer_text(spanish)
