"""Marks at random places of random mails: none comes out, and the author's words do."""

import base64
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from listserv.domain.anonymous_message import Anonymised
from listserv.domain.author import Author
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.mail.inbound import InboundMessage, parse
from tests.fuzz.marked_mails import MARK, MARKS, Marked, marked_mails
from tests.golden.anonymise.corpus import copy_of
from tests.golden.anonymise.searcher import layers

_AUTHOR = Author("quiet-otter")
_POLICY = CleaningPolicy(frozenset({"group@example.org"}))


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
@given(marked_mails())
def test_no_mark_comes_out_and_no_word_is_lost(mail: Marked) -> None:
    message = parse(mail.raw)
    if not isinstance(message, InboundMessage):
        return  # two fields where one may be: refused, with a reason
    result = anonymise(message, _AUTHOR, _POLICY, DirectDecoder())
    assert isinstance(result, Anonymised), result
    found = "\n".join(layers(copy_of(result))).casefold()
    assert [mark for mark in MARKS if mark in found] == []
    assert [word for word in mail.words if word not in result.message.text] == []


def _picture() -> bytes:
    note = PngInfo()
    note.add_text("Author", MARK, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG", pnginfo=note)
    return out.getvalue()


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", MARK)
    return out.getvalue()


_PACKED = base64.b64encode(MARK.encode())
_PLANTED = {
    "plain": MARK.encode(),
    "base64": b"Content-Transfer-Encoding: base64\n\n" + _PACKED,
    "base64 in a line": b"token=" + _PACKED,
    "twice base64": b"x " + base64.b64encode(b"some more letters " + _PACKED),
    "quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n"
    + "".join(f"={ord(char):02X}" for char in MARK).encode(),
    "encoded word": b"Subject: =?utf-8?b?" + _PACKED + b"?=\n\n",
    "encoded words in pieces": b"Subject: =?utf-8?q?zqma?= =?utf-8?q?rk77?=\n\n",
    "RFC 2231": b"Content-Type: text/plain; name*0*=utf-8''zq%6d; name*1*=%61rk77\n\nx",
    "percent": b"https://example.com/zq%6D%61rk77",
    "entity": b"zq&#109;&#x61;rk77",
    "soft hyphen": "zq\u00admark77".encode(),
    "full width": "ｚｑｍａｒｋ７７".encode(),
    "across lines": b"zqm\r\nark77",
    "UTF-16": MARK.encode("utf-16-le"),
    "archive": _archive(),
    "archive in a mail": b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(_archive()),
    "picture": _picture(),
    "picture in a mail": b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(_picture()),
    "escaped": rb"zq\u006dark77",
    "backwards": MARK[::-1].encode(),
}


@pytest.mark.parametrize("place", _PLANTED)
def test_the_searcher_finds_what_is_planted(place: str) -> None:
    assert MARK in "\n".join(layers(b"X-A: 1\n" + _PLANTED[place])).casefold()


def test_the_searcher_finds_nothing_where_nothing_is() -> None:
    assert MARK not in "\n".join(layers(b"Subject: tea\n\nzq mark 77 kettle\n")).casefold()
