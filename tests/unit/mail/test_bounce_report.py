"""Reports as servers write them, people's answers, and what a stranger may send."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.bounce import BounceKind
from listserv.mail.bounce_report import bounce_in

HARD, SOFT = BounceKind.HARD, BounceKind.SOFT


def mail(body: str, *header: str, kind: str = "text/plain; charset=us-ascii") -> bytes:
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>",
        "To: group-bounces+token@example.org",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        *header,
    ]
    return ("\n".join(lines) + "\n\n" + body).replace("\n", "\r\n").encode()


def report(*fields: str, header: tuple[str, ...] = (), kind: str = "delivery-status") -> bytes:
    """A report as Postfix writes it (RFC 3462, RFC 3464)."""
    block = "\n".join(fields)
    body = f"""--=b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

<dora@example.net>: host mx.example.net said: 550 5.1.1 User unknown

--=b
Content-Type: message/{kind}

Reporting-MTA: dns; mail.example.net
Arrival-Date: Sun, 1 Mar 2026 12:00:00 +0000

Final-Recipient: rfc822; dora@example.net
{block}

--=b
Content-Type: message/rfc822

From: "Quiet Otter via Tuesday group" <group@example.org>
Subject: Tuesday
Action: failed
Status: 5.1.1

Hello everyone.
--=b--
"""
    subject = "Subject: Undelivered Mail Returned to Sender"
    return mail(body, subject, *header, kind='multipart/report; boundary="=b"')


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (("Action: failed", "Status: 5.1.1"), HARD),
        (("Action: failed (no such user)", "Status: 5.1.1 (bad address)"), HARD),
        (("Action: Failed",), HARD),
        (("Action: error", "Status: 5.0.0"), HARD),  # OpenSMTPD
        (("Action: failed", "Status: 5.2.2"), SOFT),
        (("Action: failed", "Status: 4.4.7"), SOFT),
        (("Action: delayed", "Status: 4.4.1"), None),
        (("Action: delivered", "Status: 2.0.0"), None),
        (("Action: relayed", "Status: 2.0.0"), None),
        (("Action: expanded", "Status: 2.0.0"), None),
        (("Status: 5.1.1",), None),
    ],
)
def test_a_report_is_read_by_its_fields(fields: tuple[str, ...], kind: BounceKind | None) -> None:
    assert bounce_in(report(*fields)) is kind


def test_the_worst_of_several_counts() -> None:
    fields = "Action: failed", "Status: 4.4.7", "", "Action: failed", "Status: 5.1.1"
    assert bounce_in(report(*fields)) is HARD


def test_a_report_that_calls_itself_automatic_is_a_report_all_the_same() -> None:
    found = report("Action: failed", "Status: 5.1.1", header=("Auto-Submitted: auto-replied",))
    assert bounce_in(found) is HARD


def test_what_the_returned_mail_says_is_no_report() -> None:
    assert bounce_in(report("Action: delayed", "Status: 4.4.1")) is None


QMAIL = """Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<dora@example.net>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
"""
EXIM = "A message that you sent could not be delivered to one or more of its recipients.\n"
OLD_POSTFIX = """This is the Postfix program at host mx.example.net.

I'm sorry to have to inform you that the message returned
below could not be delivered to one or more destinations.

                        The Postfix program

<dora@example.net>: host mx.example.net said: 550 User unknown
"""


@pytest.mark.parametrize(
    "raw",
    [
        mail(QMAIL, "Subject: failure notice"),
        mail(EXIM, "X-Failed-Recipients: dora@example.net", "Auto-Submitted: auto-replied"),
        mail(
            f"--=b\nContent-Description: Notification\nContent-Type: text/plain\n\n{OLD_POSTFIX}\n"
            "--=b--\n",
            kind='multipart/mixed; boundary="=b"',
        ),
    ],
    ids=["qmail", "exim", "old postfix"],
)
def test_reports_of_older_servers_are_known(raw: bytes) -> None:
    assert bounce_in(raw) is HARD


@pytest.mark.parametrize(
    "raw",
    [
        mail("I am away until Monday. Dora", "Auto-Submitted: auto-replied (vacation)"),
        mail(QMAIL, "Auto-Submitted: auto-replied"),
        mail("I am away.", "Precedence: auto_reply"),
        mail("I am away.", "X-Autoreply: yes"),
        mail("Please take me off this list, I cannot find how. Dora"),
        mail("Your message has been delayed and is still queued.", "Subject: Delayed"),
        mail(""),
        b"",
        b"\0",
        b"no header at all",
    ],
)
def test_an_answer_is_no_bounce(raw: bytes) -> None:
    assert bounce_in(raw) is None


def test_a_receipt_is_no_bounce() -> None:
    raw = report("Disposition: automatic-action; displayed", kind="disposition-notification")
    assert bounce_in(raw) is None


@given(st.binary(max_size=2000))
def test_anything_at_all_is_read_without_an_error(raw: bytes) -> None:
    assert bounce_in(raw) in (None, HARD, SOFT)


@pytest.mark.parametrize(
    "unit",
    [b"<a@b.c>\r\n", b"550 5.1.1 ", b"recipient: <", b"-" * 9 + b"\r\n", b"Action: failed\r\n\r\n"],
)
@pytest.mark.parametrize(
    "kind", [b"text/plain", b"multipart/report; boundary=b", b"message/delivery-status"]
)
def test_a_hostile_report_is_read_in_a_moment(kind: bytes, unit: bytes) -> None:
    raw = b"From: a@example.net\r\nContent-Type: " + kind + b"\r\n\r\n--b\r\n" + unit * 40_000
    began = perf_counter()
    bounce_in(raw)
    assert perf_counter() - began < 5
