"""HTML to a tree, within bounds, and what in it a reader does not see."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

MOST_CHARACTERS = 1_500_000
_MOST_ELEMENTS = 30_000
# libxml2 stops reading at 256 levels, without a word.
_DEEPEST = 200
_MOST_STYLE = 20_000
_RULE = re.compile(r"([^{}@]{1,200})\{([^{}]{0,1000})\}")
# A few rules apply on some screens only, and hide nothing on the others.
_ON_SOME_SCREENS = re.compile(
    r"@[^{}]{1,200}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,100}[^{}]{0,500}\}"
)
_NAMED = re.compile(r"[.#][\w-]{1,80}")
_END = r"\s*(?:!important\s*)?(?:;|\Z)"
_ZERO = rf"\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?{_END}"
_HIDING = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|color\s*:\s*transparent|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{3}"
    r"|margin(?:-left|-top)?\s*:\s*-\d{4}|color\s*:\s*rgba\([^()]{1,40},\s*0(?:\.0+)?\s*\)"
    r"|transform\s*:\s*scale\(\s*0|clip-path\s*:\s*inset\(|font\s*:\s*0"
    rf"|opacity\s*:\s*0?\.0\d*{_END}"
    rf"|font-size\s*:\s*(?:1|0?\.\d+)(?:px|pt){_END}"
    rf"|(?:font-size|opacity|line-height){_ZERO}|clip\s*:\s*rect)",
    re.IGNORECASE,
)
_PALE = r"(?:#(?:fff|(?:f[9a-f]){3})(?![0-9a-f])|white\b|rgba?\((?:\s?25[0-5]\s?[,)]\s?){3})"
_WHITE = re.compile(rf"(?:^|[;\s])color\s*:\s*{_PALE}", re.IGNORECASE)
_BACKGROUND = re.compile(
    rf"background(?:-color)?\s*:\s*(?!{_PALE}|none|transparent|url|inherit|initial)", re.IGNORECASE
)
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_FLAT = re.compile(rf"(?:^|[;\s])(?:max-)?(?:height|width){_ZERO}", re.IGNORECASE)

# Programs and servers write on behind the end, and libxml2 would not read that.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)

Tree: TypeAlias = Any  # lxml ships no types


def read_tree(html: str) -> Tree | None:
    """The root element, or None when there is nothing or too much to read."""
    if len(html) > MOST_CHARACTERS or not html.strip():
        return None
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(_END_OF_PAGE.sub("", html).encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None
    return root if root is not None and _is_bounded(root) else None


def _is_bounded(root: Tree) -> bool:
    waiting = [(root, 1)]
    count = 0
    while waiting:
        element, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            return False
        waiting.extend((child, depth + 1) for child in element)
    return True


def tag_of(element: Tree) -> str:
    """The tag in lower case; "" for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def hidden_names(root: Tree) -> frozenset[str]:
    """The classes (".x") and ids ("#x") that the style sheets of the mail hide."""
    sheets = "".join(element.text or "" for element in root.iter("style"))[:_MOST_STYLE]
    return frozenset(_hidden_selectors(_ON_SOME_SCREENS.sub("", sheets)))


def _hidden_selectors(sheets: str) -> Iterator[str]:
    for rule in _RULE.finditer(sheets):
        if _HIDING.search(rule.group(2)):
            for selector in rule.group(1).split(","):
                yield from _NAMED.findall((selector.split() or [""])[-1])[-1:]


def is_hidden(element: Tree, hidden: frozenset[str], on_background: bool) -> bool:
    """Whether a reader would not see it; white letters count where nothing is behind them."""
    if not element.attrib:
        return False
    style = element.get("style", "")[:2000]
    names = {f".{name}" for name in element.get("class", "").split()} | {
        f"#{element.get('id', '')}"
    }
    color = element.get("color", "").lower()
    white = _WHITE.search(style) or re.match(_PALE, color)
    return bool(
        "hidden" in element.attrib
        or _HIDING.search(style)
        or (_FLAT.search(style) and _CLIPPED.search(style))
        or names & hidden
        or (white and not on_background and not has_background(element))
    )


def has_background(element: Tree) -> bool:
    """Whether it has a colour of its own behind it, other than white."""
    style = element.get("style", "")[:2000]
    named = element.get("bgcolor", "").lower()
    return bool(_BACKGROUND.search(style) or (named and not re.match(_PALE, named)))
