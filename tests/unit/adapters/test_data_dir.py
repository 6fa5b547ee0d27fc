"""The data directory is made for this account only, or refused in words."""

from pathlib import Path

import pytest

from listserv.adapters import data_dir
from listserv.domain.errors import Refused


def test_it_is_made_with_the_folders_above_it_for_this_account_only(tmp_path: Path) -> None:
    made = tmp_path / "above" / "var"
    data_dir.make(made)
    assert made.stat().st_mode & 0o777 == 0o700


def test_one_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a key")
    data_dir.make(tmp_path)
    assert (tmp_path / "keys").read_text() == "a key"


def test_a_path_through_a_file_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "var"):
        with pytest.raises(Refused, match=f"{path} cannot be made .* QUIETLIST_DATA_DIR"):
            data_dir.make(path)


def test_one_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(Refused, match="Nothing can be written into the data directory"):
        data_dir.make(tmp_path)
