import pytest

from listserv.domain.list_settings import ListSettings, ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.mail.footer import footer_html, footer_lines, footer_text


def mailing_list(policy: ReplyTo) -> MailingList:
    return MailingList(1, "group@example.org", "Title", ListSettings(reply_to=policy))


@pytest.mark.parametrize("policy", ReplyTo)
def test_two_to_four_short_lines_that_name_every_way_out(policy: ReplyTo) -> None:
    lines = footer_lines(mailing_list(policy))
    assert 2 <= len(lines) <= 4
    assert all(len(line) <= 76 for line in lines)
    for word in ("leave", "help", "owner"):
        assert sum(f"group-{word}@example.org" in line for line in lines) == 1


def test_it_says_who_reads_a_reply() -> None:
    assert "reply goes to everyone" in footer_lines(mailing_list(ReplyTo.LIST))[0]
    assert "reply" not in footer_lines(mailing_list(ReplyTo.NONE))[0]


def test_the_text_begins_with_the_mark_that_mail_programs_cut_at() -> None:
    assert footer_text(mailing_list(ReplyTo.LIST)).startswith("-- \nYour reply")


def test_the_page_says_the_same() -> None:
    group = mailing_list(ReplyTo.LIST)
    page = footer_html(group)
    assert page.replace("<p>", "").replace("</p>", "").replace("<br>", "") == footer_text(group)
