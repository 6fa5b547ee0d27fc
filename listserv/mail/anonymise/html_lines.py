"""What a reader sees of an HTML body, as lines of runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

from lxml import etree

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.html_style import WHITE, Colour
from listserv.mail.anonymise.html_tags import BREAKING, DROPPED, HEADINGS, INLINE, SPACED
from listserv.mail.anonymise.html_tree import Sight, Tree, gather_signatures, quote_follows
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.characters import plain
from listserv.mail.earlier import EARLIER

# Stands for a picture in the text of a line (OBJECT REPLACEMENT CHARACTER).
PICTURE = "\ufffc"
_WHITE = re.compile(r"[ \t\n]+")
# Elements that change how the words in them look or stand.
_SHAPING = frozenset({"a", "blockquote", "ul", "ol", "li", "pre", "td", "th", *INLINE, *HEADINGS})
_NAMES = ("class", "id", "name")
_SIGNATURE_NAMES = (
    "signature", "_mailautosig", "_rc_sig", "zm-_id_-sgn", "-sgn", "mb_sig", "bloop_sign",
)  # fmt: skip
_ATTRIBUTION_NAMES = ("gmail_attr", "moz-cite-prefix")
_HEADER_NAMES = ("divrplyfwdmsg", "outlookmessageheader", "moz-email-headers-table")


class _Role(Enum):
    """What mail programs say of an element by its names."""

    HEADER = _HEADER_NAMES
    ATTRIBUTION = _ATTRIBUTION_NAMES
    SIGNATURE = _SIGNATURE_NAMES


class Run(NamedTuple):
    """Letters of one look. cid: a picture stands here instead, under that Content-ID."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""
    cid: str = ""


Runs: TypeAlias = tuple[Run, ...]


class HtmlLine(NamedTuple):
    """One line. block: p, pre, li or a heading; lists: the list elements around it.

    item: numbers list items, so that the lines of one stay together.
    """

    depth: int
    block: str
    lists: tuple[str, ...]
    item: int
    runs: Runs

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    def with_runs(self, runs: Runs) -> "HtmlLine":
        """The same place with other words."""
        return self if runs is self.runs else HtmlLine(*self[:4], runs)


class _Place(NamedTuple):
    """What an element inherits from those around it."""

    depth: int = 0
    block: str = "p"
    lists: tuple[str, ...] = ()
    item: int = 0
    marks: tuple[str, ...] = ()
    href: str = ""
    behind: Colour = WHITE
    signature: bool = False


@dataclass
class Page:
    """The lines of a body, the pictures in it, and the signatures that its program marked."""

    lines: list[HtmlLine] = field(default_factory=list)
    signatures: list[tuple[str, ...]] = field(default_factory=list)
    cids: set[str] = field(default_factory=set)


def lines_of(root: Tree, ledger: Ledger, policy: CleaningPolicy) -> Page:
    """Walks the tree without recursion: its depth is the sender's choice."""
    gather_signatures(root)
    reader = _Reader(Sight(root), ledger, policy)
    places = [_Place()]
    left_out: Tree | None = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            place = places[-1]
            inner = reader.start(element, place)
            places.append(inner or place)
            if inner is None:
                left_out = element
                walk.skip_subtree()
            elif text := element.text:
                reader.words(text, inner)
            continue
        place = places.pop()
        if element is not left_out and element.tag in BREAKING:
            reader.block(element.tag, place)
        # lxml keeps the words behind an element with it.
        place = places[-1]
        if reader.signs:
            reader.close_signature(place)
        if tail := element.tail:
            reader.words(tail, place)
    reader.finish()
    return reader.page


# A tag, its attributes but for the target of a link, and the colour behind.
_Look: TypeAlias = tuple[str, tuple[tuple[str, str], ...], Colour]


