"""Fixtures that every folder of tests shares: real databases, and a kit around them."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from listserv.store import migrate
from listserv.store.engine import open_engine
from tests.fakes import World, build_world
from tests.postgres_server import fresh_database, postgres
from tests.redis_server import redis_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A real Redis that all tests share; who hurts it starts one with `redis_server`."""
    with redis_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows, to be copied: the migrations take their time."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    engine = open_engine(f"sqlite+pysqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite_engine(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Engine]:
    copyfile(migrated_sqlite, tmp_path / "test.db")
    engine = open_engine(f"sqlite+pysqlite:///{tmp_path / 'test.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The same test on both databases, without any tables."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite+pysqlite:///{tmp_path / 'test.db'}")
        yield engine
        engine.dispose()
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """The same test on both databases, tables made by the migrations."""
    migrate.upgrade(empty_engine)
    return empty_engine


@pytest.fixture
def world(sqlite_engine: Engine) -> World:
    """A kit with fake edges over a real SQLite."""
    return build_world(sqlite_engine)


@pytest.fixture
def any_world(engine: Engine) -> World:
    """A kit with fake edges over each real database in turn."""
    return build_world(engine)
