"""Wrong settings and wrong commands are answered in one plain line that says what to do."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import MakeStack
from tests.stack import GROUP, Machine, Stack, free_port, machine_folder, stack

NOBODY_THERE = "postgresql+psycopg://quietlist:hidden-word@127.0.0.1:1/quietlist"


def _one_plain_line(text: str) -> str:
    """The line. No traceback, no exception's name of a library, nothing of a password."""
    assert text.count("\n") == 1, text
    for word in ("Traceback", "hidden-word", 'File "', "sqlalchemy", "psycopg."):
        assert word not in text
    return text


SETTINGS = [
    ("relay_url", "smtp://ann:hidden-word@127.0.0.1:25", "settings", "QUIETLIST_RELAY_URL"),
    ("relay_url", "ftp://127.0.0.1", "settings", "QUIETLIST_RELAY_URL"),
    ("relay_url", "smtp://127.0.0.1:port", "settings", "QUIETLIST_RELAY_URL"),
    ("redis_url", "http://127.0.0.1", "settings", "QUIETLIST_REDIS_URL"),
    ("base_url", "lists.example.org", "settings", "QUIETLIST_BASE_URL"),
    ("smtp_listen", "127.0.0.1", "settings", "QUIETLIST_SMTP_LISTEN"),
    ("smtp_listen", "127.0.0.1:99999", "settings", "QUIETLIST_SMTP_LISTEN"),
    ("lmtp_listen", "lmtp", "settings", "QUIETLIST_LMTP_LISTEN"),
    ("web_listen", "/run/web.sock", "settings", "QUIETLIST_WEB_LISTEN"),
    ("workers", "0", "settings", "QUIETLIST_WORKERS"),
    ("workers", "many", "settings", "QUIETLIST_WORKERS"),
    ("trusted_clients", "the office", "settings", "QUIETLIST_TRUSTED_CLIENTS"),
    ("trusted_proxies", "10.0.0.0/99", "settings", "QUIETLIST_TRUSTED_PROXIES"),
    ("postmaster", "somebody", "settings", "address"),
    ("max_message_size", "25 MiB", "settings", "QUIETLIST_MAX_MESSAGE_SIZE"),
    ("log_level", "chatty", "settings", "QUIETLIST_LOG_LEVEL"),
    ("database_url", "a file somewhere", "db upgrade", "QUIETLIST_DATABASE_URL"),
    ("database_url", "oracle://127.0.0.1/x", "db upgrade", "QUIETLIST_DATABASE_URL"),
    ("database_url", NOBODY_THERE, "db upgrade", "database"),
    ("database_url", NOBODY_THERE, "list names", "database"),
    ("database_url", NOBODY_THERE, "status", "database"),
    ("data_dir", "/dev/null/quietlist", "db upgrade", "/dev/null/quietlist"),
    ("data_dir", "/dev/null/quietlist", "up", "/dev/null/quietlist"),
    ("data_dir", "/proc/quietlist", "list names", "/proc/quietlist"),
]


@pytest.mark.parametrize(("name", "value", "command", "words"), SETTINGS)
def test_a_wrong_setting_is_told_in_one_line(
    folder: Path, name: str, value: str, command: str, words: str
) -> None:
    machine = Machine(folder, {"smtp_listen": f"127.0.0.1:{free_port()}", name: value})
    done = machine.run(*command.split())
    assert done.returncode == 1, done.stderr
    assert words in _one_plain_line(done.stderr)
    assert machine.processes() == {}


KEYS = [
    ("short", "QUIETLIST_SECRET_KEYS"),
    ("file:/nowhere/keys", "/nowhere/keys"),
    ("file:/dev/null", "There is no key in /dev/null."),
]


@pytest.mark.parametrize(("value", "words"), KEYS)
def test_wrong_keys_are_told_in_one_line(folder: Path, value: str, words: str) -> None:
    machine = Machine(folder)
    machine.quietlist("db", "upgrade")
    machine.settings["secret_keys"] = value
    done = machine.run("list", "names")
    assert done.returncode == 1
    assert words in _one_plain_line(done.stderr)


def test_a_setting_with_a_typing_error_is_told_once_by_what_starts(folder: Path) -> None:
    machine = Machine(folder, {"relay_ulr": "x", "tls_certificate": "/nowhere/cert.pem"})
    machine.quietlist("db", "upgrade")
    for command in ("gateway", "up", "settings"):
        done = machine.run(command)
        assert done.stderr.count("Did you mean QUIETLIST_RELAY_URL?") == 1, done.stderr


def test_a_part_alone_says_the_same(folder: Path) -> None:
    machine = Machine(folder, {"tls_certificate": "/nowhere/cert.pem"})
    machine.quietlist("db", "upgrade")
    done = machine.run("gateway")
    assert done.returncode == 1
    assert "QUIETLIST_TLS_CERTIFICATE" in _one_plain_line(done.stderr)


