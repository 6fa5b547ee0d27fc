"""Mail to the command addresses: who may do what by it, and what comes back."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from listserv.domain.decision import Accept, Decision, Discard
from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import Command, ToCommand
from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.receive_command import receive_command
from listserv.store import members, subscriptions
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain

STRANGER = "sam@example.com"
PROVEN = "Authentication-Results: mx.example.org; dkim=pass header.d=example.net\r\n"
OF_STRANGER = "Authentication-Results: mx.example.org; dkim=pass header.d=example.com\r\n"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return made


def write(
    world: World,
    group: MailingList,
    text: str,
    command: Command = Command.REQUEST,
    token: str = "",
    sender: str = ANN,
    extra: str = "",
) -> Decision:
    raw = plain(subject="", body=text, sender=sender, extra=extra)
    envelope = Envelope(sender, trusted=True)
    return receive_command(world.kit, ToCommand(group.id, command, token), envelope, raw)


def mail(world: World) -> list[EmailMessage]:
    """What was sent since the last look."""
    world.relay.taken.clear()
    deliver_notices(world.kit)
    return [message_from_bytes(one.content, policy=default) for one in world.relay.taken]


def only_mail(world: World) -> EmailMessage:
    (one,) = mail(world)
    return one


def text_of(one: EmailMessage) -> str:
    part = one.get_body(("plain",))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")


def token_of(one: EmailMessage) -> str:
    """What a reply goes to."""
    return str(one["Reply-To"]).split("-confirm+")[1].split("@")[0]


def reply(world: World, group: MailingList, one: EmailMessage, text: str = "") -> Decision:
    quoted = "".join(f"> {line}\n" for line in text_of(one).splitlines())
    return write(world, group, f"{text}\n{quoted}", Command.CONFIRM, token_of(one))


def ann_now(world: World, group: MailingList) -> Subscription | None:
    with world.kit.database.reading() as tx:
        member = members.find(tx, world.kit.vault.lookups(ANN))
        return subscriptions.of_member(tx, group.id, member.member_id if member else "")


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("pause 14 days", "your break has begun"),
        ("pausa 14 días", "empieza tu pausa"),
        ("set digest", "we have changed that"),
        ("resumen diario", "hecho el cambio"),
        ("name Calm Heron", "we have changed that"),
        ("set hour 9", "we have changed that"),
        ("set receipts on", "we have changed that"),
        ("set language es", "hecho el cambio"),
        ("set zone Europe/Madrid", "we have changed that"),
        ("leave", "You have left"),
        ("stop", "You have left"),
        ("my data", "What we keep about you"),
    ],
)
def test_a_proven_member_is_obeyed_and_told(
    world: World, group: MailingList, line: str, subject: str
) -> None:
    assert write(world, group, line, extra=PROVEN) == Accept()
    assert subject in only_mail(world)["Subject"]


@pytest.mark.parametrize("line", ["pause", "set none", "name Calm Heron", "my data", "leave"])
def test_a_forged_from_brings_a_question_and_changes_nothing(
    world: World, group: MailingList, line: str
) -> None:
    before = ann_now(world, group)
    assert write(world, group, line) == Accept()
    asked = only_mail(world)
    assert "Please confirm" in asked["Subject"]
    assert ann_now(world, group) == before


@pytest.mark.parametrize("line", ["pause", "leave", "which", "forget me", "my data", "baja"])
def test_a_stranger_gets_the_same_reply_and_no_mail(
    world: World, group: MailingList, line: str
) -> None:
    assert write(world, group, line, sender=STRANGER) == write(world, group, line)
    deliver_notices(world.kit)
    assert {one.recipient for one in world.relay.taken} == {ANN}


def test_a_proven_stranger_is_told_that_there_was_nothing_to_change(
    world: World, group: MailingList
) -> None:
    write(world, group, "pause", sender=STRANGER, extra=OF_STRANGER)
    assert "nothing was changed" in only_mail(world)["Subject"]


def test_a_list_that_believes_from_obeys(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "off"})
    write(world, group, "pause")
    found = ann_now(world, group)
    assert found and found.state is SubscriptionState.PAUSED


def test_to_be_forgotten_is_asked_even_of_who_is_proven(world: World, group: MailingList) -> None:
    write(world, group, "forget me and my posts", extra=PROVEN)
    asked = only_mail(world)
    assert ann_now(world, group)
    assert "cannot be undone" in text_of(asked)
    reply(world, group, asked)
    assert "We have forgotten you" in only_mail(world)["Subject"]
    assert ann_now(world, group) is None


def test_an_answer_in_other_words_does_not_erase(world: World, group: MailingList) -> None:
    write(world, group, "forget me", extra=PROVEN)
    reply(world, group, only_mail(world), "I am thinking about it")
    assert "whether that was a yes" in text_of(only_mail(world)).replace("\n", " ")
    assert ann_now(world, group)


def test_thanks_for_a_goodbye_bring_nobody_back(world: World, group: MailingList) -> None:
    write(world, group, "leave", extra=PROVEN)
    goodbye = only_mail(world)
    reply(world, group, goodbye, "I wish all of you well")
    mail(world)
    found = ann_now(world, group)
    assert found is None or found.state is SubscriptionState.LEFT
    reply(world, group, goodbye)
    assert "Quiet Otter" in text_of(only_mail(world))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("", SubscriptionState.PAUSED),
        ("yes", SubscriptionState.PAUSED),
        ("That was me, see you", SubscriptionState.PAUSED),
        ("no", SubscriptionState.ACTIVE),
        ("Who asks?", SubscriptionState.ACTIVE),
        ("stop", SubscriptionState.ACTIVE),
    ],
)
def test_a_question_is_answered_by_a_reply(
    world: World, group: MailingList, answer: str, state: SubscriptionState
) -> None:
    write(world, group, "pause")
    reply(world, group, only_mail(world), answer)
    found = ann_now(world, group)
    assert found and found.state is state


def test_stop_is_the_last_mail_to_an_address(world: World, group: MailingList) -> None:
    write(world, group, "", Command.JOIN, sender=STRANGER)
    asked = only_mail(world)
    reply(world, group, asked, "Stop")
    assert "this is our last mail" in text_of(only_mail(world))
    write(world, group, "", Command.JOIN, sender=STRANGER)
    write(world, group, "", Command.HELP, sender=STRANGER)
    for line in ("who", "pause yesterday"):
        write(world, group, line, sender=STRANGER)
    assert mail(world) == []


def test_a_member_who_said_stop_elsewhere_is_answered(world: World, group: MailingList) -> None:
    other = create_list(world.kit, "other@example.org")
    write(world, other, "", Command.JOIN)
    reply(world, other, only_mail(world), "Stop")
    mail(world)
    write(world, group, "", Command.HELP)
    assert "pause 14 days" in text_of(only_mail(world))


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Please confirm", "Out of Office", "Respuesta automática: Confirma"],
)
def test_who_is_away_confirms_nothing(world: World, group: MailingList, subject: str) -> None:
    write(world, group, "pause")
    token = token_of(only_mail(world))
    raw = plain(subject=subject, body="I am back on Monday.")
    route = ToCommand(group.id, Command.CONFIRM, token)
    assert isinstance(receive_command(world.kit, route, Envelope(ANN), raw), Discard)
    assert mail(world) == []


def test_robots_confirm_nothing(world: World, group: MailingList) -> None:
    write(world, group, "pause")
    token = token_of(only_mail(world))
    away = "Auto-Submitted: auto-replied\r\n"
    confirm = Command.CONFIRM
    assert isinstance(write(world, group, "I am away", confirm, token, extra=away), Discard)
    raw = plain(subject="Undelivered", body="")
    route = ToCommand(group.id, confirm, token)
    assert isinstance(receive_command(world.kit, route, Envelope(""), raw), Discard)
    found = ann_now(world, group)
    assert found and found.state is SubscriptionState.ACTIVE
    assert mail(world) == []


def test_an_answer_that_comes_too_late_brings_a_new_question(
    world: World, group: MailingList
) -> None:
    write(world, group, "set digest")
    asked = only_mail(world)
    world.clock.go(days=4)
    reply(world, group, asked)
    again = only_mail(world)
    assert token_of(again) != token_of(asked)
    reply(world, group, again)
    found = ann_now(world, group)
    assert found and found.delivery is DeliveryMode.DAILY


def test_a_second_answer_does_nothing_and_is_told_so(world: World, group: MailingList) -> None:
    write(world, group, "pause")
    asked = only_mail(world)
    reply(world, group, asked)
    assert "your break has begun" in only_mail(world)["Subject"]
    assert reply(world, group, asked) == Accept()
    assert "answered that question already" in text_of(only_mail(world))


def test_an_undo_that_comes_too_late_says_how_to_join_again(
    world: World, group: MailingList
) -> None:
    write(world, group, "leave", extra=PROVEN)
    goodbye = only_mail(world)
    world.clock.go(days=3, minutes=1)
    reply(world, group, goodbye)
    assert "too old to bring you back" in text_of(only_mail(world))


@pytest.mark.parametrize(("proof", "mails"), [(PROVEN, 1), ("", 0)])
def test_a_token_that_nobody_knows_is_explained_to_who_is_proven_only(
    world: World, group: MailingList, proof: str, mails: int
) -> None:
    for sender in (ANN, "sam@example.net"):
        write(world, group, "", Command.CONFIRM, "a" * 26, sender=sender, extra=proof)
        assert len(found := mail(world)) == mails
        assert all("too old" in text_of(one) for one in found)


def test_who_wants_their_own_name_to_show_is_asked_first(world: World, group: MailingList) -> None:
    write(world, group, "name Ann", extra=PROVEN)
    asked = only_mail(world)
    assert "part of your own name" in text_of(asked).replace("\n", " ")
    found = ann_now(world, group)
    assert found and found.handle == "Quiet Otter"
    reply(world, group, asked)
    assert "Others see this name: Ann" in text_of(only_mail(world))


def test_a_proven_stranger_hears_that_they_are_in_no_group(
    world: World, group: MailingList
) -> None:
    write(world, group, "which", sender=STRANGER, extra=OF_STRANGER)
    assert "in none of our groups" in text_of(only_mail(world))


def test_a_member_is_answered_in_their_language(world: World, group: MailingList) -> None:
    write(world, group, "set language es", extra=PROVEN)
    mail(world)
    for command in (Command.HELP, Command.JOIN):
        write(world, group, "", command)
        assert "Hola" in text_of(only_mail(world))


def test_a_mailbox_gets_only_so_many_questions_a_day(world: World, group: MailingList) -> None:
    asked = 0
    for _ in range(24):
        for _ in range(5):
            write(world, group, "", Command.JOIN, sender=STRANGER)
        asked += len(mail(world))
        world.clock.go(hours=0.99)
    assert asked == 20


@pytest.mark.parametrize(
    ("line", "command", "said"),
    [
        ("who", Command.REQUEST, "do not tell anyone"),
        ("quién", Command.REQUEST, "No decimos a nadie"),
        ("pause yesterday", Command.REQUEST, "That day is not still to come"),
        ("pausa hasta ayer", Command.REQUEST, "Ese día ya no está por llegar"),
        ("what can I do", Command.REQUEST, "pause 14 days"),
        ("", Command.HELP, "pause 14 days"),
        ("ayuda", Command.HELP, "pausa 14 días"),
        ("leave", Command.HELP, "pause 14 days"),
    ],
)
def test_anybody_gets_an_answer_to_a_plain_question(
    world: World, group: MailingList, line: str, command: Command, said: str
) -> None:
    write(world, group, line, command, sender=STRANGER)
    assert said in text_of(only_mail(world))


def test_the_plain_addresses_mean_what_they_say(world: World, group: MailingList) -> None:
    write(world, group, "leave", Command.JOIN, sender=STRANGER)
    assert "join" in only_mail(world)["Subject"]
    write(world, group, "quiero unirme", Command.JOIN, sender="new@example.com")
    assert "entrar en" in only_mail(world)["Subject"]
    write(world, group, "join", Command.LEAVE, extra=PROVEN)
    assert "You have left" in only_mail(world)["Subject"]


def test_every_answer_is_automatic_and_comes_from_the_command_address(
    world: World, group: MailingList
) -> None:
    for line in ("which", "who", "help", "pause"):
        write(world, group, line, extra=PROVEN)
    for one in mail(world):
        assert one["Auto-Submitted"] == "auto-replied"
        assert one["In-Reply-To"] == one["References"] == "<1@example.net>"
        assert "group-request@example.org" in one["From"]
    assert {one.return_path for one in world.relay.taken} == {""}


def test_the_id_of_a_mail_is_told_to_its_sender_only(world: World, group: MailingList) -> None:
    newcomer = Newcomer("mod@example.net", role=Role.MODERATOR)
    list(add_members(world.kit, group.address, [newcomer]))
    change_list(world.kit, group.address, {"join": "approve"})
    write(world, group, "", Command.JOIN, sender=STRANGER)
    token = token_of(only_mail(world))
    write(world, group, "", Command.CONFIRM, token, sender=STRANGER)
    by_reader = {one["To"]: one for one in mail(world)}
    assert by_reader[STRANGER]["In-Reply-To"] == "<1@example.net>"
    assert by_reader["mod@example.net"]["Auto-Submitted"] == "auto-generated"
    assert b"1@example.net" not in by_reader["mod@example.net"].as_bytes()


def test_an_id_that_is_none_is_not_repeated(world: World, group: MailingList) -> None:
    raw = plain(subject="help", body="", message_id="<a b>\r\n\t<c>")
    envelope = Envelope(ANN, trusted=True)
    receive_command(world.kit, ToCommand(group.id, Command.REQUEST), envelope, raw)
    answer = only_mail(world)
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] is None
