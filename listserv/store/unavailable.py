"""What a database that fails is said to be, in words of ours."""

from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError

from listserv.domain.errors import Unavailable

_AWAY = "The database does not answer. Try again in a moment."
_TOO_OLD = "The database lacks tables of this version. Run: quietlist db upgrade"
_REFUSES_US = (
    "The database refuses us: look at user, password and name in QUIETLIST_DATABASE_URL, and that "
    "this user owns the database."
)
_NOT_OURS = (
    "This user may not open or change the database file. Run Quietlist as the user who owns the "
    "data directory, and see that all files in it are theirs."
)
_NONE = "The database file is damaged, or it is no database."

# How SQLite and PostgreSQL (undefined_table, undefined_column) say it.
_LACKS_A_TABLE = ("no such table", "no such column", "42P01", "42703")
_SHUTS_US_OUT = ("42501", "28000", "28P01", "3D000")
# PostgreSQL says at the door what it says nowhere else, and gives no code there.
_AT_THE_DOOR = ("authentication failed", "does not exist", "pg_hba.conf")
_CLOSED_FILE = ("unable to open database file", "attempt to write a readonly database")


def unavailable(problem: SQLAlchemyError) -> Unavailable:
    """Away, full, locked, read-only, or of another version: never the fault of what is stored."""
    if not isinstance(problem, DBAPIError):
        return Unavailable(_AWAY)
    said = getattr(problem.orig, "sqlstate", None) or str(problem.orig)
    if said.startswith(_LACKS_A_TABLE):
        return Unavailable(_TOO_OLD)
    if said.startswith(_SHUTS_US_OUT) or any(words in said for words in _AT_THE_DOOR):
        return Unavailable(_REFUSES_US)
    if said.startswith(_CLOSED_FILE):
        return Unavailable(_NOT_OURS)
    # SQLite has no closer word for a file that is not its own.
    return Unavailable(_NONE if type(problem) is DatabaseError else _AWAY)
