"""What people write to a command address, and what we make of it."""

import re
from datetime import date
from pathlib import Path

import pytest

from listserv.domain.language import Language
from listserv.domain.request import (
    Confirm,
    ForgetMe,
    Help,
    Join,
    Leave,
    LeaveMeAlone,
    Pause,
    Request,
    Resume,
    Roster,
    SendData,
    SetDelivery,
    SetFormat,
    SetHandle,
    SetHour,
    SetLanguage,
    SetOneTime,
    SetReceipts,
    SetTimeZone,
    Unclear,
    Which,
)
from listserv.domain.subscription import DeliveryMode, DigestFormat
from listserv.mail import problems
from listserv.mail.commands import Found, Said, language_of_program, request_in, said_in
from listserv.mail.commands.read import read
from listserv.mail.inbound import InboundMessage, parse

TODAY = date(2026, 11, 23)  # a Monday
FORTNIGHT = Pause(date(2026, 12, 7))
CHRISTMAS = Pause(date(2026, 12, 24))
EN, ES = Language.ENGLISH, Language.SPANISH


def mail(subject: str = "", body: str = "", **more: str) -> InboundMessage:
    """more: header fields, with underscores for hyphens."""
    fields = {"From": "Ann Archer <archer.ann@example.org>", "Subject": subject}
    fields["Content-Type"] = "text/plain; charset=utf-8"
    fields |= {key.replace("_", "-"): value for key, value in more.items()}
    head = "".join(f"{key}: {value}\r\n" for key, value in fields.items())
    message = parse(f"{head}\r\n{body}".replace("\n", "\r\n").replace("\r\r", "\r").encode())
    assert isinstance(message, InboundMessage)
    return message


