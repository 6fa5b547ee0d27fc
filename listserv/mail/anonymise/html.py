"""An HTML body, cleaned: read into lines, cleaned as a text is, and built anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.html_lines import HtmlLine, Run, lines_of
from listserv.mail.anonymise.html_tree import read_tree
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import Line, Sheet, turns_endlessly
from listserv.mail.anonymise.links import PERSONAL_LINK, clean_link
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.prose import changes_in, note
from listserv.mail.anonymise.text import Signatures, clean_sheet


@dataclass(frozen=True)
class CleanPage:
    """The lines that stay, and the signatures that the sender's program marked."""

    lines: tuple[HtmlLine, ...] = field(repr=False)
    signatures: Signatures = field(repr=False)
    cids_cut: frozenset[str] = field(repr=False, default=frozenset())


def clean_html(html: str, names: Names, policy: CleaningPolicy, ledger: Ledger) -> CleanPage | None:
    """The cleaned lines, or None when the HTML is empty or beyond our bounds."""
    root = read_tree(html)
    if root is None:
        return None
    page = lines_of(root, ledger, policy)
    before = [Line(line.depth, line.text) for line in page.lines]
    if turns_endlessly(before):
        return None
    sheet = Sheet(before, ledger)
    clean_sheet(sheet, names, policy)
    changes = changes_in(sheet, policy, names)
    kept: list[HtmlLine] = []
    for number, line in sheet.numbered():
        source = page.lines[number]
        runs = source.runs if line is before[number] else (Run(line.text),)
        changed = changes.get(number)
        for edits in changed.steps if changed else ():
            note(edits, ledger)
            runs = _edited(runs, edits)
        if any(run.href for run in runs):
            runs = _linked(runs, policy, names, ledger)
        kept.append(source if runs is source.runs else source.with_runs(runs))
    cut = page.cids.difference(run.cid for line in kept for run in line.runs)
    return CleanPage(tuple(kept), tuple(page.signatures), frozenset(cut))


def _edited(runs: tuple[Run, ...], edits: Sequence[Edit]) -> tuple[Run, ...]:
    """The edits of a line's whole text, made in the runs that it is made of."""
    out: list[Run] = []
    position = 0
    waiting = list(reversed(edits))
    for run in runs:
        end = position + len(run.text)
        text: list[str] = []
        at = position
        while waiting and waiting[-1].start < end:
            edit = waiting[-1]
            if edit.start >= position:
                text += (run.text[at - position : edit.start - position], edit.text)
            at = min(edit.end, end)
            if edit.end > end:
                break
            waiting.pop()
        text.append(run.text[at - position :])
        position = end
        words = "".join(text)
        if words or run.cid:
            out.append(run if words == run.text else Run(words, run.marks, run.href, run.cid))
    return tuple(out)


def _linked(
    runs: tuple[Run, ...], policy: CleaningPolicy, names: Names, ledger: Ledger
) -> tuple[Run, ...]:
    """Each link to the web with its bare target; other links are words only."""
    return tuple(
        [
            Run(run.text, run.marks, _target(run, policy, names, ledger), run.cid)
            if run.href
            else run
            for run in runs
        ]
    )


def _target(run: Run, policy: CleaningPolicy, names: Names, ledger: Ledger) -> str:
    if not run.href.lower().startswith(("http://", "https://")) or len(run.href) > 4000:
        return ""
    href, kind = clean_link(run.href, policy)
    if kind is not None and not _shows_link(run.text):
        ledger.add(kind)  # one that is shown as well has been counted there
    if href == PERSONAL_LINK or len(href.split()) != 1:
        return ""
    if names.find(href):
        ledger.add(RedactionKind.OWN_NAME)
        return ""
    return href if _is_honest(run.text, href) else ""


def _is_honest(shown: str, href: str) -> bool:
    """Words that look like a link must name the host that the link leads to."""
    return not _shows_link(shown) or _host(shown.strip().lower()) == _host(href.lower())


def _shows_link(shown: str) -> bool:
    return shown.strip().lower().startswith(("http://", "https://", "www."))


def _host(link: str) -> str:
    return link.partition("://")[2].partition("/")[0].removeprefix("www.") or link.partition("/")[
        0
    ].removeprefix("www.")
