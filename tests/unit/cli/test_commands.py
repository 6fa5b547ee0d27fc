"""The command line, run in process over a real database."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from listserv.cli import main

ANN = "ann@example.net"


class Result:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> object:
        return json.loads(self.out)


class Runner:
    """Runs `quietlist WORDS` as the console script does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def __call__(self, *words: str) -> Result:
        self._monkeypatch.setattr(sys, "argv", ["quietlist", *words])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self._capfd.readouterr()
        return Result(code, out, err)


@pytest.fixture(autouse=True)
def our_own_umask() -> Iterator[None]:
    """`main` narrows its process; this one goes on to run the tests of other files."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Runner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIETLIST_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("QUIETLIST_REDIS_URL", "redis://127.0.0.1:1/0")
    runner = Runner(monkeypatch, capfd)
    assert runner("db", "upgrade").code == 0
    return runner


@pytest.fixture
def group(run: Runner) -> str:
    assert run("list", "create", "group@example.org", "--title", "Quiet evenings").code == 0
    return "group@example.org"


def test_a_list_is_made_shown_and_changed(run: Runner, group: str) -> None:
    assert run("list", "names", "--json").json == [group]
    assert run("list", "set", group, "join=invite", "keep_posts=forever").code == 0
    said = run("list", "set", group, "keep_posts=90", "join=invite")
    assert said.out == "keep_posts=90 (was forever)\njoin=invite (as before)\n"
    assert "weekly digests" in run("list", "set", group, "keep_posts=7", "--json").err
    assert run("list", "set", group, "keep_posts=8").err == ""
    assert run("list", "set", group, "keep_posts=forever").err == ""
    shown = run("list", "show", group, "--json").json
    assert isinstance(shown, dict)
    assert shown["title"] == "Quiet evenings"
    assert shown["number"] == 1
    assert shown["settings"]["join"] == "invite"
    assert shown["settings"]["keep_posts"] == "forever"
    assert shown["settings"]["outer_name"] == "Quiet evenings"


def test_a_preset_is_chosen(run: Runner) -> None:
    made = run("list", "create", "p@example.org", "--preset", "peer-support", "--json").json
    assert isinstance(made, dict) and made["settings"]["moderate"] == "first:3"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("list", "show", "nope@example.org"), 1, "There is no list"),
        (("list", "create", "group@example.org"), 1, "already"),
        (("list", "create", "group-join@example.org"), 1, "must not end in -join"),
        (("list", "set", "group@example.org", "join=maybe"), 1, "join takes one of"),
        (("list", "set", "group@example.org", "join"), 2, "NAME=VALUE"),
        (("list", "set", "group@example.org", "Modrate=all"), 1, "Did you mean moderate?"),
        (("list", "set", "group@example.org", "tea=all"), 1, "The settings are: join, outer_name"),
        (("list", "create"), 2, "Missing argument"),
        (("nonsense",), 2, "No such command"),
        (("member", "add", "group@example.org"), 2, "at least one address"),
        (("member", "add", "group@example.org", "nonsense"), 1, "not an email address"),
        (("member", "remove", "group@example.org", "Nobody"), 1, "could not be removed"),
        (("member", "set", "group@example.org", "x@y.org", "role=king"), 1, "role takes one of"),
        (("member", "set", "group@example.org", "x@y.org", "delivry=each"), 1, "mean delivery?"),
        (("member", "reveal", "group@example.org", "Nobody", "--reason", "why not"), 1, "handle"),
        (("held", "approve", "group@example.org", "7"), 1, "No post 7 waits"),
        (("held", "discard", "group@example.org", ""), 2, "`quietlist held list ADDRESS` prints"),
        (("quarantine", "show", "x"), 1, "no such mail"),
        (("post", "submit", "/nonexistent"), 1, "cannot be read"),
    ],
)
def test_errors_are_one_plain_line(
    run: Runner, group: str, words: tuple[str, ...], code: int, says: str
) -> None:
    result = run(*words)
    assert result.code == code
    assert says in result.err and "Traceback" not in result.err
    if code == 1:
        assert result.err.count("\n") == 1


def test_members_are_listed_by_handle_only(run: Runner, group: str) -> None:
    added = run("member", "add", group, ANN, "--handle", "Quiet Otter", "--role", "moderator")
    assert added.code == 0 and "ann" not in added.out
    assert run("member", "list", group, "--json").json == [
        {"handle": "Quiet Otter", "state": "active", "delivery": "each", "role": "moderator"}
    ]


def test_a_person_sees_what_the_columns_of_members_are(
    run: Runner, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("member", "add", group, ANN, "--handle", "Quiet Otter").code == 0
    (row,) = run("member", "list", group).out.splitlines()
    monkeypatch.setattr("listserv.cli.member.on_terminal", lambda: True)
    head, same = run("member", "list", group).out.splitlines()
    assert same == row
    assert head.split() == ["handle", "state", "delivery", "role"]
    assert head.index("role") == row.index("member")


def test_members_come_from_a_file(run: Runner, group: str, tmp_path: Path) -> None:
    (tmp_path / "people").write_text("a@example.net\n\n# a comment\nb@example.net\n")
    (tmp_path / "people.csv").write_text(
        "email,handle,delivery\nc@example.net,Brave Elk,daily\nd@example.net,,\nbad,,\n"
    )
    assert run("member", "add", group, "--file", "people").code == 0
    result = run("member", "add", group, "--file", "people.csv", "--json")
    assert result.code == 1 and "Line 4" in result.err
    rows = run("member", "list", group, "--json").json
    assert isinstance(rows, list) and len(rows) == 4
    assert {"handle": "Brave Elk", "state": "active", "delivery": "daily", "role": "member"} in rows


def test_a_file_with_an_unknown_delivery_adds_nobody(
    run: Runner, group: str, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("email,delivery\na@example.net,each\nb@x.org,often\n")
    assert "Line 3" in run("member", "add", group, "--file", "people.csv").err
    assert run("member", "list", group, "--json").json == []


def test_a_spreadsheet_may_write_semicolons_capitals_and_empty_rows(
    run: Runner, group: str, tmp_path: Path
) -> None:
    text = (
        "\ufeffEmail;Handle;Delivery\r\na@example.net;Brave Elk;Daily\r\n;;\r\nbad;;\r\nworse;;\r\n"
    )
    (tmp_path / "people.csv").write_text(text)
    result = run("member", "add", group, "--file", "people.csv")
    assert (
        result.out.startswith("1 added") and "Line 4: " in result.out and "Line 5: " in result.out
    )
    assert "2 could not be added. Line 4" in result.err
    assert run("member", "list", group, "--json").json == [
        {"handle": "Brave Elk", "state": "active", "delivery": "daily", "role": "member"}
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,mail\nPia,pia@example.net\n", "email,handle,delivery"),
        ("email,handle\njosé@example.net,José\n".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_understood_is_told_with_the_cure(
    run: Runner, group: str, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "people.csv").write_bytes(content)
    result = run("member", "add", group, "--file", "people.csv")
    assert result.code == 1 and words in result.err


def test_an_invitation_to_no_address_names_its_line(
    run: Runner, group: str, tmp_path: Path
) -> None:
    (tmp_path / "people").write_text("a@example.net\n\nnonsense\n")
    result = run("member", "invite", group, "--file", "people")
    assert result.code == 1 and "Line 3" in result.err and "Nobody was invited" in result.err
    assert run("member", "invite", group, ANN).out == "Invitations on their way: 1.\n"


def test_a_member_is_changed_revealed_and_removed(run: Runner, group: str) -> None:
    run("member", "add", group, ANN, "--handle", "Quiet Otter")
    assert "delivery=none" in run("member", "set", group, "quiet otter", "delivery=none").out
    changed = run("member", "set", group, "Quiet Otter", "hour=9", "format=plain").out
    assert "hour=9" in changed and "format=plain" in changed
    revealed = run("member", "reveal", group, "Quiet Otter", "--reason", "a court order")
    assert revealed.out.strip() == ANN
    assert run("member", "remove", group, ANN).out == "1 removed.\n"
    assert run("member", "list", group, "--json").json == []


def test_an_envelope_sender_that_is_no_address_is_refused(
    run: Runner, group: str, tmp_path: Path
) -> None:
    (tmp_path / "mail").write_text(f"From: {ANN}\nTo: {group}\n\nGood morning.\n")
    refused = run("post", "submit", "mail", "--from", "nonsense")
    assert refused.code == 1 and "not an email address" in refused.err


def test_a_post_is_handed_in_held_and_approved(run: Runner, group: str, tmp_path: Path) -> None:
    run("list", "set", group, "sender_proof=hold")
    run("member", "add", group, ANN)
    (tmp_path / "mail").write_text(
        f"From: {ANN}\nTo: {group}\nSubject: Hello\nMessage-ID: <1@x>\n\nGood morning.\n"
    )
    result = run("post", "submit", "mail", "--json").json
    assert isinstance(result, list) and result[0]["result"] == "held"
    waiting = run("held", "list", group, "--json").json
    assert isinstance(waiting, list) and waiting[0]["reason"] == "unproven"
    assert run("held", "approve", group, str(waiting[0]["id"])).code == 0
    status = run("status", "--json").json
    assert isinstance(status, dict)
    assert (status["inbound"], status["held"], status["redis"]) == (1, 0, "down")
    assert status["deliveries"]["pending"] == 0


def test_a_refused_post_is_an_error(run: Runner, group: str, tmp_path: Path) -> None:
    run("list", "set", group, "sender_proof=off")
    (tmp_path / "mail").write_text(f"From: eve@example.com\nTo: {group}\n\nHello.\n")
    result = run("post", "submit", "mail")
    assert result.code == 1 and "members only" in result.err


def test_secrets_are_masked(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLIST_SECRET_KEYS", "s" * 40)
    result = run("settings")
    assert "QUIETLIST_SECRET_KEYS=(set, not shown)" in result.out and "s" * 40 not in result.out


def test_keys_are_added_and_rotated(run: Runner, group: str) -> None:
    run("member", "add", group, ANN, "--handle", "Quiet Otter")
    assert len(run("keys", "new").out.strip()) == 64
    assert run("keys", "add").code == 0
    assert "1 of 1 sealed anew" in run("keys", "rotate").out
    assert "0 of 0 sealed anew" in run("keys", "rotate").out
    found = run("member", "reveal", group, "Quiet Otter", "--reason", "a test of keys")
    assert found.out.strip() == ANN


def test_the_demo_list_is_made_once(run: Runner) -> None:
    assert "3 members" in run("demo").out
    again = run("demo").out
    assert "members" not in again and "write as ann@example.org" in again
    assert run("list", "names", "--json").json == ["demo@lists.example.org"]


def test_the_doctor_says_what_to_do(run: Runner) -> None:
    result = run("doctor", "--json")
    findings = json.loads(result.out)
    levels = {finding["check"]: finding["level"] for finding in findings}
    assert levels["database"] == "ok"
    assert levels["redis"] == "error"
    assert levels["keys"] == levels["relay"] == levels["postmaster"] == "warning"
    assert all(finding["words"].endswith((".", '"')) for finding in findings)
    assert result.code == 1


def test_help_names_every_command(run: Runner) -> None:
    words = run("--help").out
    for name in ("up", "gateway", "web", "worker", "scheduler", "list", "member", "post", "keys"):
        assert f"\n  {name} " in words


def test_dkim_keys_are_made_shown_and_removed(run: Runner, group: str) -> None:
    domain = group.partition("@")[2]
    result = run("dkim", "create", domain, "--algorithm", "both")
    made = result.out
    assert result.err == ""
    assert f"quietlist-rsa._domainkey.{domain}. IN TXT" in made
    assert f"quietlist-ed25519._domainkey.{domain}. IN TXT" in made
    in_strings = re.findall('"([^"]*)"', made)
    assert all(len(string) <= 255 for string in in_strings)
    shown = run("dkim", "show", domain, "--json").json
    assert isinstance(shown, list)
    assert [row["algorithm"] for row in shown] == ["rsa", "ed25519"]
    assert "".join(row["txt"] for row in shown) == "".join(in_strings)
    for row in shown:  # as a form takes it: apart, and without quotes
        assert f"\nName:  {row['name']}\nValue: {row['txt']}\n" in made
    assert "already" in run("dkim", "create", domain, "--selector", "quietlist-rsa").err
    assert run("keys", "add").code == 0
    assert "2 of 2 sealed anew" in run("keys", "rotate").out
    for row in shown:
        assert run("dkim", "remove", domain, "--selector", row["selector"]).code == 0
    assert "no key" in run("dkim", "remove", domain, "--selector", "quietlist-rsa").err
    assert "not signed" in run("dkim", "show", domain).out


def test_a_dkim_key_for_a_domain_without_lists_is_made_and_told(run: Runner, group: str) -> None:
    made = run("dkim", "create", "Lists.exmaple.org", "--algorithm", "ed25519")
    assert made.code == 0 and "quietlist._domainkey.lists.exmaple.org. IN TXT" in made.out
    assert "no list has an address at lists.exmaple.org" in made.err


def test_a_selector_that_is_no_label_is_refused(run: Runner, group: str) -> None:
    refused = run("dkim", "create", "example.org", "--selector", "a b", "--algorithm", "ed25519")
    assert "selector" in refused.err and refused.code == 1
