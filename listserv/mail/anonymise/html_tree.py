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
_ZERO = r"\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|\Z)"
_HIDING = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|color\s*:\s*transparent|text-indent\s*:\s*-\d{3}|(?:left|top)\s*:\s*-\d{3}"
    rf"|(?:font-size|opacity|max-height|max-width){_ZERO}|clip\s*:\s*rect)",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#fff(?:fff)?|white|rgb\(255,\s?255,\s?255\))", re.IGNORECASE
)
_BACKGROUND = re.compile(r"background(?:-color|-image)?\s*:", re.IGNORECASE)
_FLAT = re.compile(rf"(?:^|[;\s])(?:height|width){_ZERO}", re.IGNORECASE)

Tree: TypeAlias = Any  # lxml ships no types


def read_tree(html: str) -> Tree | None:
    """The root element, or None when there is nothing or too much to read."""
    if len(html) > MOST_CHARACTERS or not html.strip():
        return None
    parser = etree.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
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
    return frozenset(_hidden_selectors(sheets))


def _hidden_selectors(sheets: str) -> Iterator[str]:
    for rule in _RULE.finditer(sheets):
        if _HIDING.search(rule.group(2)):
            for selector in rule.group(1).split(","):
                if selector.strip()[:1] in (".", "#"):
                    yield selector.strip()


def is_hidden(element: Tree, hidden: frozenset[str], on_background: bool) -> bool:
    """Whether a reader would not see it; white letters count where nothing is behind them."""
    style = element.get("style", "")[:2000]
    names = {f".{name}" for name in element.get("class", "").split()} | {
        f"#{element.get('id', '')}"
    }
    color = element.get("color", "").lower()
    white = _WHITE.search(style) or color in ("white", "#ffffff", "#fff")
    return bool(
        "hidden" in element.attrib
        or _HIDING.search(style)
        or (_FLAT.search(style) and "overflow" in style)
        or names & hidden
        or (white and not on_background and not has_background(element))
    )


def has_background(element: Tree) -> bool:
    """Whether it has a colour or picture of its own behind it."""
    style = element.get("style", "")[:2000]
    return bool(_BACKGROUND.search(style) or element.get("bgcolor") or element.get("background"))
