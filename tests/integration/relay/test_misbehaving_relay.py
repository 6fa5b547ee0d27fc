"""What becomes of a copy when the relay refuses, breaks off, stalls or talks nonsense."""

from collections.abc import Callable, Iterator
from time import monotonic

import pytest

from listserv.adapters import smtp_client, smtp_greeting, smtp_relay
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.adapters.smtp_wire import prepared
from listserv.domain.delivery import Deferred, Failed, NotTried, Outcome, RelayDown, Sent
from listserv.domain.ports import OutboundMessage
from tests.integration.relay.scripted_relay import CLOSE, SILENCE, ScriptedRelay, running
from tests.waiting import wait_for

PIPELINED = ("PIPELINING", "SIZE 1000000", "8BITMIME")
STEP_BY_STEP = ("SIZE 1000000",)
BOTH = pytest.mark.parametrize("extensions", [PIPELINED, STEP_BY_STEP], ids=["pipelined", "steps"])
CONTENT = b"Subject: x\r\n\r\n.dot\r\n..two\r\nend\r\n"


def mail(recipient: str = "ann@example.org", content: bytes = CONTENT) -> OutboundMessage:
    return OutboundMessage("group-bounces+t@example.org", recipient, content)


def replying(**answers: str) -> Callable[[str], str | None]:
    """Answers by the first word of a line."""
    return lambda line: answers.get(line.split(" ")[0])


def send(relay: ScriptedRelay, *messages: OutboundMessage) -> list[Outcome]:
    client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
    with client.session() as session:
        return sent(session, *messages)


def sent(session: SmtpRelay, *messages: OutboundMessage) -> list[Outcome]:
    """What became of each, in their order; what was not tried goes again."""
    outcomes: dict[int, Outcome] = {}
    while len(outcomes) < len(messages):
        left = [(n, message) for n, message in enumerate(messages) if n not in outcomes]
        for number, outcome in session.send(left):
            if not isinstance(outcome, NotTried):
                outcomes[number] = outcome
            if outcome == RelayDown():
                return [*outcomes.values()]
    return [outcomes[number] for number in range(len(messages))]


@BOTH
def test_copies_arrive_byte_for_byte_over_one_connection(extensions: tuple[str, ...]) -> None:
    with running(ScriptedRelay(extensions=extensions)) as relay:
        assert send(relay, mail(), mail("ben@example.org")) == [Sent(), Sent()]
    assert relay.mails == [CONTENT, CONTENT]
    assert relay.connections == 1
    assert relay.seen[1] == f"MAIL FROM:<group-bounces+t@example.org> SIZE={len(CONTENT)}"
    assert relay.seen[2] == "RCPT TO:<ann@example.org>"


def test_what_was_sent_is_not_kept() -> None:
    with running(ScriptedRelay()) as relay:
        client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
        with client.session() as session:
            assert sent(session, mail(), mail("ben@example.org")) == [Sent(), Sent()]
            assert prepared.cache_info()[:2] == (3, 1)  # made ready once for both
        assert prepared.cache_info().currsize == 0


@BOTH
def test_what_copies_share_is_joined_to_the_fields_of_each(extensions: tuple[str, ...]) -> None:
    letters = [
        OutboundMessage(
            "group-bounces+t@example.org", f"{n}@example.org", CONTENT, b"N: %d\r\n" % n
        )
        for n in range(5)
    ]
    with running(ScriptedRelay(extensions=extensions)) as relay:
        assert send(relay, *letters) == [Sent()] * 5
    assert relay.mails == [letter.whole for letter in letters]
    assert relay.seen[1].endswith(f" SIZE={len(letters[0].whole)}")


@BOTH
@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("451 later", Deferred("451")), ("552-no\r\n552 never", Failed("552"))],
    ids=["4xx", "5xx"],
)
def test_a_refusal_counts_for_this_copy_and_the_next_goes_on(
    extensions: tuple[str, ...], word: str, answer: str, outcome: Outcome
) -> None:
    refusals = iter([answer])

    def once(line: str) -> str | None:
        return next(refusals, None) if line.split(" ", maxsplit=1)[0] == word else None

    with running(ScriptedRelay(once, extensions)) as relay:
        assert send(relay, mail(), mail("ben@example.org")) == [outcome, Sent()]
    assert relay.connections == 1
    assert relay.mails[-1] == CONTENT
    assert all(content in (b"", CONTENT) for content in relay.mails)


