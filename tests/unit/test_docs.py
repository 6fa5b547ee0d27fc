"""The pages say what is so: commands, settings, files and links that they name exist."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from listserv.cli import quietlist
from listserv.domain.list_settings import PRESETS, SCHEMA, as_text
from listserv.domain.routing import OPERATOR_NAMES, WORDS
from listserv.settings import Settings, read_settings, variable
from tests.fakes import World
from web.app import create_app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
SETTINGS_PAGE = ROOT / "docs" / "settings.md"

# Set by the supervisor for its workers, and named so that nobody wonders.
NOT_A_SETTING = {"QUIETLIST_LEASE"}

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# At the start of a line of code, or where a shell would run it.
_COMMAND = re.compile(
    r"(?:^\s*|\bsudo -u quietlist |bin/|; )quietlist ((?![-/])[^|;&<>#)'\n]+)", re.MULTILINE
)
_PATH = re.compile(
    r"^(?:listserv|smtp_gateway|web|workers|tests|docs|bench|requirements)/[\w./-]*$"
)

every_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)


def code_of(page: Path) -> Iterator[str]:
    """Each fenced block and each code span."""
    text = page.read_text("utf-8")
    for _, block in _FENCE.findall(text):
        yield block.replace("\\\n", " ")
    yield from _SPAN.findall(_FENCE.sub("", text))


def blocks_of(page: Path, language: str) -> list[str]:
    return [block for name, block in _FENCE.findall(page.read_text("utf-8")) if name == language]


def commands_of(page: Path) -> list[str]:
    """Everything after `quietlist` that is written as code."""
    return [line.strip() for code in code_of(page) for line in _COMMAND.findall(code)]


def rows_of(page: Path, first: str) -> list[list[str]]:
    """The cells of the table whose first heading is `first`."""
    lines = page.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def plain(cell: str) -> str:
    """A cell as it is in the code: without backticks; "empty" is nothing."""
    text = cell.strip("` ")
    return "" if text == "empty" else text


def wrong_in(words: list[str]) -> str:
    """What of a command line does not exist, or nothing."""
    command: click.Command = quietlist
    context = click.Context(quietlist)
    for word in words:
        if word.startswith("--"):
            known = {option for one in command.params for option in one.opts} | {"--help"}
            if word.partition("=")[0] not in known:
                return f"{command.name} has no option {word}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return f"{command.name} has no command {word}"
            command = found
    return f"{command.name} needs a command" if isinstance(command, click.Group) else ""


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return kept.strip().replace(" ", "-")


def test_the_pages_are_found() -> None:
    expected = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/flow.md"}
    expected |= {"docs/threat-model.md", "docs/operations.md", "docs/settings.md"}
    assert expected <= set(NAMES)


def test_every_variable_is_listed_with_its_default() -> None:
    listed = {
        plain(name): plain(default) for name, default, _ in rows_of(SETTINGS_PAGE, "variable")
    }
    assert listed == {variable(f.name): str(f.default) for f in fields(Settings)}


def test_every_list_setting_is_listed_with_its_values_and_defaults() -> None:
    presets = ("discussion", "peer-support", "announcement")
    assert set(presets) == set(PRESETS)
    head = SETTINGS_PAGE.read_text("utf-8")
    assert "| setting | values | `discussion` | `peer-support` | `announcement` | meaning |" in head
    listed = {plain(name): cells for name, *cells in rows_of(SETTINGS_PAGE, "setting")}
    assert set(listed) == {setting.name for setting in SCHEMA}
    for setting in SCHEMA:
        values, *defaults, meaning = listed[setting.name]
        assert values == setting.values
        assert meaning
        unset = "the title" if setting.name == "outer_name" else ""
        wanted = [as_text(PRESETS[name])[setting.name] or unset for name in presets]
        assert [plain(default) for default in defaults] == wanted


@every_page
def test_every_variable_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"QUIETLIST_[A-Z_]+", page.read_text("utf-8")))
    assert named <= {variable(f.name) for f in fields(Settings)} | NOT_A_SETTING


@every_page
def test_every_command_that_is_named_exists(page: Path) -> None:
    wrong = {line: wrong_in(line.split()) for line in commands_of(page)}
    assert not {line: words for line, words in wrong.items() if words}


@pytest.mark.parametrize("line", ["tidy", "list tidy", "status --colour", "keys"])
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    assert wrong_in(line.split())


def test_the_readme_names_every_command() -> None:
    named = {" ".join(line.split()[:2]) for line in commands_of(ROOT / "README.md")}
    assert {line for line in _all_commands() if line not in named} == set()


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


@every_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    named = [span for span in _SPAN.findall(text) if _PATH.match(span)]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "docs/operations.md"])
def test_the_example_of_a_configuration_is_accepted(name: str) -> None:
    (example,) = [b for b in blocks_of(ROOT / name, "ini") if b.startswith("QUIETLIST_")]
    pairs = dict(line.split("=", 1) for line in example.splitlines())
    settings = read_settings(pairs)
    assert settings.smtp is None
    assert settings.lmtp is not None
    assert not settings.outbox_shown
    assert settings.keys_file
    assert not settings.keys_file.is_relative_to(settings.data)


def test_addresses_and_pages_that_are_listed_are_all_there_are(world: World) -> None:
    page = ROOT / "docs" / "operations.md"
    addresses = " ".join(cells[0] for cells in rows_of(page, "address"))
    words = set(re.findall(r"group-([a-z]+)", addresses))
    assert words == {word for word, command in WORDS.items() if command}
    assert {f"`{name}@`" for name in OPERATOR_NAMES} <= set(addresses.replace(",", "").split())
    rules = create_app(Settings(), world.kit).url_map.iter_rules()
    listed = set(_SPAN.findall(" ".join(cells[0] for cells in rows_of(page, "page"))))
    served = {re.sub("<(?:int:)?([a-z]+)>", lambda m: m[1].upper(), str(r)) for r in rules}
    inner = {path for path in served if path.startswith(("/static/", "/outbox/"))}
    assert listed == served - inner


def test_words_of_the_log_are_the_log_s() -> None:
    (line,) = re.findall(
        r"^.*Words worth an alarm: (.*)$", (ROOT / "docs/operations.md").read_text(), re.MULTILINE
    )
    folders = ("listserv", "smtp_gateway", "web", "workers")
    code = "".join(file.read_text() for name in folders for file in (ROOT / name).rglob("*.py"))
    words = _SPAN.findall(line)
    assert len(words) >= 5
    assert [word for word in words if f'"{word}"' not in code] == []


def test_decisions_are_numbered_and_say_the_four_things() -> None:
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [file.name[:3] for file in found] == [f"{n:03}" for n in range(1, len(found) + 1)]
    for file in found:
        title, *parts = _HEADING.findall(file.read_text("utf-8"))
        assert title.startswith(file.name[:3])
        assert parts == ["Context", "Choice", "Turned down", "What follows"]


@every_page
def test_pages_are_calm(page: Path) -> None:
    prose = _SPAN.sub("", _FENCE.sub("", page.read_text("utf-8")))
    assert not re.search(r"[A-Za-z]!", prose)
    people = set(re.findall(r"[\w.+-]+@([\w.-]+\.\w+)", page.read_text("utf-8")))
    assert all(re.search(r"(^|\.)example\.(org|net|com)$", domain) for domain in people)


def _anchors(page: Path) -> set[str]:
    return {slug(heading) for heading in _HEADING.findall(_FENCE.sub("", page.read_text("utf-8")))}


def _all_commands() -> Iterator[str]:
    context = click.Context(quietlist)
    for name in quietlist.list_commands(context):
        command = quietlist.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from (f"{name} {inner}" for inner in command.list_commands(context))
        elif not command.hidden:
            yield name
