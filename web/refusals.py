"""What use cases refuse, in the reader's language.

They speak English, without knowing who reads. Each text is listed here, so that
translators find it; a text that is not stays English.
"""

from listserv.domain.errors import Refused
from web.words import N_, _

KNOWN = (N_("That is not an email address. An address looks like ann@example.org."),)


def said(refusal: Refused) -> str:
    """What to do, in words for the reader."""
    return _(str(refusal))