def asked(subject: str = "", body: str = "", **more: str) -> Request | None:
    found = request_in(mail(subject, body, **more), TODAY)
    return found.request if found else None


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("join", Join()),
        ("SUBSCRIBE", Join()),
        ("Sign me up, please.", Join()),
        ("I would like to join the group", Join()),
        ("leave", Leave()),
        ("please unsubscribe me", Leave()),
        ("Unsubscribe me, I get too many mails", Leave()),
        ("Hello, could you please take me off this mailing list, thank you", Leave()),
        ("unsubscribe ann@example.org", Leave()),
        ("cancel my subscription", Leave()),
        ("unsubscribe evenings", Leave()),
        ("Stop sending me emails", Leave()),
        ("stop sending me these emails", Leave()),
        ("get me off this list", Leave()),
        ("remove my name from your list", Leave()),
        ("help", Help()),
        ("Info?", Help()),
        ("which", Which()),
        ("my groups", Which()),
        ("who", Roster()),
        ("review", Roster()),
        ("list", Roster()),
        ("Who is in the group?", Roster()),
        ("resume", Resume()),
        ("start again", Resume()),
        ("my data", SendData()),
        ("Please send me my data", SendData()),
        ("stop", LeaveMeAlone()),
        ("confirm ABCDEFGHIJKLMNOPQRSTUVWXYZ", Confirm("abcdefghijklmnopqrstuvwxyz")),
        ("pause", Pause()),
        ("pause from today", Pause()),
        ("pause 14 days", FORTNIGHT),
        ("Pause for two weeks", FORTNIGHT),
        ("pause a fortnight", FORTNIGHT),
        ("can you pause my emails for 14 days please", FORTNIGHT),
        ("pause until 24 December", CHRISTMAS),
        ("pause until December 24, 2026", CHRISTMAS),
        ("pause 24.12.", CHRISTMAS),
        ("pause 24/12/2026", CHRISTMAS),
        ("pause 2026-12-24", CHRISTMAS),
        ("pause tomorrow", Pause(date(2026, 11, 24))),
        ("pause until Monday", Pause(date(2026, 11, 30))),
        ("pause 3 months", Pause(date(2027, 2, 23))),
        ("pause a year", Pause(date(2027, 11, 23))),
        ("no mail until Friday", Pause(date(2026, 11, 27))),
        ("set digest", SetDelivery(DeliveryMode.DAILY)),
        ("daily digest", SetDelivery(DeliveryMode.DAILY)),
        ("set weekly", SetDelivery(DeliveryMode.WEEKLY)),
        ("weekly digest please", SetDelivery(DeliveryMode.WEEKLY)),
        ("set each", SetDelivery(DeliveryMode.EACH)),
        ("set digest off", SetDelivery(DeliveryMode.EACH)),
        ("set none", SetDelivery(DeliveryMode.NONE)),
        ("nomail", SetDelivery(DeliveryMode.NONE)),
        ("one mail a day please", SetDelivery(DeliveryMode.DAILY)),
        ("handle Quiet Otter", SetHandle("Quiet Otter")),
        ('name: "Quiet Otter".', SetHandle("Quiet Otter")),
        ("change my name to Quiet Otter", SetHandle("Quiet Otter")),
        ("handle new", SetHandle("")),
        ("A new name, please", SetHandle("")),
        ("name Blue Fox, thank you", SetHandle("Blue Fox")),
        ("set receipts on", SetReceipts(wanted=True)),
        ("turn off receipts", SetReceipts(wanted=False)),
        ("set one-time on", SetOneTime(wanted=True)),
        ("one time off", SetOneTime(wanted=False)),
        ("set format plain", SetFormat(DigestFormat.PLAIN)),
        ("set digest format to index", SetFormat(DigestFormat.INDEX)),
        ("set hour 8", SetHour(8)),
        ("set hour 8 pm", SetHour(20)),
        ("set hour 12 am", SetHour(0)),
        ("set hour to 18:00", SetHour(18)),
        ("set language es", SetLanguage(ES)),
        ("set zone Europe/Madrid", SetTimeZone("Europe/Madrid")),
        ("set time zone to new york", SetTimeZone("America/New_York")),
        ("forget me", ForgetMe()),
        ("Please forget me!", ForgetMe()),
        ("forget me and my posts", ForgetMe(posts=True)),
    ],
)
def test_english(line: str, request_: Request) -> None:
    assert read(line, TODAY) == Found(request_, None if line == "list" else EN)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("alta", Join()),
        ("Quiero unirme al grupo", Join()),
        ("dame de alta, por favor", Join()),
        ("baja", Leave()),
        ("Hola, quiero darme de baja de la lista. Gracias", Leave()),
        ("salir", Leave()),
        ("No quiero recibir más correos", Leave()),
        ("ayuda", Help()),
        ("mis grupos", Which()),
        ("¿quién está en el grupo?", Roster()),
        ("pausa", Pause()),
        ("pausa 14 días", FORTNIGHT),
        ("Pausa de dos semanas", FORTNIGHT),
        ("pausa hasta el 24 de diciembre", CHRISTMAS),
        ("hasta el 24 de diciembre", CHRISTMAS),
        ("pausa hasta el lunes", Pause(date(2026, 11, 30))),
        ("pausa hasta pasado mañana", Pause(date(2026, 11, 25))),
        ("reanudar", Resume()),
        ("resumen diario", SetDelivery(DeliveryMode.DAILY)),
        ("poner resumen semanal", SetDelivery(DeliveryMode.WEEKLY)),
        ("cada mensaje", SetDelivery(DeliveryMode.EACH)),
        ("sin correo", SetDelivery(DeliveryMode.NONE)),
        ("nombre Nutria Serena", SetHandle("Nutria Serena")),
        ("nombre nuevo", SetHandle("")),
        ("copias sí", SetReceipts(wanted=True)),
        ("solo uso no", SetOneTime(wanted=False)),
        ("formato índice", SetFormat(DigestFormat.INDEX)),
        ("hora 8", SetHour(8)),
        ("idioma inglés", SetLanguage(EN)),
        ("español", SetLanguage(ES)),
        ("zona Europe/Madrid", SetTimeZone("Europe/Madrid")),
        ("mis datos", SendData()),
        ("Olvídame", ForgetMe()),
        ("olvidame y mis mensajes", ForgetMe(posts=True)),
        ("parar", LeaveMeAlone()),
    ],
)
def test_spanish(line: str, request_: Request) -> None:
    assert read(line, TODAY) == Found(request_, ES)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ("unsubcribe", Leave()),
        ("plaese unsubcribe me", Leave()),
        ("Unsuscribe me please", Leave()),
        ("pasue 14 days", FORTNIGHT),
        ("resmue", Resume()),
        ("hepl", Help()),
        ("ayda", Help()),
        ("suscribime", Join()),
    ],
)
def test_typing_errors_are_forgiven(line: str, request_: Request) -> None:
    found = read(line, TODAY)
    assert found and found.request == request_


