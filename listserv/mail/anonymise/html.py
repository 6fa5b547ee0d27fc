"""An HTML body, cleaned: read into lines, cleaned as a text is, and built anew."""

from dataclasses import dataclass, field

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import BETWEEN_LINES, LineEdits
from listserv.mail.anonymise.html_lines import HtmlLine, Run, Runs, lines_of
from listserv.mail.anonymise.html_tree import read_tree
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import MOST_LINES, Line, Sheet, turns_endlessly
from listserv.mail.anonymise.links import PERSONAL_LINK, clean_link
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.prose import changes_in, edits_of, note
from listserv.mail.anonymise.text import Signatures, clean_sheet


@dataclass(frozen=True)
class CleanPage:
    """The lines that stay, and the signatures that the sender's program marked.

    lines_read: how many that say something it had before.
    """

    lines: tuple[HtmlLine, ...] = field(repr=False)
    signatures: Signatures = field(repr=False)
    cids_cut: frozenset[str] = field(repr=False, default=frozenset())
    lines_read: int = 0


def clean_html(html: str, names: Names, policy: CleaningPolicy, ledger: Ledger) -> CleanPage | None:
    """The cleaned lines, or None when the HTML is empty or beyond our bounds."""
    root = read_tree(html)
    if root is None:
        return None
    page = lines_of(root, ledger, policy)
    lines_read = sum(bool(line.runs) for line in page.lines)
    if lines_read > MOST_LINES:
        return None
    before = [Line(line.depth, line.text) for line in page.lines]
    if turns_endlessly(before):
        return None
    sheet = Sheet(before, ledger)
    clean_sheet(sheet, names, policy)
    changes = changes_in(sheet, policy, names)
    note(edits_of(changes.values()), ledger)
    sources: list[HtmlLine] = []
    words: list[Runs] = []
    for number, line in sheet.numbered():
        source = page.lines[number]
        runs = source.runs if line is before[number] else (Run(line.text),)
        changed = changes.get(number)
        for step in changed.steps if changed else ():
            runs = _edited(runs, step)
        sources.append(source)
        words.append(runs)
    words = _linked(words, policy, names, ledger)
    kept = tuple(map(HtmlLine.with_runs, sources, words))
    cut = page.cids and page.cids.difference(run.cid for runs in words for run in runs)
    return CleanPage(kept, tuple(page.signatures), frozenset(cut), lines_read)


def _edited(runs: Runs, step: LineEdits) -> Runs:
    """The edits of a line's whole text, made in the runs that it is made of."""
    out: list[Run] = []
    end = step.start
    waiting = list(reversed(step.edits))
    for run in runs:
        start, end = end, end + len(run.text)
        if run.text and (not waiting or waiting[-1].start >= end):
            out.append(run)
            continue
        text: list[str] = []
        at = start
        while waiting and waiting[-1].start < end:
            edit = waiting[-1]
            if edit.start >= start:
                text += (run.text[at - start : edit.start - start], edit.text)
            at = min(edit.end, end)
            if edit.end > end:
                break
            waiting.pop()
        text.append(run.text[at - start :])
        words = "".join(text)
        if words or run.cid:
            out.append(run if words == run.text else Run(words, run.marks, run.href, run.cid))
    return tuple(out)


def _linked(lines: list[Runs], policy: CleaningPolicy, names: Names, ledger: Ledger) -> list[Runs]:
    """Each link to the web with its bare target; other links are words only."""
    linked = [run for runs in lines for run in runs if run.href]
    if not linked:
        return lines
    targets = [_target(run, policy, ledger) for run in linked]
    if names.may_find(BETWEEN_LINES.join(targets)):
        targets = [_nameless(target, names, ledger) for target in targets]
    rest = iter(targets)
    return [tuple([_to(next(rest), run) if run.href else run for run in runs]) for runs in lines]


def _target(run: Run, policy: CleaningPolicy, ledger: Ledger) -> str:
    """Where a link leads, with nothing personal in it; "" where it may not."""
    if not run.href.lower().startswith(("http://", "https://")) or len(run.href) > 4000:
        return ""
    href, kind = clean_link(run.href, policy)
    if kind is not None and not _shows_link(run.text):
        ledger.add(kind)  # one that is shown as well has been counted there
    return "" if href == PERSONAL_LINK or len(href.split()) != 1 else href


def _nameless(target: str, names: Names, ledger: Ledger) -> str:
    if not names.find(target):
        return target
    ledger.add(RedactionKind.OWN_NAME)
    return ""


def _to(target: str, run: Run) -> Run:
    return Run(run.text, run.marks, target if _is_honest(run.text, target) else "", run.cid)


def _is_honest(shown: str, href: str) -> bool:
    """Words that look like a link must name the host that the link leads to."""
    return not _shows_link(shown) or _host(shown.strip().lower()) == _host(href.lower())


def _shows_link(shown: str) -> bool:
    return shown.strip().lower().startswith(("http://", "https://", "www."))


def _host(link: str) -> str:
    return link.partition("://")[2].partition("/")[0].removeprefix("www.") or link.partition("/")[
        0
    ].removeprefix("www.")