@BOTH
@pytest.mark.parametrize("answer", ["421 too busy", CLOSE, "hello there", "2500 ok", "199 x"])
@pytest.mark.parametrize("word", ["CONNECT", "MAIL", "RCPT", "DATA"])
def test_what_is_no_answer_is_not_the_copys_fault(
    extensions: tuple[str, ...], word: str, answer: str
) -> None:
    with running(ScriptedRelay(replying(**{word: answer}), extensions)) as relay:
        assert send(relay, mail()) == [RelayDown()]
    assert relay.connections == 1


@BOTH
@pytest.mark.parametrize("answer", ["421 too busy", CLOSE, "hello there", "2500 ok", "199 x"])
@pytest.mark.parametrize("word", ["DOT", "LINE"])
def test_once_the_relay_has_seen_content_the_try_counts(
    extensions: tuple[str, ...], word: str, answer: str
) -> None:
    """Else a relay that always hangs up there would get the same copy for ever."""
    with running(ScriptedRelay(replying(**{word: answer}), extensions)) as relay:
        (outcome,) = send(relay, mail())
    assert isinstance(outcome, Deferred)
    assert relay.connections == 1


@BOTH
@pytest.mark.parametrize("answer", ["250 ok", "220 ok"])
def test_data_that_was_not_opened_is_never_taken_for_sent(
    extensions: tuple[str, ...], answer: str
) -> None:
    with running(ScriptedRelay(replying(DATA=answer), extensions)) as relay:
        assert send(relay, mail()) == [RelayDown()]
    assert relay.mails == []


@BOTH
def test_a_refusal_stands_when_the_relay_hangs_up_right_after_it(
    extensions: tuple[str, ...],
) -> None:
    answers = replying(RCPT="550 nobody", DATA=CLOSE, RSET=CLOSE)
    with running(ScriptedRelay(answers, extensions)) as relay:
        assert send(relay, mail(), mail()) == [Failed("550"), Failed("550")]
    assert relay.connections == 2


def test_a_relay_that_ends_a_connection_after_each_mail_still_gets_them_all() -> None:
    def strict(line: str) -> str | None:
        return "421 one is enough" if line.startswith("MAIL") and relay.seen[-2] == "DATA" else None

    with running(ScriptedRelay(strict)) as relay:
        assert send(relay, mail(), mail(), mail()) == [Sent(), Sent(), Sent()]
    assert relay.connections == 3
    assert len(relay.mails) == 3


def test_a_connection_that_breaks_in_the_content_is_not_tried_again_at_once() -> None:
    lines = iter([None] * CONTENT.count(b"\n"))
    with running(ScriptedRelay(lambda line: next(lines, CLOSE) if line == "LINE" else None)) as r:
        assert send(r, mail(), mail()) == [Sent(), Deferred("")]
    assert r.connections == 1


def test_a_new_session_uses_the_connection_of_the_last() -> None:
    with running(ScriptedRelay()) as relay:
        client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
        for _ in range(3):
            with client.session() as session:
                assert sent(session, mail()) == [Sent()]
    assert relay.connections == 1


def test_a_connection_that_was_closed_meanwhile_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with running(ScriptedRelay()) as relay:
        client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
        with client.session() as session:
            assert sent(session, mail()) == [Sent()]
        monkeypatch.setattr("listserv.adapters.smtp_relay.IDLE_SECONDS", 0)
        with client.session() as session:
            assert sent(session, mail()) == [Sent()]
    assert relay.connections == 2
    assert relay.seen.count("QUIT") == 1


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("CONNECT", RelayDown()),
        ("EHLO", RelayDown()),
        ("MAIL", RelayDown()),
        ("DATA", RelayDown()),
        ("DOT", Deferred("")),
    ],
)
def test_a_silent_relay_is_given_up(
    word: str, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_greeting, "REPLY_SECONDS", 0.2)
    monkeypatch.setattr(smtp_client, "REPLY_SECONDS", 0.2)
    monkeypatch.setattr(smtp_client, "FINAL_SECONDS", 0.2)
    with running(ScriptedRelay(replying(**{word: SILENCE}))) as relay:
        assert send(relay, mail()) == [outcome]


