"""Hostile text takes no longer than any other of its length."""

import pytest

from listserv.domain.anonymous_message import Anonymised, Unclean
from tests.unit.mail.anonymise.cleaning import result_of

_SIZE = 300_000
_PIECES = [
    "a", "@", "a@", "<a@b.cc>", ">", ">\n", "-- \nsixteen letters..\n", "--\nsixteen letters..\n",
    "On ", "On 2026 a wrote:\n",
    "From: a;\n", "From: a\nSent: b\nTo: c\n\n", "Zelda ", "https://a.b/?a=b&", " ", "_", "im ",
    "-----BEGIN PGP MESSAGE-----\n", "[cid:", "Best,\n+49 151 1234567\n\n", "\u0301\u0323", "x\n\n",
    "a (at) ", "@a{b{c}", "Zeldas_", "+49 30 1234567 ", "Love, A\n", "BEGIN:VCARD\n",
    "confidential intended recipient\n", "\u200d",
    "/home/a ", "a@b:~ ", "[02.11.26, 10:01] a: b\n", "A wrote:\nb\n\n", "\u0628\u064e", "4lda ",
]  # fmt: skip


_TAGS = {
    "many": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">",
    "quoted ends": "<p " + " ".join(f'a{n}=">"' for n in range(40_000)) + ">",
    "behind a comment": '<!-- <b c=" --><p ' + " ".join(f"a{n}" for n in range(60_000)) + ">",
    "with slashes": "<p/" + "/".join(f"a{n}" for n in range(60_000)) + ">",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("tag", _TAGS.values(), ids=_TAGS)
def test_a_tag_with_endless_attributes_is_not_read(tag: str) -> None:
    body = f"<p>Hello.</p>{tag}Hi</p>".encode()
    assert isinstance(result_of(body, "Content-Type: text/html; charset=utf-8"), Unclean)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_piece_said_a_thousand_times_ends_in_time(kind: str, piece: str) -> None:
    body = (piece * (_SIZE // len(piece))).encode()
    result = result_of(body, f"Content-Type: text/{kind}; charset=utf-8")
    assert isinstance(result, Anonymised | Unclean)


@pytest.mark.timeout(20)
def test_a_long_line_under_many_rules_is_looked_at_once() -> None:
    body = "Hello.\n" + "--\n" * 60 + "-- a " * 150_000
    assert isinstance(result_of(body.encode(), "Content-Type: text/plain"), Anonymised)
