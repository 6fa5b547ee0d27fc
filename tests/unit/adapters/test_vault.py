from pathlib import Path

import pytest

from listserv.adapters.keys import fresh_key, make_file, put_in_front, read_keys
from listserv.adapters.vault import AesVault
from listserv.domain.errors import Locked, Refused
from listserv.domain.sealed import SealedMember

OLD, NEW = "o" * 40, "n" * 40


def vault(*keys: str) -> AesVault:
    return AesVault(lambda: keys)


def test_an_address_comes_back_as_it_was() -> None:
    sealed = vault(OLD).seal_member("m1", "ann@example.org")
    assert vault(OLD).open_member(sealed) == "ann@example.org"


def test_nothing_of_the_address_shows() -> None:
    sealed = vault(OLD).seal_member("m1", "ann@example.org")
    assert b"ann" not in sealed.sealed_address + sealed.sealed_key


def test_the_length_of_an_address_does_not_show() -> None:
    short = vault(OLD).seal_member("m1", "a@b.org")
    longer = vault(OLD).seal_member("m1", "a.much.longer.name@example.org")
    assert len(short.sealed_address) == len(longer.sealed_address)


def test_sealing_twice_gives_different_bytes() -> None:
    assert vault(OLD).seal(b"x", "p") != vault(OLD).seal(b"x", "p")


def test_a_value_opens_only_where_it_was_sealed() -> None:
    with pytest.raises(Locked):
        vault(OLD).open(vault(OLD).seal(b"x", "notices.a:1"), "notices.a:2")


def test_a_members_values_do_not_open_for_another_member() -> None:
    sealed = vault(OLD).seal_member("m1", "ann@example.org")
    with pytest.raises(Locked):
        vault(OLD).open_member(SealedMember("m2", sealed.sealed_key, sealed.sealed_address))


def test_a_changed_value_does_not_open() -> None:
    sealed = bytearray(vault(OLD).seal(b"x", "p"))
    sealed[-1] ^= 1
    with pytest.raises(Locked):
        vault(OLD).open(bytes(sealed), "p")


@pytest.mark.parametrize("garbage", [b"", b"\x01", b"\x01abcd", b"x" * 16])
def test_garbage_is_locked_not_an_error(garbage: bytes) -> None:
    with pytest.raises(Locked):
        vault(OLD).open(garbage, "p")


def test_an_older_key_still_opens() -> None:
    sealed = vault(OLD).seal(b"x", "p")
    assert vault(NEW, OLD).open(sealed, "p") == b"x"


def test_without_the_older_key_it_is_locked() -> None:
    with pytest.raises(Locked, match="QUIETLIST_SECRET_KEYS"):
        vault(NEW).open(vault(OLD).seal(b"x", "p"), "p")


def test_the_newest_key_seals() -> None:
    both = vault(NEW, OLD)
    assert both.current(both.seal(b"x", "p"))
    assert not both.current(vault(OLD).seal(b"x", "p"))


def test_resealing_moves_to_the_newest_key() -> None:
    resealed = vault(NEW, OLD).reseal_member(vault(OLD).seal_member("m1", "ann@example.org"))
    assert vault(NEW).open_member(resealed) == "ann@example.org"


def test_lookups_are_one_for_each_key_newest_first() -> None:
    newest, older = vault(NEW, OLD).lookups("ann@example.org")
    assert newest == vault(NEW).lookups("ann@example.org")[0]
    assert older == vault(OLD).lookups("ann@example.org")[0]
    assert newest.digest != older.digest


def test_a_fingerprint_needs_the_key() -> None:
    assert vault(OLD).fingerprint(b"x") != vault(NEW).fingerprint(b"x")


def test_the_default_file_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "keys"
    first = read_keys("", path)()
    assert read_keys("", path)() == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_put_in_front_is_seen_by_who_runs_already(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    make_file(path)
    keys = read_keys("", path)
    before = keys()
    put_in_front(path, NEW)
    assert keys() == (NEW, *before)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(Refused, match="32"):
        read_keys("short", Path("unused"))


def test_a_missing_key_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_keys(f"file:{tmp_path / 'none'}", Path("unused"))


def test_fresh_keys_differ() -> None:
    assert fresh_key() != fresh_key()


def test_what_was_sealed_under_a_key_of_this_moment_opens_in_a_process_that_runs() -> None:
    keys = [OLD]
    running = AesVault(lambda: tuple(keys))
    assert running.open(running.seal(b"old", "t:1"), "t:1") == b"old"
    keys.insert(0, NEW)
    assert running.open(AesVault(lambda: tuple(keys)).seal(b"new", "t:1"), "t:1") == b"new"
