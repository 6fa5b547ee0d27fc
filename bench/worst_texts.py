"""Megabytes of the worst text that we could think of: each fills the bounds of the anonymiser.

A piece is repeated up to the most lines, turns of a conversation or elements that are read, and
what is left of the megabyte is the same in one line.
"""

from html import escape

SIZE = 1_000_000
_MOST_LINES = 19_900
_MOST_TURNS = 4_900
_MOST_ELEMENTS = 29_500
_PIECES = {
    "attributions": "On Mon, 2 Nov 2026 Ben wrote:\n> x\n",
    "attributions in many languages": "Am 02.11.2026 um 10:01 schrieb B:\n> x\n"
    "Le 2 nov. 2026, B a écrit :\n> y\n2026年11月2日 B のメール:\n> z\n",
    "small print": "> a quoted line\nThis e-mail is confidential for the intended recipient.\n",
    "farewells": "Love, Ann\n> b\n",
    "greetings": "Thanks Ann,\n",
    "cards": "Ben Baker\nManager, Tel 030 123 4567\n> x\n",
    "header blocks": "From: Ann A\nSent: Monday 2026\nTo: c\n\n",
    "lines of names": "Ann Archer wrote:\n",
    "names that sign": "Ann A\n",
    "lines of addresses": "a@b.cc\n",
    "labels": "a:\n",
    "bare rules": "--\n",
    "dividers": "-----Original Message-----\nFrom: a\n",
    "long rules": "____________________\nFrom: a\n",
    "fields": "Wo: der See a@b.cc\n> x\n",
    "footers": "-- \ngroup-leave@b.cc\nx\n",
    "encoded files": "begin 644 x\n",
    "addresses of all kinds": "a <a@b.cc> says hi (at) to. dot b\n",
    "addresses": "a@b.cc ",
    "at signs": "@",
    "links": "https://a.b/a@b.cc?a=a@b.cc&utm_a=b#a ",
    "short links": "http://a ",
    "picture marks": "[image: x] ",
    "phone numbers": "+49 30 1234567 ",
    "digits and dashes": "0-1-",
    "names": "Ann Archer ",
    "letters apart": "A n n A r c h e r ",
    "two alphabets in one word": "\u0430ann ",
    "streets": "Hauptstr. 5\n",
    "entities": "&#64;",
    "white space": " \t",
    "combining marks": "\u0301\u0323",
}
# Elements that each are a line.
_BLOCKS = {
    "paragraphs": "<p>a",
    "paragraphs of names": "<p>Ann",
    "paragraphs of addresses": "<p>a@b.cc",
    "paragraphs of farewells": "<p>Love,",
    "line breaks": "a<br>",
}
_TAGS = {
    "bold letters": "<b>a</b>",
    "list items": "<ul><li>a</ul>",
    "cells": "<tr><td>a",
    "quotes": "<blockquote>a</blockquote>",
    "deep quotes": "<blockquote>" * 90 + "a" + "</blockquote>" * 90,
    "hidden letters": "<i style='display:none'>a</i>",
    "linked letters": "<a href='https://a.b/?utm_a=1'>a</a>",
    "signatures": "<p class=gmail_signature>a</p>",
    "pictures": "<img src=cid:a>",
}


def worst_texts() -> dict[str, tuple[str, str]]:
    """By its name a subtype of text/* and the body."""
    found = {}
    for name, piece in _PIECES.items():
        found[name] = ("plain", _filled(piece, piece, piece.count("\n"), _MOST_LINES))
        page = "".join(map(_as_html, piece.split("\n"))) if "\n" in piece else escape(piece)
        found[f"{name}, HTML"] = ("html", _filled(page, escape(piece), page.count("<"), 20_000))
    for name, tags in (_BLOCKS | _TAGS).items():
        opened = tags.count("<") - tags.count("</")
        most = _MOST_LINES if name in _BLOCKS else _MOST_ELEMENTS
        found[f"{name}, HTML"] = ("html", _filled(tags, "word ", opened, most))
    return found


def _as_html(line: str) -> str:
    words = escape(line.lstrip("> "))
    return f"<blockquote>{words}</blockquote>" if line.startswith(">") else f"<div>{words}</div>"


def _filled(piece: str, rest: str, units: int, most: int) -> str:
    """The piece as often as may be, and then the rest in one line. units: lines or elements."""
    times = SIZE // len(piece.encode())
    if units:
        times = min(times, most // units)
    if turns := 2 * sum(f"\n{piece}".count(mark) for mark in ("\n>", "<blockquote>", "-----O")):
        times = min(times, _MOST_TURNS // turns)
    text = piece * times
    rest = rest.replace("\n", " ")
    return text + rest * ((SIZE - len(text.encode())) // len(rest.encode()))
