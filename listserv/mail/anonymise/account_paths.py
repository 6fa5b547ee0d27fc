"""Names of accounts on the author's own machine: `C:\\Users\\ann`, `/home/ann`, `ann@laptop:~$`."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.name_search import NAME_LEFT_OUT
from listserv.mail.anonymise.words import word_set

# Where Windows keeps what users have, on a drive or on a machine in the network.
_HOMES = "(?:Users|Benutzer|Usuarios|Utilisateurs|Documents and Settings)"
_PATH = re.compile(
    rf"(?:[A-Z]:|\\(?:\\[\w.-]{{1,60}}(?:\\[A-Z]\$)?)?)[\\/]{_HOMES}[\\/]"
    r"(?P<windows>[^\\/:*?\"<>|\n]{1,40}?)(?=[\\/]|\s|\Z)"
    r"|(?<![\w.])(?:/(?:var/)?home|/Users|/mnt/c/Users)/(?P<unix>[\w.-]{1,40})"
    r"|(?<![\w@.])(?P<prompt>[\w.-]{1,40}@[\w-]{1,60})(?=:[~/]|\s[~/]\S*[$#%])",
    re.IGNORECASE,
)
_IN_PATHS = ("/", "\\", "~")
# In each of them; its first sign stands in one set, so that the search leaps to it.
_MAY_BE = re.compile(rf"[@\\/](?:[\w-]{{1,60}}[:\s][~/]|(?:home|{_HOMES})[\\/])", re.IGNORECASE)
_OF_NOBODY = word_set("public default shared root guest runner user users username name you all")


def find_accounts(text: str) -> list[Edit]:
    """Each such name; a web address has paths of its own, and is no such place."""
    if not may_have_account(text):
        return []
    found = ((match, match.lastgroup or "") for match in _PATH.finditer(text))
    return [
        Edit(*match.span(name), NAME_LEFT_OUT, RedactionKind.OWN_NAME)
        for match, name in found
        if match.group(name).lower() not in _OF_NOBODY
    ]


def may_have_account(text: str) -> bool:
    """A cheap look at a line or a whole text."""
    return has_any(text, _IN_PATHS) and bool(_MAY_BE.search(text))