def test_an_answer_that_came_while_the_caller_was_busy_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = 0.0
    for module in (smtp_client, smtp_relay):
        monkeypatch.setattr(module, "monotonic", lambda: monotonic() + late)
    outcomes = {}
    with running(ScriptedRelay()) as relay:
        client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
        with client.session() as session:
            for tag, outcome in session.send([("one", mail()), ("two", mail())]):
                outcomes[tag] = outcome
                if tag == "one":
                    wait_for(lambda: session._poll.poll(0), "the next answer")
                    late = 2.0 * smtp_client.FINAL_SECONDS
    assert outcomes == {"one": Sent(), "two": Sent()}
    assert relay.connections == 1


def test_a_mail_larger_than_the_relay_takes_fails_without_being_sent() -> None:
    with running(ScriptedRelay(extensions=("SIZE 10",))) as relay:
        assert send(relay, mail()) == [Failed("552")]
    assert not any(line.startswith("MAIL") for line in relay.seen)


def test_size_without_a_limit_is_no_limit() -> None:
    with running(ScriptedRelay(extensions=("SIZE 0",))) as relay:
        assert send(relay, mail()) == [Sent()]


def test_letters_beyond_ascii_need_smtputf8() -> None:
    content = "To: jörg@example.org\r\n\r\nx\r\n".encode()
    message = mail("jörg@example.org", content)
    with running(ScriptedRelay()) as relay:
        assert send(relay, message) == [Failed("553")]
    with running(ScriptedRelay(extensions=("SMTPUTF8", "8BITMIME"))) as relay:
        assert send(relay, message) == [Sent()]
    assert relay.seen[1].endswith(" BODY=8BITMIME SMTPUTF8")
    assert relay.mails == [content]


def test_a_domain_beyond_ascii_is_written_in_ascii() -> None:
    with running(ScriptedRelay()) as relay:
        assert send(relay, mail("ann@bücher.example")) == [Sent()]
    assert "RCPT TO:<ann@xn--bcher-kva.example>" in relay.seen


def test_an_address_cannot_smuggle_a_command() -> None:
    with running(ScriptedRelay()) as relay:
        assert send(relay, mail("a@example.org>\r\nRCPT TO:<b@example.org")) == [Failed("501")]
    assert not any(line.startswith("RCPT") for line in relay.seen)


def test_bare_line_ends_never_pass() -> None:
    with running(ScriptedRelay()) as relay:
        assert send(relay, mail(content=b"a\n.\nb\r.\rc")) == [Sent()]
    assert relay.mails == [b"a\r\n.\r\nb\r\n.\r\nc\r\n"]


def test_helo_is_enough() -> None:
    with running(ScriptedRelay(replying(EHLO="502 what"))) as relay:
        assert send(relay, mail()) == [Sent()]
    assert "HELO lists.example.org" in relay.seen


def test_no_relay_at_all() -> None:
    with running(ScriptedRelay()) as relay:
        pass
    assert send(relay, mail()) == [RelayDown()]


def test_check_says_in_words_what_is_wrong() -> None:
    with running(ScriptedRelay()) as relay:
        url = f"smtp://127.0.0.1:{relay.port}"
        assert SmtpRelay(url, "lists.example.org").check() == ""
    assert SmtpRelay(url, "lists.example.org").check() == "The relay does not answer."


def test_a_password_never_goes_over_a_clear_connection() -> None:
    with running(ScriptedRelay(extensions=("AUTH PLAIN LOGIN",))) as relay:
        client = SmtpRelay(f"smtp://ann:secret@127.0.0.1:{relay.port}", "lists.example.org")
        assert "smtp+starttls://" in client.check()
    assert not any(line.startswith("AUTH") for line in relay.seen)


@BOTH
def test_what_a_caller_left_behind_is_nothing_to_the_next_one(extensions: tuple[str, ...]) -> None:
    """Its letters break off in the middle, as they do when the database is away."""

    def letters() -> Iterator[tuple[str, OutboundMessage]]:
        yield "one", mail("one@example.org")
        yield "two", mail("two@example.org")
        raise ZeroDivisionError

    with running(ScriptedRelay(extensions=extensions)) as relay:
        client = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org")
        with pytest.raises(ZeroDivisionError), client.session() as session:
            list(session.send(letters()))
        with client.session() as session:
            assert list(session.send([("three", mail("three@example.org"))])) == [("three", Sent())]
    assert [line for line in relay.seen if "three@" in line] == ["RCPT TO:<three@example.org>"]
