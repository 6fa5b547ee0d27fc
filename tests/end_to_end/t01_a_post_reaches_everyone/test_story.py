"""A post goes in, and each member gets exactly one copy, with nothing of its author."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest

from tests.sink import Copy, Sink, sinking
from tests.stack import GROUP, Stack, mail, members, stack
from tests.waiting import wait_for

AUTHOR = "ann.archer@example.org"
EVERYONE = [AUTHOR, *members(49)]
HANDLE = "Quiet Otter"

# The contract's list, and MIME's own. One field more or less is a fault.
FIELDS = {
    "subject",
    "from",
    "to",
    "reply-to",
    "message-id",
    "date",
    "list-id",
    "list-post",
    "list-help",
    "list-subscribe",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "precedence",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
}

POST = mail(
    "Dear all,\n\nthe kettle is on at seven.\n\nAnn Archer\nann.archer@example.org\n",
    sender=f"Ann Archer <{AUTHOR}>",
    subject="The kettle",
    Message_ID="<kettle.1@laptop.example.org>",
    Received="from laptop.example.org ([192.0.2.77]) by mx.example.org; Mon, 2 Mar 2026 10:00:00",
    X_Mailer="Penguin Mail 3.1 for ann",
    Organization="Archer and Daughters",
)


@pytest.fixture(scope="module")
def relay() -> Iterator[Sink]:
    with sinking() as sink:
        yield sink


@pytest.fixture(scope="module")
def house(relay: Sink) -> Iterator[Stack]:
    """Everything runs, the group has its members, and the first post has gone out."""
    with stack({"relay_url": relay.url}) as made:
        made.up()
        made.make_list(EVERYONE[1:])
        made.quietlist("member", "add", GROUP, AUTHOR, "--handle", HANDLE)
        made.send(POST, mail_from=AUTHOR)
        wait_for(lambda: len(relay) >= len(EVERYONE), "all copies of the post")
        wait_for(lambda: made.status()["deliveries"]["pending"] == 0, "the last record")
        yield made


@pytest.fixture
def copies(house: Stack, relay: Sink) -> list[Copy]:
    return [copy for copy in relay.copies if copy.message["Subject"] == "The kettle"]


def test_each_member_has_exactly_one_copy(copies: list[Copy]) -> None:
    assert sorted(copy.recipient for copy in copies) == sorted(EVERYONE)


def test_status_knows_that_all_are_sent(house: Stack, copies: list[Copy]) -> None:
    status = house.status()
    assert status["deliveries"]["sent"] >= len(copies)
    assert status["inbound"] == status["held"] == status["quarantine"] == 0
    assert status["redis"] == "ok"


def test_the_header_is_the_contract_s_and_nothing_else(copies: list[Copy]) -> None:
    for copy in copies:
        names = [name.lower() for name in copy.message]
        assert sorted(names) == sorted(FIELDS)


def test_what_the_header_says(house: Stack, copies: list[Copy]) -> None:
    for copy in copies:
        said = copy.message
        assert f'From: "{HANDLE} via Tuesday group" <{GROUP}>\r\n'.encode() in copy.header
        assert said["To"] == said["Reply-To"] == GROUP
        assert "group.example.org" in said["List-Id"]
        assert said["List-Post"] == f"<mailto:{GROUP}>"
        assert said["List-Help"] == "<mailto:group-help@example.org>"
        assert said["List-Subscribe"] == "<mailto:group-join@example.org>"
        assert said["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert said["Precedence"] == "list"
        assert str(said["Date"]).endswith("+0000")
        assert parsedate_to_datetime(str(said["Date"])).utcoffset() is not None
        assert re.fullmatch(
            rf"<{re.escape(house.web_url)}/unsubscribe/[a-z2-7]+>,\s*"
            r"<mailto:group-leave\+[a-z2-7]+@example\.org>",
            said["List-Unsubscribe"],
        )


def test_one_message_id_in_all_copies_and_not_the_author_s(copies: list[Copy]) -> None:
    ids = {str(copy.message["Message-ID"]) for copy in copies}
    assert len(ids) == 1
    assert re.fullmatch(r"<[^@\s]+@example\.org>", ids.pop())


def test_each_copy_has_a_return_path_and_a_way_to_leave_of_its_own(copies: list[Copy]) -> None:
    senders = {copy.mail_from for copy in copies}
    assert len(senders) == len(copies)
    assert all(re.fullmatch(r"group-bounces\+[a-z2-7]{20,}@example\.org", s) for s in senders)
    assert all(len(sender.partition("@")[0]) <= 64 for sender in senders)
    assert len({str(copy.message["List-Unsubscribe"]) for copy in copies}) == len(copies)


def test_the_author_s_copy_has_one_line_more(copies: list[Copy]) -> None:
    others = {copy.text for copy in copies if copy.recipient != AUTHOR}
    (own,) = (copy.text for copy in copies if copy.recipient == AUTHOR)
    assert len(others) == 1
    plain = [line for line in others.pop().splitlines() if line]
    added = [line for line in own.splitlines() if line and line not in plain]
    assert len(added) == 1
    assert [line for line in own.splitlines() if line and line not in added] == plain
    assert "the kettle is on at seven." in plain


@pytest.mark.parametrize(
    "mark",
    ["Archer", "ann.archer", "laptop", "192.0.2.77", "Penguin", "Daughters", "kettle.1", "Ann "],
)
def test_no_copy_has_anything_of_the_author(copies: list[Copy], mark: str) -> None:
    for copy in copies:
        assert mark.lower().encode() not in copy.content.lower()


def test_no_copy_names_its_recipient_in_the_body_or_header(copies: list[Copy]) -> None:
    for copy in copies:
        assert copy.recipient.encode() not in copy.content


def test_lines_are_crlf_and_short(copies: list[Copy]) -> None:
    for copy in copies:
        lines = copy.content.split(b"\r\n")
        assert all(len(line) <= 998 and b"\n" not in line and b"\r" not in line for line in lines)


def test_an_answer_joins_the_thread(house: Stack, relay: Sink, copies: list[Copy]) -> None:
    first = str(copies[0].message["Message-ID"])
    answer = mail(
        "So is mine.\n",
        sender=f"Bea <{EVERYONE[1]}>",
        subject="Re: The kettle",
        In_Reply_To=first,
        References=f"<private@elsewhere.example.com> {first}",
    )
    house.send(answer, mail_from=EVERYONE[1])
    wait_for(lambda: _with(relay, "So is mine."), "the answer")
    said = _with(relay, "So is mine.")[0].message
    assert said["In-Reply-To"] == said["References"] == first


def test_a_post_handed_in_by_the_command_line_goes_the_same_way(house: Stack, relay: Sink) -> None:
    raw = mail("By hand.\n", sender=f"Ann Archer <{AUTHOR}>", subject="By hand")
    assert f"{GROUP}: accepted" in house.quietlist("post", "submit", "-", stdin=raw)
    wait_for(lambda: len(_with(relay, "By hand.")) == len(EVERYONE), "all copies")
    found = _with(relay, "By hand.")
    assert sorted(copy.recipient for copy in found) == sorted(EVERYONE)
    assert {name.lower() for name in found[0].message} == FIELDS


def _with(relay: Sink, words: str) -> list[Copy]:
    return [copy for copy in relay.copies if words.encode() in copy.content]


def test_a_thousand_members_have_one_copy_each(house: Stack, relay: Sink) -> None:
    crowd = [f"crowd{n:04}@example.com" for n in range(1000)]
    house.make_list(crowd, "crowd@example.org")
    raw = mail("To the crowd.\n", sender=crowd[7], recipient="crowd@example.org")
    house.send(raw, "crowd@example.org", mail_from=crowd[7])
    wait_for(lambda: len(_with(relay, "To the crowd.")) >= len(crowd), "all thousand copies")
    wait_for(lambda: house.status()["deliveries"]["pending"] == 0, "the last record")
    count = {who: n for who, n in relay.count().items() if who.startswith("crowd")}
    assert count == dict.fromkeys(crowd, 1)
