"""What a database that fails is said to be, in words of ours."""

from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError

from listserv.domain.errors import Unavailable

_AWAY = "The database does not answer. Try again in a moment."
_TOO_OLD = "The database lacks tables of this version. Run: quietlist db upgrade"
_NONE = "The database file is damaged, or it is no database."

# How SQLite and PostgreSQL (undefined_table, undefined_column) say it.
_LACKS_A_TABLE = ("no such table", "no such column", "42P01", "42703")


def unavailable(problem: SQLAlchemyError) -> Unavailable:
    """Away, full, locked, read-only, or of another version: never the fault of what is stored."""
    if not isinstance(problem, DBAPIError):
        return Unavailable(_AWAY)
    said = getattr(problem.orig, "sqlstate", None) or str(problem.orig)
    if said.startswith(_LACKS_A_TABLE):
        return Unavailable(_TOO_OLD)
    # SQLite has no closer word for a file that is not its own.
    return Unavailable(_NONE if type(problem) is DatabaseError else _AWAY)