class _Reader:
    """Puts words into lines."""

    def __init__(self, sight: Sight, ledger: Ledger, policy: CleaningPolicy) -> None:
        self.page = Page()
        self.signs = False
        self._headed = False
        self._policy = policy
        self._sight = sight
        self._ledger = ledger
        self._runs: list[Run] = []
        self._place = _Place()
        self._items = 0
        self._signature: list[str] = []
        # Programs repeat the same few elements, so each is looked at once.
        self._seen: dict[_Look, tuple[Colour | None, _Role | None]] = {}

    def start(self, element: Tree, place: _Place) -> _Place | None:
        """What the children inherit; None when nothing of the element stays."""
        tag: str = element.tag
        if tag in DROPPED:
            return None
        role: _Role | None = None
        given = element.items()
        if given or self._sight.hides_elements:
            behind, role = self._look(tag, given, place.behind)
            if behind is None:
                if "".join(element.itertext()).strip():
                    self._ledger.add(RedactionKind.HIDDEN_TEXT)
                return None
            if behind != place.behind:
                place = place._replace(behind=behind)
        if tag == "br":
            self._end_line(place)
            return None
        if tag == "img":
            self._picture(element, place)
            return None
        if tag in BREAKING:
            self.block(tag, place)
        if role is not None:
            return self._with_role(role, element, tag, place)
        return self._inherited(element, tag, place) if tag in _SHAPING else place

    def _look(
        self, tag: str, given: list[tuple[str, str]], behind: Colour
    ) -> tuple[Colour | None, _Role | None]:
        """The colour behind its letters, None when nobody sees them, and its role."""
        if tag == "a":
            given = [(name, value) for name, value in given if name != "href"]
        look = (tag, tuple(given), behind)
        seen = self._seen.get(look)
        if seen is None:
            attributes = dict(given)
            seen = self._sight.behind(tag, attributes, behind), _role_of(attributes)
            self._seen[look] = seen
        return seen

    def _with_role(self, role: _Role, element: Tree, tag: str, place: _Place) -> _Place | None:
        if role is _Role.HEADER:
            self._left(RedactionKind.FORWARDED_HEADER, EARLIER, place)
            handle = self._policy.parent_handle
            first = not self._headed and not place.depth
            if handle and first and handle in "".join(element.itertext()):
                self._line(self._policy.parent_wrote, place)
            self._headed = True
            return None
        if role is _Role.ATTRIBUTION:
            said = " ".join("".join(element.itertext()).split())
            left = EARLIER if "---" in said[:80] else ""
            if self._is_of_parent(element, said, place):
                left = self._policy.parent_wrote
            self._left(RedactionKind.ATTRIBUTION, left, place)
            return None
        inner = self._inherited(element, tag, place)
        if place.signature:
            return inner
        self._break(place, spaced=False)
        self._signature = []
        self.signs = True
        return inner._replace(signature=True)

    def _is_of_parent(self, element: Tree, said: str, place: _Place) -> bool:
        """Whether it stands right above a quote of the post that the mail answers."""
        handle = self._policy.parent_handle
        return bool(handle) and handle in said and not place.depth and quote_follows(element)

    def _left(self, kind: RedactionKind, left: str, place: _Place) -> None:
        self._ledger.add(kind)
        if left:
            self._line(left, place)

    def _line(self, text: str, place: _Place) -> None:
        """A line of ours by itself."""
        self._break(place, spaced=True)
        self.words(text, place)
        self._break(place, spaced=True)

    def _inherited(self, element: Tree, tag: str, place: _Place) -> _Place:
        if tag in INLINE:
            mark = INLINE[tag]
            marks = place.marks if mark in place.marks else (*place.marks, mark)
            return _Place(*place[:4], marks, *place[5:])
        if tag == "a":
            return _Place(*place[:5], element.get("href", "").strip(), *place[6:])
        if tag == "blockquote":
            return place._replace(depth=place.depth + 1, block="p", lists=(), item=0)
        if tag in ("ul", "ol"):
            return place._replace(lists=(*place.lists, tag)[:8])
        if tag == "li":
            self._items += 1
            lists = place.lists or ("ul",)
            return place._replace(block="li", lists=lists, item=self._items)
        if tag in HEADINGS and not place.lists:
            return place._replace(block=HEADINGS[tag])
        if tag == "pre":
            return place._replace(block="pre")
        if tag in ("td", "th") and self._runs:
            self._runs.append(Run(" | "))
        return place

    def words(self, text: str, place: _Place) -> None:
        """Adds words; outside `pre` white space is one space."""
        if place.block == "pre":
            self._preformatted(plain(text), place)
            return
        runs = self._runs
        if not runs and text.isspace():
            return
        if not (text.isascii() and text.isprintable()):
            text = _WHITE.sub(" ", plain(text))
        elif "  " in text:
            text = _WHITE.sub(" ", text)
        if text[:1] == " " and (not runs or runs[-1].text[-1] == " "):
            text = text[1:]
        if text:
            self._place = place
            runs.append(Run(text, place.marks, place.href))

    def _preformatted(self, text: str, place: _Place) -> None:
        first, *more = text.split("\n")
        self._add(first, place)
        for line in more:
            self._end_line(place)
            self._add(line, place)

    def _add(self, text: str, place: _Place) -> None:
        if text:
            self._place = place
            self._runs.append(Run(text, place.marks, place.href))

    def _picture(self, element: Tree, place: _Place) -> None:
        source = (element.get("src") or "").strip()
        alt = plain(element.get("alt") or "").strip()
        if alt and len(alt) <= 8 and not any(char.isalnum() or char.isspace() for char in alt):
            self.words(alt, place)  # an emoji that is drawn as a picture
        elif source.lower().startswith("cid:"):
            self._place = place
            cid = source[4:].strip("<>")
            self.page.cids.add(cid)
            self._runs.append(Run(PICTURE, cid=cid))
        elif source:
            self._ledger.add(RedactionKind.REMOTE_PICTURE)

    def block(self, tag: str, place: _Place) -> None:
        """Where an element begins or ends that stands in lines of its own."""
        if self._runs:
            self._store(self._place)
        if tag in SPACED:
            self._space(place)

    def _end_line(self, place: _Place) -> None:
        """Where the author ended it; twice leaves an empty line."""
        self._break(place, spaced=not self._runs)

    def _break(self, place: _Place, spaced: bool) -> None:
        """Where a block begins or ends."""
        if self._runs:
            self._store(self._place)
        if spaced:
            self._space(place)

    def _space(self, place: _Place) -> None:
        """An empty line, if none is there."""
        lines = self.page.lines
        if lines and lines[-1].runs and not place.signature:
            lines.append(HtmlLine(place.depth, "p", (), 0, ()))

    def _store(self, place: _Place) -> None:
        runs = _trimmed(self._runs) if place.block != "pre" else tuple(self._runs)
        self._runs = []
        line = HtmlLine(place.depth, place.block, place.lists, place.item, runs)
        if place.signature:
            self._signature.append(" ".join(line.text.split()))
        else:
            self.page.lines.append(line)

    def close_signature(self, place: _Place) -> None:
        """Keeps the signature that ended, if the place is in none."""
        if place.signature or (not self._signature and not self._place.signature):
            return
        self._break(place, spaced=False)
        self._place = place
        told = tuple(line for line in self._signature if line)
        self._signature = []
        if told:
            self.page.signatures.append(told)
            self._ledger.add(RedactionKind.SIGNATURE)

    def finish(self) -> None:
        """Stores what is still open."""
        self._break(_Place(), spaced=False)
        self.close_signature(_Place())


def _role_of(given: Mapping[str, str]) -> _Role | None:
    named = " ".join(filter(None, map(given.get, _NAMES))).lower()
    return next((role for role in _Role if named and has_any(named, role.value)), None)


def _trimmed(runs: list[Run]) -> Runs:
    last = runs[-1]
    if not last.text.endswith(" "):
        return tuple(runs)
    return (*runs[:-1], last._replace(text=last.text.rstrip(" ")))
