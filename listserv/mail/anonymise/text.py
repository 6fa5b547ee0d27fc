"""A text body, cleaned: what the author wrote and nothing that says who they are."""

import re

from listserv.mail.anonymise.blocks import cut_blocks
from listserv.mail.anonymise.footers import cut_footers
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import Sheet, join_lines, split_lines, turns_endlessly
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.pasted import hide_names_above
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.prose import changes_in, cut_name_lines, edits_of, note
from listserv.mail.anonymise.quotes import cut_quote_headers
from listserv.mail.anonymise.signatures import cut_known, cut_signatures
from listserv.mail.characters import plain

# Yahoo's app goes on in the line of the attribution.
_GLUED = re.compile(
    r"(@[^\s<>@]{1,100}> (?:wrote|schrieb|escribió|a écrit ?|ha scritto|escreveu|schreef):)"
    r"[ \t]{2,}(?=\S)"
)
Signatures = tuple[tuple[str, ...], ...]


def clean_text(
    text: str,
    names: Names,
    policy: CleaningPolicy,
    ledger: Ledger,
    signatures: Signatures = (),
) -> str | None:
    """The cleaned text with LF line ends, or None when it is beyond our bounds.

    signatures: those that the HTML form of the mail marks, to be cut here too.
    """
    text = plain(text)
    lines = split_lines(_GLUED.sub(r"\1\n\n", text) if ":  " in text else text)
    if turns_endlessly(lines):
        return None
    sheet = Sheet(lines, ledger)
    cut_known(sheet, signatures)
    clean_sheet(sheet, names, policy)
    changes = changes_in(sheet, policy, names)
    note(edits_of(changes.values()), ledger)
    for number, changed in changes.items():
        sheet.replace(number, changed.words)
    return join_lines(sheet.left())


def clean_sheet(sheet: Sheet, names: Names, policy: CleaningPolicy) -> None:
    """Cuts whole lines, in the order in which programs put them there."""
    cut_blocks(sheet)
    cut_footers(sheet, policy)
    cut_quote_headers(sheet, policy)
    hide_names_above(sheet, names)
    cut_signatures(sheet, names)
    cut_name_lines(sheet, names)
