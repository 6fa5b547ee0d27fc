"""Our own mail: plain words, the same in both languages, and nothing that acts for its reader."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, meta

from listserv.domain.language import Language
from listserv.domain.request import Request, Unclear
from listserv.mail import problems
from listserv.mail.commands.read import read
from listserv.mail.notices import fill, placeholders_in, render
from tests.golden.notices.samples import (
    CHANGES,
    NOTICES,
    OF_NO_LIST,
    RECIPIENT,
    TEMPLATES,
    TOKEN,
    cases,
    change,
    values_of,
)
from tests.reading import english_grade, spanish_ease, too_hard

PAGES = ("confirm", "sign-in", "held", "requests")
TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[3]
BOTH = {"subject.txt", "body.txt", "subject.es.txt", "body.es.txt"}
# Where a member can be refused by mail.
REFUSING = (
    "listserv/domain/handle.py",
    "listserv/domain/life.py",
    "listserv/domain/request.py",
    "listserv/services/apply_change.py",
    "listserv/services/choose_handle.py",
)

each_case = pytest.mark.parametrize(("notice", "language"), cases())
each_language = pytest.mark.parametrize("language", Language)


def body(notice: str, language: Language, **more: str) -> str:
    return render(notice, language, **values_of(notice, language) | more).body


def as_prose(text: str) -> str:
    """The words of a notice; links and addresses are one word, and paragraphs end."""
    words = re.sub(r"https?://\S+|\S+@\S+", "it", text)
    return re.sub(r"(?<=[^.:?!\s])\n\n", ".\n\n", words)


@pytest.mark.parametrize("notice", NOTICES)
def test_each_notice_is_there_in_both_languages(notice: str) -> None:
    assert {file.name for file in (TEMPLATES / notice).iterdir()} >= BOTH


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("part", ["subject", "body"])
def test_both_languages_say_the_same_things(notice: str, part: str) -> None:
    english, spanish = (_names(notice, f"{part}{end}.txt") for end in ("", ".es"))
    assert english == spanish


@each_language
def test_a_missing_value_is_not_passed_over(language: Language) -> None:
    values = values_of("welcome", language)
    del values["handle"]
    with pytest.raises(UndefinedError):
        render("welcome", language, **values)


@each_case
def test_it_is_easy_to_read(notice: str, language: Language) -> None:
    text = as_prose(body(notice, language))
    assert len(text.split()) < 40 or not too_hard(text, language)


def test_the_measures_tell_easy_from_hard() -> None:
    assert english_grade("The cat sat on the mat. It was warm there.") < 3
    assert english_grade("Notwithstanding organisational considerations, authentication "
                         "necessitates immediate administrative intervention.") > 15  # fmt: skip
    assert spanish_ease("El gato está en la casa. Hace sol.") > 90
    assert spanish_ease("Las administraciones correspondientes facilitarán procedimientos "
                        "extraordinarios de identificación personalizada.") < 50  # fmt: skip


@each_case
def test_it_fits_a_screen_and_is_calm(notice: str, language: Language) -> None:
    text = body(notice, language)
    assert len(text.splitlines()) <= 32
    assert max(map(len, text.splitlines())) <= 96
    assert "!" not in text and "¡" not in text
    assert "\n\n\n" not in text


@each_case
def test_nothing_in_it_acts_for_its_reader_but_the_page_that_asks(
    notice: str, language: Language
) -> None:
    whole = render(notice, language, **values_of(notice, language))
    assert RECIPIENT not in whole.body
    lines = [line for line in whole.body.splitlines() if TOKEN in line]
    assert all(line.endswith(tuple(f"/{page}/{TOKEN}" for page in PAGES)) for line in lines)
    assert len(lines) <= 1
    assert TOKEN not in whole.subject and "123456" not in whole.subject


@each_case
def test_its_subject_is_no_command(notice: str, language: Language) -> None:
    """People answer, and their programs repeat the subject."""
    found = read(render(notice, language, **values_of(notice, language)).subject, TODAY)
    assert found is None or isinstance(found.request, Unclear)


@each_case
def test_below_it_stand_the_ways_out_and_the_line_for_a_crisis(
    notice: str, language: Language
) -> None:
    text = body(notice, language)
    below = text.partition("\n-- \n")[2]
    if notice in OF_NO_LIST:
        assert below == ""
        return
    assert 2 <= len(below.splitlines()) <= 4
    assert "evenings-help@example.org" in below and "evenings-owner@example.org" in below
    assert below.endswith("In a crisis, call 112.\n")


@each_language
@pytest.mark.parametrize("notice", ["confirm_change", "changed"])
@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_named(name: str, notice: str, language: Language) -> None:
    others = [body(notice, language, **change(other)) for other in CHANGES if other != name]
    mine = body(notice, language, **change(name))
    assert mine not in others
    assert not re.search(r":\n\n(?:\n|Was it|¿Fuiste|Your name|Tu nombre)", mine)


@each_language
def test_what_can_be_written_as_a_notice_says_is_understood(language: Language) -> None:
    lines = body("help", language).splitlines()
    commands = [re.split(r" {2,}", line)[0] for line in lines if re.search(r"\S {2,}\S", line)]
    assert len(commands) == 7
    requests = [found.request for line in commands if (found := read(line, TODAY))]
    assert len(set(requests)) == 7
    assert not any(isinstance(request, Unclear) for request in requests)


@each_case
def test_the_word_to_reply_with_is_understood(notice: str, language: Language) -> None:
    """It stands alone below a colon."""
    text = body(notice, language).partition("\n-- \n")[0]
    for line in re.findall(r":\n(\w[\w ]{0,40})$", text, re.MULTILINE):
        request: Request | None = found.request if (found := read(line, TODAY)) else None
        assert request is not None and not isinstance(request, Unclear), line


@each_language
def test_a_break_has_an_end_or_none(language: Language) -> None:
    assert "24" in body("paused", language)
    assert "24" not in body("paused", language, until="")


@each_language
@pytest.mark.parametrize("notice", ["confirm_forget", "forgotten"])
def test_whether_posts_are_erased_is_said(notice: str, language: Language) -> None:
    assert body(notice, language) != body(notice, language, posts="yes")


def test_problems_are_told_in_the_language_of_the_reader() -> None:
    assert problems.PAST in body("unclear", Language.ENGLISH, problem=problems.PAST)
    spanish = body("unclear", Language.SPANISH, problem=problems.PAST)
    assert problems.PAST not in spanish and "pausa 14 días" in spanish


def test_every_problem_has_spanish_words() -> None:
    ours = {value for name, value in vars(problems).items() if name.isupper() and name[0] != "_"}
    refusals = {words for path in REFUSING for words in _refusals(ROOT / path)}
    assert len(ours) >= 14 and len(refusals) >= 6
    for problem in ours | refusals:
        assert problems.in_language(problem, Language.SPANISH) != problem
        assert problems.in_language(problem, Language.ENGLISH) == problem


def test_the_owners_own_words_stand_in_for_ours_above_our_footer() -> None:
    values = values_of("welcome", Language.ENGLISH)
    own = "Hi {handle}. Write to {list_address}. {{ 7 * 7 }} {handle.__class__} {unknown}"
    text = render("welcome", Language.ENGLISH, own, **values)
    assert text.subject == "Welcome to Evenings"
    assert text.body.startswith(
        "Hi Quiet Otter. Write to evenings@example.org. {{ 7 * 7 }} {handle.__class__} {unknown}\n"
        "\n-- \nTo leave, write to"
    )


def test_what_a_value_holds_is_not_filled_again() -> None:
    assert fill("{handle}", {"handle": "{secret}", "secret": "x"}) == "{secret}"
    found = placeholders_in("a {handle} b { no } {Two} {until}{x.y} {}")
    assert found == ["handle", " no ", "Two", "until", "x.y"]


def _names(notice: str, file: str) -> set[str]:
    text = (TEMPLATES / notice / file).read_text("utf-8")
    parsed = Environment(autoescape=True).parse(text)
    included = {
        name
        for other in meta.find_referenced_templates(parsed)
        if other
        for name in _names(*other.split("/"))
    }
    return meta.find_undeclared_variables(parsed) | included


def _refusals(path: Path) -> list[str]:
    """The sentences that `raise Refused(…)` is given, as far as they are plain text."""
    tree = ast.parse(path.read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "Refused"
        and isinstance(call.args[0], ast.Constant)
    ]
