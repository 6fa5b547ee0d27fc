"""The steps that a text takes grow with its length, and no faster."""

import sys
from types import FrameType
from typing import Any

import pytest

from tests.unit.mail.anonymise.cleaning import result_of

_TIMES = 150
_PIECES = [
    "On 2026 a wrote:\n> x\n",
    "On 2026 a, you wrote:\n> x\n",
    "\nBen Baker wrote:\n> x\n",
    "Le 2 nov. 2026, B a écrit :\n> x\n2026年11月2日 B のメール:\n> x\n",
    "> a\nThis e-mail is confidential for the intended recipient.\n",
    "Love, A\n> b\n",
    "a <a@b.cc> says hi (at) to. dot b\n",
    "-----Original Message-----\nFrom: a\nSent: 2026\nTo: b\n\nx\n",
    "--\nZelda\n> x\n",
]


@pytest.mark.parametrize("piece", _PIECES)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_four_times_the_text_takes_four_times_the_steps(kind: str, piece: str) -> None:
    piece = piece if kind == "plain" else piece.replace("\n", "<br>")
    _steps(kind, piece)  # fills what is kept between mails
    once, four_times = _steps(kind, piece * _TIMES), _steps(kind, piece * _TIMES * 4)
    assert four_times < 4.5 * once


def _steps(kind: str, body: str) -> int:
    """How many lines of Python are run to clean it."""
    steps = 0

    def count(frame: FrameType, event: str, told: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        result_of(body.encode(), f"Content-Type: text/{kind}; charset=utf-8")
    finally:
        sys.settrace(before)
    return steps
