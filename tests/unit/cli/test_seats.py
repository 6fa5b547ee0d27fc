from pathlib import Path

import pytest

from listserv.cli import seats
from listserv.cli.seats import seat_names


def test_seats_have_the_same_names_again(tmp_path: Path) -> None:
    names = list(seat_names(tmp_path, 3))
    assert len(set(names)) == 3
    assert list(seat_names(tmp_path, 2)) == names[:2]


def test_another_data_directory_has_other_seats(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert not set(seat_names(tmp_path / "one", 2)) & set(seat_names(tmp_path / "two", 2))


def test_a_copy_on_another_machine_has_other_seats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = set(seat_names(tmp_path, 2))
    monkeypatch.setattr(seats, "node", lambda: "another")
    assert not here & set(seat_names(tmp_path, 2))


def test_a_name_leaves_room_for_a_slice_in_its_column(tmp_path: Path) -> None:
    (*_, last) = seat_names(tmp_path, 64)
    assert len(f"{last}/{'x' * 26}") <= 64
    assert "/" not in last


def test_an_empty_file_is_filled_anew(tmp_path: Path) -> None:
    (tmp_path / "seats").touch()
    names = list(seat_names(tmp_path, 1))
    assert list(seat_names(tmp_path, 1)) == names
