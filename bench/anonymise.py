"""How much of a processor does it take to clean one mail, read from its bytes to the new post?

The child that opens pictures is counted with it. Besides, the seconds that a megabyte takes whose
author means ill.
"""

import argparse
import base64
import io
import json
import os
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path

from PIL import Image

from bench.product import machine
from bench.worst_texts import worst_texts
from listserv.adapters.decoder_process import DecoderProcess
from listserv.domain.anonymous_message import Anonymised
from listserv.domain.author import Author
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.inbound import InboundMessage, parse
from smtp_gateway.server import look_seldom_for_cycles

_AUTHOR = Author("quiet-otter")
_POLICY = CleaningPolicy(frozenset({"group@example.org"}))
_HEAD = (
    "From: Ann Archer <ann.archer@example.org>\r\nTo: group@example.org\r\n"
    "Subject: Re: Tea\r\nMIME-Version: 1.0\r\nContent-Type: {}; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n\r\n"
)
_WORDS = (
    "It was the third evening, and the kettle was on. Somebody had brought a cake, and we talked "
    "of the things that one can say to people who have been there too."
)
_END = "Love,\nAnn\n\nOn Mon, 2 Nov 2026 at 10:01, Ben <ben@example.net> wrote:\n> And you?\n"


def _text(size: int) -> bytes:
    body = "\n\n".join([_WORDS] * (size // len(_WORDS)))
    return (_HEAD.format("text/plain") + f"{body}\n\n{_END}").encode()


def _html(size: int) -> bytes:
    link = '<a href="https://a.example/{0}?utm_source=b&amp;id={0}">here</a>'
    piece = f'<div class="x"><p style="margin:0">{_WORDS} <b>Ann</b> {link}</p><br></div>\n'
    body = "".join(map(piece.format, range(size // len(piece))))
    return (_HEAD.format("text/html") + f"<html><body>{body}</body></html>").encode()


def _photo(width: int, height: int) -> bytes:
    """A photo in grain and size as phones take them, with a place in it."""
    grain = Image.effect_noise((width, height), 24)
    light = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (grain, Image.blend(grain, light, 0.5), light))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88, exif=exif)
    head = _HEAD.format("multipart/mixed; boundary=b").encode().replace(b"8bit", b"7bit")
    part = b"Content-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    content = base64.encodebytes(file.getvalue())
    return head + b"--b\r\n\r\nLook.\r\n--b\r\n" + part + content + b"\r\n--b--"


_CASES = {
    "text of 3 KB": _text(3_000),
    "HTML of 30 KB": _html(30_000),
    "photo of 2 megapixels": _photo(1632, 1224),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    rounds = parser.parse_args().rounds
    look_seldom_for_cycles()  # as the gateway does, which cleans all mail
    figures = {name: _median_ms(mail, rounds) for name, mail in _CASES.items()}
    worst = _worst_seconds()
    told = {"cpu_ms_median": figures, "rounds": rounds, "cpu_seconds_of_a_megabyte": worst}
    print(json.dumps({**told, **machine()}, indent=2))
    print(", ".join(f"{name}: {ms} ms" for name, ms in figures.items()), file=sys.stderr)
    name, seconds = next(iter(worst.items()))
    print(f"worst megabyte: {seconds} s ({name})", file=sys.stderr)


def _worst_seconds() -> dict[str, float]:
    """Those that take longest first; what is refused is counted too."""
    decoder = DecoderProcess()
    taken = {}
    for name, (kind, body) in worst_texts().items():
        mail = _HEAD.format(f"text/{kind}").encode() + body.encode()
        started = time.process_time()
        message = parse(mail)
        assert isinstance(message, InboundMessage)
        anonymise(message, _AUTHOR, _POLICY, decoder)
        taken[name] = round(time.process_time() - started, 2)
    return dict(sorted(taken.items(), key=lambda one: -one[1]))


def _median_ms(mail: bytes, rounds: int) -> float:
    decoder = DecoderProcess()
    _clean(mail, decoder)  # starts the child
    taken = []
    for number in range(rounds):
        another = _with_other_links(mail, number)
        started = time.process_time() + _children_seconds()
        _clean(another, decoder)
        taken.append(time.process_time() + _children_seconds() - started)
    return round(statistics.median(taken) * 1000, 2)


def _with_other_links(mail: bytes, number: int) -> bytes:
    """The same with links of its own, since urllib keeps what it has read."""
    return mail.replace(b"//a.example/", f"//{chr(97 + number % 26)}{number}.example/".encode())


def _clean(mail: bytes, decoder: DecoderProcess) -> None:
    message = parse(mail)
    assert isinstance(message, InboundMessage)
    assert isinstance(anonymise(message, _AUTHOR, _POLICY, decoder), Anonymised)


def _children_seconds() -> float:
    """What our children, and theirs that have ended, have used up to now (proc(5), 10 ms apart)."""
    ticks = 0
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has just ended
            for pid in (task / "children").read_text().split():
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