@pytest.mark.parametrize(
    "line",
    ["forgt me", "forget mee", "forget me and my psots", "forget", "forget us", "olvidam", "olvida",
     "please do not forget me", "forget me not"],
)  # fmt: skip
def test_to_be_forgotten_is_never_guessed(line: str) -> None:
    found = read(line, TODAY)
    assert found is None or isinstance(found.request, Unclear)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("pause yesterday", problems.PAST),
        ("pause 1 January 2020", problems.PAST),
        ("pause 0 days", problems.PAST),
        ("pause banana", problems.NO_DAY),
        ("pause 8", problems.NO_DAY),
        ("pause 400 days", problems.TOO_LONG),
        ("pause 99999 years", problems.TOO_LONG),
        ("pause from 1 December until 5 December", problems.BAD_START),
        ("pausa hasta ayer", problems.PAST),
        ("set banana", problems.NO_SETTING),
        ("set", problems.NO_SETTING),
        ("set language fr", problems.NO_LANGUAGE),
        ("set zone Atlantis", problems.NO_ZONE),
        ("set format golden", problems.NO_FORMAT),
        ("set hour 25", problems.NO_HOUR),
        ("set hour soon", problems.NO_HOUR),
        ("set receipts maybe", problems.NO_SWITCH),
        ("name", problems.NO_NAME),
        ("confirm", problems.NO_TOKEN),
        ("delete my account", problems.DELETE),
        ("forget me and my psots", problems.FORGET),
    ],
)
def test_what_is_half_understood_is_told(line: str, problem: str) -> None:
    found = read(line, TODAY)
    assert found and found.request == Unclear(problem)


@pytest.mark.parametrize(
    "line",
    ["", "Hello", "Dear all,", "hm", "what can I do here", "I do not want to leave",
     "don't unsubscribe me", "how do I leave?", "leave it to me", "join us tonight for tea",
     "my name is Ann", "same here", "break a leg", "Hasta luego", "no", "until we meet",
     "Please leave me in the group", "leave early", "unsubscribe is what I never want"],
)  # fmt: skip
def test_what_people_say_besides_is_no_command(line: str) -> None:
    assert read(line, TODAY) is None


