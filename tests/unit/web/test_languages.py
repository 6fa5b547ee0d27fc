"""Which language a page speaks, and that the catalogue knows every word of it."""

import ast
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from listserv.domain.errors import Refused
from tests.fakes import World
from tests.unit.web.pages import LIST, csrf, send
from web.refusals import KNOWN, _pattern, said

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "web" / "translations"
CATALOGUE = TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po"


def language(text: str) -> str:
    return text.split('<html lang="')[1].split('"', maxsplit=1)[0]


@pytest.mark.parametrize(
    ("asks", "speaks"),
    [("es-MX,es;q=0.9,en;q=0.5", "es"), ("de,es;q=0.4", "es"), ("de", "en"), ("", "en")],
)
def test_the_browser_s_wish_counts(client: FlaskClient, asks: str, speaks: str) -> None:
    page = client.get("/", headers={"Accept-Language": asks} if asks else {})
    assert language(page.text) == speaks


def test_a_choice_counts_more_and_leads_back(client: FlaskClient) -> None:
    answer = send(client, LIST, to="/language", language="es", page=LIST)
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    page = client.get(LIST, headers={"Accept-Language": "en"})
    assert language(page.text) == "es" and "Pedir entrar" in page.text
    send(client, LIST, to="/language", language="en", page=LIST)
    assert language(client.get(LIST).text) == "en"


@pytest.mark.parametrize(
    "page", ["//evil.example", "https://evil.example/", "/\\evil.example", "/sign-out", "/no", ""]
)
def test_it_never_leads_elsewhere(client: FlaskClient, page: str) -> None:
    answer = send(client, "/", to="/language", language="es", page=page)
    assert answer.headers["Location"] == "/"


def test_a_language_that_is_none_changes_nothing(client: FlaskClient) -> None:
    send(client, "/", to="/language", language="<script>", page="/")
    assert language(client.get("/").text) == "en"


def test_a_member_s_own_language_counts_most(ann: FlaskClient) -> None:
    send(ann, "/me/settings", to="/me/settings/language", language="es")
    page = ann.get("/me", headers={"Accept-Language": "en"})
    assert language(page.text) == "es" and "Mis grupos" in page.text


def test_errors_speak_too(client: FlaskClient) -> None:
    wish = {"Accept-Language": "es"}
    assert "Aquí no hay nada" in client.get("/nope", headers=wish).text
    token = csrf(client.get(LIST, headers=wish))
    answer = client.post(LIST, data={"email": "x", "csrf_token": token}, headers=wish)
    assert answer.status_code == 400 and "no es una dirección" in answer.text


@pytest.mark.parametrize(
    ("at", "english", "spanish"),
    [
        (datetime(2026, 3, 1, 9, 5, tzinfo=UTC), "today at 9:05 (UTC)", "hoy, 9:05 h (UTC)"),
        (datetime(2026, 2, 28, 23, 0, tzinfo=UTC), "yesterday at 23:00 (UTC)", "ayer, 23:00 h"),
        (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), "tomorrow at 1:00 (UTC)", "mañana, 1:00 h"),
        (datetime(2026, 5, 9, 1, 0, tzinfo=UTC), "on May 9 at 1:00", "el 9 de mayo, 1:00"),
        (datetime(2024, 5, 9, 1, 0, tzinfo=UTC), "on May 9, 2024", "el 9 de mayo de 2024"),
    ],
)
def test_times_are_words(app: Flask, at: datetime, english: str, spanish: str) -> None:
    when = app.jinja_env.filters["when"]
    for tongue, words in (("en", english), ("es", spanish)):
        with app.test_request_context(headers={"Accept-Language": tongue}):
            assert words in when(at)


def extracted() -> set[object]:
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT / "web", methods, options)
    return {message for _, _, message, _, _ in found}


def test_the_catalogue_knows_every_word_and_no_other() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="es", abort_invalid=True)
    assert {message.id for message in catalogue if message.id} == extracted()
    for message in catalogue:
        if message.id:
            words = [message.string] if isinstance(message.string, str) else message.string or []
            assert words and all(words), message.id
            assert not message.fuzzy, message.id
            assert not [str(problem) for problem in message.check(catalogue)]


def test_the_compiled_catalogue_is_this_one() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="es")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    assert compiled.getvalue() == CATALOGUE.with_suffix(".mo").read_bytes()


def refusals(path: Path) -> list[str]:
    """The texts that a module refuses with; a value within one becomes "1"."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else None
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Refused":
            text = call.args[0]
            options = [text.body, text.orelse] if isinstance(text, ast.IfExp) else [text]
            found += [_plain(constants.get(getattr(o, "id", ""), o)) for o in options]
    return found


def _plain(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_plain(part) for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) else "1"


# What pages call, and what these call in turn, as far as it refuses in words for members.
SPEAK = [
    "domain/address.py",
    "domain/handle.py",
    "domain/life.py",
    "domain/request.py",
    "services/apply_change.py",
    "services/ask_to_join.py",
    "services/change_address.py",
    "services/change_person.py",
    "services/choose_handle.py",
    "services/note_member.py",
    "services/notice_texts.py",
]


@pytest.mark.parametrize("name", SPEAK)
def test_what_services_refuse_can_be_said_in_spanish(name: str) -> None:
    texts = refusals(ROOT / "listserv" / name)
    assert texts
    unknown = [text for text in texts if not any(_pattern(k).fullmatch(text) for k in KNOWN)]
    assert unknown == []


def test_a_refusal_with_a_value_is_translated(app: Flask, world: World) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        assert said(Refused("A handle has 2 to 40 letters.")) == "Un nombre tiene de 2 a 40 letras."
        assert said(Refused("Nobody translated this.")) == "Nobody translated this."
