"""Lose everything, follow the page, and have it back: with the keys, and not without."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from listserv.store.engine import open_engine
from tests.end_to_end.conftest import MakeStack
from tests.end_to_end.t20_backup_and_restore.page import PAGE, follow, lines_to
from tests.postgres_server import fresh_database
from tests.stack import GROUP, Machine, Stack, mail
from tests.waiting import wait_for

ANN, BEN, CEM = "ann@example.org", "ben@example.net", "cem@example.com"
HANDLE = "Quiet Otter"
WORDS = "The kettle is on at seven."
HELD = "Shall we meet by the river?"
REASON = ("--reason", "checking a restore")


def furnish(machine: Machine) -> None:
    """A list with two members, one post that went out and one that waits for a moderator."""
    machine.quietlist("db", "upgrade")
    machine.quietlist("list", "create", GROUP, "--title", "Tuesday group")
    machine.quietlist("list", "set", GROUP, "sender_proof=off", "keep_posts=90")
    machine.quietlist("member", "add", GROUP, ANN, "--handle", HANDLE)
    machine.quietlist("member", "add", GROUP, BEN, "--delivery", "none")
    submit(machine, WORDS, "accepted")
    machine.quietlist("list", "set", GROUP, "moderate=all")
    submit(machine, HELD, "held")


def submit(machine: Machine, words: str, result: str) -> None:
    raw = mail(f"{words}\n", sender=f"Ann Archer <{ANN}>")
    assert f"{GROUP}: {result}" in machine.quietlist("post", "submit", "-", stdin=raw)


def outbox(machine: Machine) -> list[str]:
    """What reached anybody, since no relay is set."""
    return [file.read_text("utf-8") for file in (machine.data / "outbox" / "new").glob("*")]


def destroy(machine: Machine) -> None:
    shutil.rmtree(machine.data)


def assert_all_is_back(machine: Machine) -> None:
    """Members, settings and posts; and whoever holds the keys can reach the member."""
    assert machine.quietlist("member", "reveal", GROUP, HANDLE, *REASON).strip() == ANN
    (own,) = [m for m in machine.json("member", "list", GROUP) if m["handle"] == HANDLE]
    assert (own["state"], own["delivery"]) == ("active", "each")
    settings = machine.json("list", "show", GROUP)["settings"]
    assert (settings["keep_posts"], settings["moderate"]) == ("90", "all")
    (waiting,) = machine.json("held", "list", GROUP)
    assert HELD in waiting["text"]


def assert_nobody_can_be_revealed(machine: Machine) -> None:
    done = machine.run("member", "reveal", GROUP, HANDLE, *REASON)
    assert done.returncode == 1
    assert ANN not in done.stdout + done.stderr
    assert "the keys that sealed them are not in" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def house(make_stack: MakeStack) -> Stack:
    return make_stack()


def test_sqlite_is_backed_up_while_all_runs_and_comes_back(house: Stack) -> None:
    furnish(house)
    house.up()
    wait_for(lambda: any(WORDS in copy for copy in outbox(house)), "the copy of the first post")
    wait_for(lambda: house.status()["deliveries"]["sent"] == 1, "its record")
    follow(house, "back up SQLite")
    follow(house, "back up the keys")
    house.end()
    destroy(house)

    follow(house, "restore the keys")
    follow(house, "restore SQLite")
    assert_all_is_back(house)

    house.up()
    (waiting,) = house.json("held", "list", GROUP)
    house.quietlist("held", "approve", GROUP, str(waiting["id"]))
    wait_for(lambda: any(HELD in copy for copy in outbox(house)), "the post that waited")
    wait_for(lambda: house.status()["deliveries"]["sent"] == 2, "its record")
    assert not any(WORDS in copy for copy in outbox(house)), "nothing goes out a second time"


def test_without_the_keys_the_backup_reveals_nobody(house: Stack) -> None:
    furnish(house)
    follow(house, "back up SQLite")
    follow(house, "back up the keys")
    destroy(house)

    follow(house, "restore SQLite")
    assert_nobody_can_be_revealed(house)

    follow(house, "restore the keys")
    assert_all_is_back(house)


def test_the_backup_holds_no_key_and_no_address(house: Stack) -> None:
    furnish(house)
    follow(house, "back up SQLite")
    follow(house, "back up the keys")
    key = (house.folder / "elsewhere" / "keys").read_bytes().strip()
    files = [path for path in (house.folder / "backup").rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["quietlist.db"]
    stored = files[0].read_bytes()
    for mark in (key, bytes.fromhex(key.decode()), ANN.encode(), BEN.encode(), b"Archer"):
        assert mark not in stored
    assert WORDS.encode() in stored, "the search finds what is there"
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_token_from_after_the_backup_never_fits_somebody_else(house: Stack) -> None:
    furnish(house)
    follow(house, "back up SQLite")
    follow(house, "back up the keys")
    house.quietlist("member", "add", GROUP, CEM)
    lost = _newest_subscription(_sqlite(house))
    destroy(house)

    follow(house, "restore the keys")
    follow(house, "restore SQLite")
    house.quietlist("member", "add", GROUP, "dee@example.net")
    assert _newest_subscription(_sqlite(house)) > lost


def test_postgresql_comes_back(make_stack: MakeStack, postgres_server: str) -> None:
    with fresh_database(postgres_server) as first, fresh_database(postgres_server) as second:
        house = make_stack(database_url=first)
        furnish(house)
        follow(house, "back up PostgreSQL")
        follow(house, "back up the keys")
        destroy(house)

        house.settings["database_url"] = second
        follow(house, "restore PostgreSQL")
        assert_nobody_can_be_revealed(house)
        follow(house, "restore the keys")
        assert_all_is_back(house)
        house.quietlist("member", "add", GROUP, CEM)
        assert _newest_subscription(open_engine(second)) > 100_000


def test_the_page_names_this_story() -> None:
    assert str(Path(__file__).relative_to(PAGE.parents[1])) in PAGE.read_text("utf-8")


def test_the_page_backs_up_the_keys_apart_from_the_database() -> None:
    assert "$KEYS_BACKUP" in lines_to("back up the keys")
    for database in ("SQLite", "PostgreSQL"):
        assert not re.search(r"keys", lines_to(f"back up {database}"), re.IGNORECASE)


def _newest_subscription(engine: Engine) -> int:
    with engine.connect() as connection:
        number: int = connection.execute(text("SELECT max(id) FROM subscriptions")).scalar_one()
    engine.dispose()
    return number


def _sqlite(machine: Machine) -> Engine:
    return open_engine(f"sqlite+pysqlite:///{machine.data / 'quietlist.db'}")
