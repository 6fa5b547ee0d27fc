from dataclasses import replace
from pathlib import Path

import pytest

from listserv.bootstrap import build_kit
from listserv.domain.errors import Refused
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.settings import Settings
from listserv.store import migrate
from listserv.store.engine import open_engine


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(data_dir=str(tmp_path / "data"), redis_url="redis://127.0.0.1:1/0")
    found.data.mkdir(mode=0o700)
    migrate.upgrade(open_engine(found.database))
    kit = build_kit(found, "test")
    create_list(kit, "group@example.org")
    return found


def test_the_data_folder_is_private(settings: Settings) -> None:
    assert settings.data.stat().st_mode & 0o777 == 0o700


def test_keys_that_sealed_members_are_not_made_anew(settings: Settings) -> None:
    kit = build_kit(settings, "test")
    list(add_members(kit, "group@example.org", [Newcomer("ann@example.net")]))
    (settings.data / "keys").rename(settings.data / "elsewhere")
    with pytest.raises(Refused, match="Put that file back"):
        build_kit(settings, "test")
    assert not (settings.data / "keys").exists()


def test_keys_that_open_nobody_are_refused(settings: Settings) -> None:
    kit = build_kit(settings, "test")
    list(add_members(kit, "group@example.org", [Newcomer("ann@example.net")]))
    with pytest.raises(Refused, match="None of the secret keys"):
        build_kit(replace(settings, secret_keys="w" * 40), "test")


def test_in_the_wrong_folder_nothing_is_made(tmp_path: Path) -> None:
    elsewhere = Settings(data_dir=str(tmp_path / "elsewhere"))
    with pytest.raises(Refused, match="no Quietlist database"):
        build_kit(elsewhere, "test")
    assert not elsewhere.data.exists()


def test_a_database_without_tables_is_told(tmp_path: Path) -> None:
    url = f"sqlite+pysqlite:///{tmp_path / 'empty.db'}"
    with pytest.raises(Refused, match="quietlist db upgrade"):
        build_kit(Settings(data_dir=str(tmp_path), database_url=url), "test")
    assert not (tmp_path / "keys").exists()


def test_without_members_they_are(settings: Settings) -> None:
    (settings.data / "keys").unlink()
    build_kit(settings, "test")
    assert (settings.data / "keys").exists()


def test_the_supervisor_names_the_seat(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETLIST_LEASE", "up:1")
    assert build_kit(settings, "worker").lease == "up:1"
    monkeypatch.delenv("QUIETLIST_LEASE")
    leases = {build_kit(settings, "worker").lease for _ in range(2)}
    assert len(leases) == 2 and all(len(lease) <= 37 for lease in leases)
