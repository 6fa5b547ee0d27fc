"""Fixtures of the process tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from listserv.store import migrate
from listserv.store.engine import open_engine
from tests.integration.processes.place import Place
from tests.redis_server import RedisServer


@pytest.fixture
def place() -> Iterator[Place]:
    """With a migrated database; its Redis runs."""
    folder = Path(mkdtemp(prefix="quietlist-place-"))
    engine = open_engine(f"sqlite+pysqlite:///{folder / 'quietlist.db'}")
    migrate.upgrade(engine)
    engine.dispose()
    made = Place(folder, RedisServer(folder / "redis"))
    made.redis.start()
    yield made
    made.end()
    if made.redis.process:
        made.redis.kill()
    shutil.rmtree(folder, ignore_errors=True)
