"""HTML to a tree, within bounds, and what in it a reader does not see."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from lxml import etree

from listserv.mail.anonymise.html_style import (
    Colour,
    Look,
    alike,
    colour,
    hidden_selectors,
    look_of,
)

MOST_CHARACTERS = 1_500_000
_MOST_ELEMENTS = 30_000
# libxml2 stops reading at 256 levels, without a word.
_DEEPEST = 200
_COUNT = etree.XPath("count(//*)")
_NAMED_BREAKS = etree.XPath("//br[@id]")
_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * (_DEEPEST + 1)})")
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
    if root is None or _COUNT(root) > _MOST_ELEMENTS or _IS_TOO_DEEP(root):
        return None
    return root


def gather_signatures(root: Tree) -> None:
    """Apple's programs mark only where a signature begins: all behind it, up to a quote."""
    marks = [one for one in _NAMED_BREAKS(root) if "signature" in one.get("id").lower()]
    for mark in marks[:_MOST_MARKS]:
        parent = mark.getparent()
        if parent is None:
            continue
        whole = etree.SubElement(parent, "div", {"class": "signature"})
        # The words behind the mark go with its copy: lxml takes no text that has controls in it.
        whole.append(deepcopy(mark))
        mark.tail = None
        for sibling in list(mark.itersiblings()):
            if sibling is whole or next(sibling.iter("blockquote"), None) is not None:
                break
            whole.append(sibling)
        mark.addnext(whole)


def hidden_names(root: Tree) -> frozenset[str]:
    """The classes (".x"), ids ("#x") and elements that the style sheets of the mail hide."""
    sheets = "".join(element.text or "" for element in root.iter("style"))[:_MOST_STYLE]
    return hidden_selectors(sheets) if sheets else frozenset()


# Attributes that may hide words.
_TELLING = frozenset({"style", "hidden", "color", "bgcolor"})


class Sight:
    """What a reader of one mail sees. Programs repeat the same few styles, so each is read once."""

    def __init__(self, root: Tree) -> None:
        self._hidden = hidden_names(root)
        self.hides_elements = bool(self._hidden)
        self._looks: dict[str, Look] = {"": Look()}

    def behind(self, tag: str, given: Mapping[str, str], behind: Colour) -> Colour | None:
        """The colour that the letters in an element stand on; None when nobody would see them.

        given: its attributes. behind: the same of the element around it.
        """
        if self._hidden and not self._hidden.isdisjoint(_names(tag, given)):
            return None
        if _TELLING.isdisjoint(given):
            return behind
        style = given.get("style", "")
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = look_of(style)
        if look.hides or "hidden" in given:
            return None
        letters = look.letters or colour(given.get("color", ""))
        own = look.behind or colour(given.get("bgcolor", "")) or behind
        return None if letters is not None and alike(letters, own) else own


def _names(tag: str, given: Mapping[str, str]) -> set[str]:
    classes = (f".{name}" for name in given.get("class", "").split())
    return {tag, f"#{given.get('id', '')}", *classes}


def quote_follows(element: Tree) -> bool:
    """Whether the next thing that a reader sees is a quote."""
    tail, following = element.tail, element.getnext()
    while following is not None and following.tag == "br" and not (tail or "").strip():
        tail, following = following.tail, following.getnext()
    is_quote = following is not None and following.tag == "blockquote"
    return is_quote and not (tail or "").strip()