@pytest.mark.parametrize("name", ["smtp_listen", "web_listen", "lmtp_listen"])
def test_a_port_that_is_taken_is_named(make_stack: MakeStack, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        house = make_stack(**{name: f"127.0.0.1:{port}"})
        done = house.run("up")
    assert done.returncode == 1
    line = _one_plain_line(done.stderr)
    assert str(port) in line and f"QUIETLIST_{name.upper()}" in line
    assert house.processes() == {}


def test_up_ends_when_a_part_cannot_accept_its_settings(make_stack: MakeStack) -> None:
    house = make_stack(tls_certificate="/nowhere/cert.pem")
    done = house.run("up")
    assert done.returncode == 1
    assert "QUIETLIST_TLS_CERTIFICATE" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert house.processes() == {}


def test_a_file_that_is_no_database_is_told(folder: Path) -> None:
    machine = Machine(folder)
    machine.data.mkdir(0o700)
    (machine.data / "quietlist.db").write_bytes(b"a letter to my aunt\n" * 1000)
    for command in (["db", "upgrade"], ["list", "names"]):
        done = machine.run(*command)
        assert done.returncode == 1
        assert "database" in _one_plain_line(done.stderr)
    assert (machine.data / "quietlist.db").read_bytes().startswith(b"a letter")


def test_a_database_without_tables_says_what_to_run(folder: Path) -> None:
    done = Machine(folder).run("list", "names")
    assert done.returncode == 1
    assert "quietlist db upgrade" in _one_plain_line(done.stderr)


@pytest.fixture(scope="module")
def desk() -> Iterator[Machine]:
    """A database with one list, and nothing that runs."""
    with machine_folder() as folder:
        machine = Machine(folder)
        machine.quietlist("db", "upgrade")
        machine.quietlist("list", "create", GROUP)
        machine.quietlist("member", "add", GROUP, "mia@example.org", "--handle", "Quiet Otter")
        yield machine


REFUSED = [
    ("list show other@example.org", "other@example.org"),
    ("list create not-an-address", "address"),
    (f"list create {GROUP}", GROUP),
    ("list create group-join@example.org", "-join"),
    (f"list set {GROUP} colour=blue", "colour"),
    (f"list set {GROUP} keep_posts=never", "keep_posts"),
    (f"list set {GROUP} moderate=some", "moderate"),
    ("member add other@example.org ben@example.org", "other@example.org"),
    (f"member add {GROUP} not-an-address", "1 could not be added"),
    (f"member add {GROUP} --file /nowhere/members.txt", "/nowhere/members.txt"),
    (f"member add {GROUP} ben@example.org --handle Quiet_Otter", "handle"),
    (f"member remove {GROUP} cem@example.org", "1 could not be removed"),
    (f"member set {GROUP} mia@example.org role=king", "role"),
    (f"member reveal {GROUP} Nobody --reason for-a-test", "handle"),
    (f"held approve {GROUP} 17", "17"),
    ("held list other@example.org", "other@example.org"),
    ("post submit /nowhere/mail.eml", "/nowhere/mail.eml"),
]


@pytest.mark.parametrize(("command", "words"), REFUSED)
def test_what_cannot_be_done_is_told_in_one_line(desk: Machine, command: str, words: str) -> None:
    done = desk.run(*command.split())
    assert done.returncode == 1, done.stdout + done.stderr
    assert words.lower() in _one_plain_line(done.stderr).lower()
    for name in ("mia@", "ben@", "cem@"):
        assert name not in done.stderr


USAGE = [
    "nonsense",
    "list create",
    "list create other@example.org --preset party",
    f"list set {GROUP}",
    f"list set {GROUP} keep_posts",
    f"member add {GROUP}",
    f"member add {GROUP} ben@example.org --delivery hourly",
    f"member reveal {GROUP} Quiet",
    f"held approve {GROUP} seventeen",
    "up --fast",
]


@pytest.mark.parametrize("command", USAGE)
def test_wrong_usage_exits_with_two(desk: Machine, command: str) -> None:
    done = desk.run(*command.split())
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_mail_that_names_no_list_here_is_told(desk: Machine) -> None:
    done = desk.run("post", "submit", "-", stdin="From: ann@example.org\nTo: x@example.org\n\nHi\n")
    assert done.returncode == 1
    assert "ann@" not in _one_plain_line(done.stderr)


def test_a_stranger_s_post_is_refused_in_words(desk: Machine) -> None:
    desk.quietlist("list", "set", GROUP, "sender_proof=off")
    done = desk.run("post", "submit", "-", stdin=f"From: x@example.org\nTo: {GROUP}\n\nHi\n")
    assert done.returncode == 1
    assert "members only" in _one_plain_line(done.stderr)


def test_doctor_says_on_each_line_what_to_do() -> None:
    with stack({"relay_url": "smtp://127.0.0.1:1", "redis_url": "redis://127.0.0.1:1"}) as house:
        _doctor(house)


def _doctor(house: Stack) -> None:
    house.quietlist("db", "upgrade")
    done = house.run("doctor")
    assert done.returncode == 1
    text = done.stdout + done.stderr
    assert "Traceback" not in text
    assert "relay" in text.lower() and "redis" in text.lower()
