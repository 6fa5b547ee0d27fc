"""What the rules learn of a mail."""

import pytest

from listserv.mail.facts import MailFacts, facts_of
from listserv.mail.inbound import InboundMessage, parse


def _facts(*fields: str, sender: str = "ann@example.net") -> MailFacts:
    head = "".join(f"{field}\r\n" for field in (f"From: {sender}", *fields))
    message = parse(f"{head}\r\nHi".encode())
    assert isinstance(message, InboundMessage), message
    return facts_of(message)


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; type=x",
        "Auto-Submitted: AUTO-REPLIED (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: out of office",
        "X-Auto-Response-Suppress: All",
        "Precedence: bulk",
        "Precedence: Junk",
        "Precedence: list",
        "Precedence: auto_reply",
        "List-Id: <x.example.org>",
        "List-Unsubscribe: <mailto:x@example.org>",
        "Return-Path: <>",
    ],
)
def test_robots_and_other_lists_are_automatic(field: str) -> None:
    assert _facts(field).is_automatic


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@example.net", "postmaster@example.net"])
def test_mail_servers_are_automatic(sender: str) -> None:
    assert _facts(sender=sender).is_automatic


def test_reports_are_automatic() -> None:
    kind = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"
    message = parse(b"From: a@example.net\r\n" + kind)
    assert isinstance(message, InboundMessage)
    assert facts_of(message).is_automatic


@pytest.mark.parametrize("field", ["Auto-Submitted: no", "Precedence: normal", "X-Priority: 1"])
def test_people_are_not(field: str) -> None:
    assert not _facts(field).is_automatic


def test_list_ids_are_bare_and_lower_case() -> None:
    assert _facts('List-Id: "The Group" <Group.Example.org>').list_ids == ("group.example.org",)


@pytest.mark.parametrize("name", ["X-Loop", "X-BeenThere"])
def test_an_older_mark_of_a_loop_counts_as_a_list_id(name: str) -> None:
    assert _facts(f"{name}: Loop <Group@Example.org>").list_ids == ("group.example.org",)


def test_hops_are_counted() -> None:
    assert _facts("Received: from a", "Received: from b").hops == 2


def test_references_are_nearest_first_and_once() -> None:
    facts = _facts("In-Reply-To: <c@x>", "References: <a@x> <b@x>\r\n <c@x>")
    assert facts.references == ("<c@x>", "<b@x>", "<a@x>")


def test_what_is_no_id_is_no_reference() -> None:
    assert _facts("References: <a b@x> nonsense <ok@x> <@x> <y@>").references == ("<ok@x>",)


def test_references_are_at_most_fifty() -> None:
    many = " ".join(f"<{n}@x>" for n in range(80))
    assert len(_facts(f"References: {many}").references) == 50


def test_recipients_of_to_and_cc_are_counted() -> None:
    assert _facts("To: a@x.org, B <b@x.org>", "Cc: c@x.org", "Bcc: d@x.org").recipients == 3


def test_the_id_and_size_are_told() -> None:
    facts = _facts("Message-ID: <a@b>")
    assert (facts.message_id, facts.size > 20) == ("<a@b>", True)


def test_the_id_stays_out_of_representations() -> None:
    assert "a@b" not in repr(_facts("Message-ID: <a@b>", "In-Reply-To: <a@b>"))
