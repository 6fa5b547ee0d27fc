"""Mail to one member comes back on several days: it stops, they are told, and they go on."""

from collections import Counter

from tests.end_to_end.conftest import MakeStack
from tests.sink import Copy, Sink
from tests.stack import GROUP, Stack, mail, members
from tests.unit.mail.test_bounce_report import report
from tests.waiting import wait_for

ANN, DORA, REFUSED, *REST = PEOPLE = members(6)
BOUNCE = report("Action: failed", "Status: 5.1.1")


def _post(house: Stack, sink: Sink, number: int, people: list[str]) -> None:
    """A post, and the day after."""
    before = len(sink)
    house.send(mail(sender=ANN, subject=f"Number {number}"))
    wait_for(lambda: len(sink) >= before + len(people), "the copies")
    assert Counter(copy.recipient for copy in sink.copies[before:]) == Counter(people)


def _day_passes(house: Stack) -> None:
    house.sql("UPDATE bounces SET day = day - 1")


def _states(house: Stack) -> Counter[str]:
    return Counter(member["state"] for member in house.json("member", "list", GROUP))


def _last_to(sink: Sink, person: str) -> Copy:
    return sink.to(person)[-1]


def _notice_to(sink: Sink, person: str) -> Copy:
    """Waits for one: notices have no return path."""
    wait_for(lambda: sink.to(person) and not _last_to(sink, person).mail_from, "a notice")
    return _last_to(sink, person)


def test_bounces_of_two_days_suspend_and_a_word_brings_it_back(
    make_stack: MakeStack, sink: Sink
) -> None:
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE, bounce_days="2")
    for number in range(2):
        _post(house, sink, number, PEOPLE)
        return_path = _last_to(sink, DORA).mail_from
        for _ in range(5):  # however many reports: one day
            house.send(BOUNCE, return_path, mail_from="")
        if not number:
            assert _states(house) == {"active": len(PEOPLE)}
            _day_passes(house)
    probe = _notice_to(sink, DORA)
    assert "came back" in probe.text
    assert _states(house) == {"active": len(PEOPLE) - 1, "suspended": 1}
    _post(house, sink, 2, [person for person in PEOPLE if person != DORA])

    # The one word that the mail asks for; this list believes From.
    answer = mail("resume\n", sender=DORA, recipient="group-request@example.org", subject="Re: x")
    house.send(answer, "group-request@example.org", mail_from=DORA)
    wait_for(lambda: _states(house) == {"active": len(PEOPLE)}, "mail again")
    wait_for(lambda: "again" in _notice_to(sink, DORA).text, "the answer")
    _post(house, sink, 3, PEOPLE)
    assert DORA not in house.said()


def test_refusals_of_the_relay_count_too(make_stack: MakeStack, sink: Sink) -> None:
    sink.answers = {REFUSED: "550 5.1.1 not known"}
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE, bounce_days="2")
    rest = [person for person in PEOPLE if person != REFUSED]
    _post(house, sink, 0, rest)
    wait_for(lambda: house.ask("SELECT count(*) FROM bounces"), "the count")
    _day_passes(house)
    _post(house, sink, 1, rest)
    wait_for(lambda: _states(house)["suspended"] == 1, "the end of mail to them")
    wait_for(lambda: house.status()["notices"]["failed"] == 1, "the refusal of the notice")
    assert _states(house)["active"] == len(PEOPLE) - 1
