"""The clock of the database's server."""

from datetime import UTC

from sqlalchemy import Engine

from listserv.store.server_clock import server_time


def test_a_server_has_a_clock_of_its_own(empty_engine: Engine) -> None:
    found = server_time(empty_engine)
    if empty_engine.dialect.name == "sqlite":
        assert found is None
    else:
        assert found is not None and found.tzinfo is UTC
