"""From cleaned lines back to HTML, text or words: every tag is ours."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

import nh3

from listserv.mail.anonymise.html_lines import PICTURE, HtmlLine, Run, Runs
from listserv.mail.anonymise.lines import split_lines
from listserv.mail.earlier import EARLIER

PICTURE_LEFT_OUT = "[A picture was left out]"
_TAGS = {
    "p", "br", "blockquote", "ul", "ol", "li", "pre", "h2", "h3", "h4", "strong", "em", "u", "s",
    "code", "sub", "sup", "a", "img",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_SCHEMES = {"http", "https", "cid"}
# What is built is safe already; this is the second wall, by another hand.
_WALL = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def html_of(lines: Sequence[HtmlLine], pictures: Mapping[str, str]) -> str:
    """The fragment. pictures: the sender's Content-IDs that pass, each with ours."""
    depth = 0
    out: list[str] = []
    for quoted, group in groupby(_without_edges(_spaced(lines)), key=attrgetter("depth")):
        out.append("<blockquote>" * (quoted - depth) + "</blockquote>" * (depth - quoted))
        depth = quoted
        out.extend(_blocks(list(group), pictures))
    out.append("</blockquote>" * depth)
    return _WALL.clean("".join(out)).strip()


def html_of_text(text: str) -> str:
    """A text as paragraphs and quotes."""
    lines = (
        HtmlLine(line.depth, "p", (), 0, () if line.is_blank else (Run(line.text),))
        for line in split_lines(text)
    )
    return html_of(list(lines), {})


def text_of(lines: Sequence[HtmlLine]) -> str:
    """The same as text: quotes with ">", items with "-" or numbers, links with their targets."""
    out: list[str] = []
    counts: Counter[tuple[str, ...]] = Counter()
    item = 0
    for line in lines:
        words = "".join([_run_as_text(run) for run in line.runs])
        if line.block == "li":
            words = _item(line, words, counts, is_new=line.item != item)
            item = line.item
        elif line.runs:
            counts.clear()
        out.append(f"{'>' * line.depth} {words}".rstrip() if line.depth else words)
    return "\n".join(out).strip("\n")


def _spaced(lines: Iterable[HtmlLine]) -> list[HtmlLine]:
    """The line that says where an earlier message begins stands by itself."""
    out: list[HtmlLine] = []
    for line in lines:
        if line.runs and line.runs[0].text.startswith(EARLIER[0]) and line.text == EARLIER:
            gap = HtmlLine(line.depth, "p", (), 0, ())
            out += (gap, line, gap)
        else:
            out.append(line)
    return out


def _without_edges(lines: list[HtmlLine]) -> list[HtmlLine]:
    filled = [number for number, line in enumerate(lines) if line.runs]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _blocks(lines: list[HtmlLine], pictures: Mapping[str, str]) -> Iterable[str]:
    open_lists: tuple[str, ...] = ()
    for (block, lists, _, filled), group in groupby(lines, key=_block_key):
        wanted = lists if block == "li" else ()
        if not filled and open_lists:
            continue
        yield _switch(open_lists, wanted)
        open_lists = wanted
        if filled:
            joint = "\n" if block == "pre" else "<br>\n"
            words = joint.join([_words(line.runs, pictures) for line in group])
            yield f"<{block}>{words}</{block}>\n"
    yield _switch(open_lists, ())


def _block_key(line: HtmlLine) -> tuple[str, tuple[str, ...], int, bool]:
    return line.block, line.lists, line.item, bool(line.runs)


def _switch(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if before == after:
        return ""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    closing = "".join(f"</{tag}>\n" for tag in reversed(before[same:]))
    return closing + "".join(f"<{tag}>\n" for tag in after[same:])


def _words(runs: Runs, pictures: Mapping[str, str]) -> str:
    return "".join([_run(run, pictures) for run in _merged(runs)])


def _merged(runs: Runs) -> Sequence[Run]:
    """Runs that look alike as one, so that links are not cut into pieces."""
    merged = [*runs[:1]]
    for run in runs[1:]:
        last = merged[-1]
        same = last.marks == run.marks and last.href == run.href
        if same and not run.cid and not last.cid:
            merged[-1] = Run(last.text + run.text, run.marks, run.href)
        else:
            merged.append(run)
    return merged


def _run(run: Run, pictures: Mapping[str, str]) -> str:
    if run.cid:
        ours = pictures.get(run.cid)
        return f'<img src="cid:{escape(ours)}" alt="picture">' if ours else PICTURE_LEFT_OUT
    words = escape(run.text, quote=False)
    if not (run.marks or run.href) or not run.text.strip():
        return words
    for mark in reversed(run.marks):
        words = f"<{mark}>{words}</{mark}>"
    return f'<a href="{escape(run.href)}">{words}</a>' if run.href else words


def _run_as_text(run: Run) -> str:
    if run.cid:
        return "[picture]"
    words = run.text.replace(PICTURE, "")
    if run.href and words.strip() and _bare(run.href) not in _bare(words):
        return f"{words} <{run.href}>"
    return words


def _bare(link: str) -> str:
    return link.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def _item(line: HtmlLine, words: str, counts: Counter[tuple[str, ...]], is_new: bool) -> str:
    indent = "  " * (len(line.lists) - 1)
    if not is_new:
        return f"{indent}  {words}"
    counts[line.lists] += 1
    mark = f"{counts[line.lists]}." if line.lists[-1:] == ("ol",) else "-"
    return f"{indent}{mark} {words}"