@pytest.mark.parametrize(
    ("subject", "body", "request_"),
    [
        ("Re: join", "", Join()),
        ("Fwd: RE: [Evenings] Join", "", Join()),
        ("", "Hello,\n\nplease take me off.\n\nAnn\n", Leave()),
        ("", "> join\n", Join()),
        ("hello", "> leave\n\n-- \nAnn\n", Leave()),
        ("", "leave\njoin\n", Leave()),
        ("leave", "join", Leave()),
        ("pause", "14 days", FORTNIGHT),
        ("pausa", "hasta el 24 de diciembre", CHRISTMAS),
        ("set banana", "set digest", SetDelivery(DeliveryMode.DAILY)),
        ("", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\njoin\n", None),
        ("", "Hello\n\n-- \nleave\n", None),
    ],
)
def test_the_first_that_is_clear_counts(subject: str, body: str, request_: Request | None) -> None:
    assert asked(subject, body) == request_


def test_a_reply_speaks_in_its_own_words_only() -> None:
    body = "pause 14 days\n\nOn Mon, Ann wrote:\n> leave\n"
    assert asked("Re: join", body, In_Reply_To="<1@example.org>") == FORTNIGHT
    assert asked("", "> leave\n", In_Reply_To="<1@example.org>") is None


def test_html_alone_is_read_too() -> None:
    page = "<html><body><div>Hi,</div><p>please <b>unsubscribe</b> me</p></body></html>"
    assert asked("", page, Content_Type="text/html; charset=utf-8") == Leave()
    hidden = '<p style="display:none">forget me</p><p>join</p>'
    assert asked("", hidden, Content_Type="text/html; charset=utf-8") == Join()


@pytest.mark.parametrize("line", ["name Ann Archer", "Name: Ann", "handle archer", "nombre ann"])
def test_nobody_shows_their_own_name_by_mistake(line: str) -> None:
    found = request_in(mail(line), TODAY)
    assert found and isinstance(found.request, SetHandle)
    assert found.doubt == problems.OWN_NAME


def test_the_program_of_the_sender_tells_a_language() -> None:
    assert language_of_program(mail(Content_Language="es-ES")) is ES
    assert language_of_program(mail(Accept_Language="de-DE, en-US")) is EN
    assert language_of_program(mail(Content_Language="de")) is None
    assert language_of_program(mail()) is None


def test_every_command_that_the_page_lists_is_understood() -> None:
    page = (Path(__file__).parents[3] / "docs" / "mail.md").read_text("utf-8")
    table = page.split("| in English |")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) >= 16
    for english, spanish, _ in rows:
        one, other = (
            {type(_clear(line)) for line in re.findall("`([^`]+)`", cell)}
            for cell in (english, spanish)
        )
        assert len(one) == 1 and one == other


def _clear(line: str) -> Request:
    found = read(line, TODAY)
    assert found and not isinstance(found.request, Unclear), line
    return found.request


QUOTE = "\n\nOn Mon, 23 Nov 2026 at 18:30, Evenings <e-request@example.org> wrote:\n> Yes or no?\n"
OUTLOOK = (
    "\n\n________________________________\nFrom: Evenings <e-request@example.org>\n"
    "Sent: Monday, 23 November 2026 18:30\nTo: Ann\nSubject: Please confirm\n\nNo, stop.\n"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", Said.NOTHING),
        (QUOTE, Said.NOTHING),
        (OUTLOOK, Said.NOTHING),
        ("Sent from my iPhone" + QUOTE, Said.NOTHING),
        ("Ann Archer\n+44 20 7946 0000" + QUOTE, Said.NOTHING),
        ("-- \nNo limits\n" + QUOTE, Said.NOTHING),
        ("Thanks,\nAnn" + QUOTE, Said.NOTHING),
        ("Yes" + QUOTE, Said.YES),
        ("Sí, por favor" + QUOTE, Said.YES),
        ("Hi, ok" + OUTLOOK, Said.YES),
        ("No" + QUOTE, Said.NO),
        ("no, gracias" + QUOTE, Said.NO),
        ("That was not me" + QUOTE, Said.NO),
        ("I didn't ask for this" + QUOTE, Said.NO),
        ("Stop" + QUOTE, Said.STOP),
        ("STOP!\n\nAnn" + QUOTE, Said.STOP),
        ("parar" + QUOTE, Said.STOP),
        ("I look forward to it" + QUOTE, Said.WORDS),
        ("Who are you?" + QUOTE, Said.UNSURE),
    ],
)
def test_the_answer_to_a_question(body: str, said: Said) -> None:
    assert said_in(mail("Re: Please confirm", body)) is said
