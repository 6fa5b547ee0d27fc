"""What use cases refuse, in the reader's language.

They speak English, without knowing who reads. Each text that can reach a page
is listed here, so that translators find it; a text that is not stays English.
"""

import re
from functools import cache

from listserv.domain.errors import Refused
from web.words import N_, _

KNOWN = (
    N_("Give a reason in a few words, without any address."),
    N_("That is not an email address. An address looks like ann@example.org."),
    N_("This group takes new members by invitation only."),
    N_("That is the address that we have already."),
    N_("You have asked for this several times now. Please wait an hour, and try again."),
    N_("We do not know that time zone. One looks like Europe/Madrid."),
    N_("A moderator has not looked at your request yet. You will get a mail."),
    N_("That person is not in the group."),
    N_("The hour is a number from 0 to 23."),
    N_("A pause ends on a day that is still to come, within a year."),
    N_("That name, or one that looks like it, is or was in use in this group."),
    N_("That handle, or one that looks like it, is or was in use on this list."),
    N_("No free handle was found. Choose one by hand."),
    N_("A handle has 2 to %(most)s letters."),
    N_("A handle is made of letters, digits, spaces, hyphens and apostrophes."),
    N_("A handle is written in one alphabet."),
    N_("That handle could be taken for a moderator. Choose another."),
    N_("This question is of a newer version. Please ask again."),
    N_("Your own words are possible in: %(known)s."),
    N_("The text may have %(most)s characters. Please make it shorter."),
    N_("A note has some words, and at most %(most)s letters."),
    N_("There is no %(name)s. You can use: %(known)s."),
)

_VALUE = re.compile(r"%\\?\((\w+)\\?\)s")


def said(refusal: Refused) -> str:
    """What to do, in words for the reader."""
    text = str(refusal)
    for known in KNOWN:
        found = _pattern(known).fullmatch(text)
        if found:
            return _(known, **found.groupdict())
    return _(text)


@cache
def _pattern(known: str) -> re.Pattern[str]:
    """Finds the text again, with whatever stands in it for %(name)s."""
    return re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(known)))
