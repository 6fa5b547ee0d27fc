"""HTML to a tree, within bounds, and what in it a reader does not see."""

import re
from typing import Any, TypeAlias

from lxml import etree

from listserv.mail.anonymise.html_style import (
    Colour,
    alike,
    background_of,
    colour,
    hidden_selectors,
    hides,
    properties,
)

MOST_CHARACTERS = 1_500_000
_MOST_ELEMENTS = 30_000
# libxml2 stops reading at 256 levels, without a word.
_DEEPEST = 200
_MOST_STYLE = 20_000
_MOST_MARKS = 20
# libxml2 compares each attribute of a tag with all before it: 50,000 take a minute. A tag here is
# whatever could be one, wherever it stands, since comments and scripts may only seem to be some.
_ENDLESS_TAG = re.compile(
    r"""<[A-Za-z][^/>\t\n\f\r\x20]{0,60}+
    (?:
        [/\t\n\f\r\x20]*+ [^/>\t\n\f\r\x20] [^=/>\t\n\f\r\x20]{0,60}+
        (?:
            [\t\n\f\r\x20]*+ = [\t\n\f\r\x20]*+
            (?: "[^"]*+"?+ | '[^']*+'?+ | [^"'>\t\n\f\r\x20][^>\t\n\f\r\x20]{0,400}+ )?+
        )?+
    ){64}""",
    re.VERBOSE,
)
# Programs and servers write on behind the end, and libxml2 would not read that.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)

Tree: TypeAlias = Any  # lxml ships no types


def read_tree(html: str) -> Tree | None:
    """The root element, or None when there is nothing or too much to read."""
    if len(html) > MOST_CHARACTERS or not html.strip() or _ENDLESS_TAG.search(html):
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


def gather_signatures(root: Tree) -> None:
    """Apple's programs mark only where a signature begins: all behind it, up to a quote."""
    marks = [one for one in root.iter("br") if "signature" in one.get("id", "").lower()]
    for mark in marks[:_MOST_MARKS]:
        parent = mark.getparent()
        if parent is None:
            continue
        whole = etree.SubElement(parent, "div", {"class": "signature"})
        whole.text, mark.tail = mark.tail, None
        for sibling in list(mark.itersiblings()):
            if sibling is whole or next(sibling.iter("blockquote"), None) is not None:
                break
            whole.append(sibling)
        mark.addnext(whole)


def tag_of(element: Tree) -> str:
    """The tag in lower case; "" for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def hidden_names(root: Tree) -> frozenset[str]:
    """The classes (".x"), ids ("#x") and elements that the style sheets of the mail hide."""
    sheets = "".join(element.text or "" for element in root.iter("style"))[:_MOST_STYLE]
    return hidden_selectors(sheets) if sheets else frozenset()


def is_hidden(element: Tree, hidden: frozenset[str], behind: Colour) -> bool:
    """Whether a reader would not see it. behind: the colour that its letters stand on."""
    if not element.attrib:
        return tag_of(element) in hidden
    names = {tag_of(element), *(f".{name}" for name in element.get("class", "").split())}
    names.add(f"#{element.get('id', '')}")
    if "hidden" in element.attrib or names & hidden:
        return True
    given = properties(element.get("style", ""))
    if given and hides(given):
        return True
    letters = colour(given.get("color", "") or element.get("color", ""))
    return letters is not None and alike(letters, background(element, behind))


def background(element: Tree, behind: Colour) -> Colour:
    """The colour behind its letters: its own, or what shows through."""
    own = background_of(properties(element.get("style", "")))
    return own or colour(element.get("bgcolor", "")) or behind
