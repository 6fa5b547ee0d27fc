"""Files of strangers are opened elsewhere, and whatever they do there stays there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from listserv.adapters.decoder_process import DecoderProcess
from listserv.mail.decoding.decoder import DirectDecoder
from tests.unit.mail.decoding import photographs
from tests.unit.mail.decoding.test_office import docx, run
from tests.waiting import wait_for

_DIRECT = DirectDecoder()


@pytest.fixture(scope="module")
def decoder() -> DecoderProcess:
    return DecoderProcess()


@pytest.fixture
def own() -> Iterator[DecoderProcess]:
    yield DecoderProcess(idle_seconds=600)


def children() -> list[int]:
    """Every decoder that this process has started and that still lives."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread or child that has just ended
            pids = (task / "children").read_text().split()
            found += [int(pid) for pid in pids if "decoder_child" in _command(pid)]
    return found


def _command(pid: str) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def born(own: DecoderProcess) -> int:
    """The process of a decoder that has none yet."""
    before = set(children())
    assert own.picture(photographs.saved("PNG"))
    (pid,) = set(children()) - before
    return pid


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "BMP", "TIFF"])
def test_it_makes_what_would_be_made_here(decoder: DecoderProcess, kind: str) -> None:
    content = photographs.saved(kind)
    found = decoder.picture(content)
    assert found == _DIRECT.picture(content)
    assert found is not None


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_moving_pictures_too(decoder: DecoderProcess, kind: str) -> None:
    content = photographs.moving(kind, [50, 70])
    assert decoder.picture(content) == _DIRECT.picture(content)


def test_colours_and_documents_too(decoder: DecoderProcess) -> None:
    content = photographs.saved("JPEG", icc_profile=photographs.swapped_profile())
    assert decoder.picture(content) == _DIRECT.picture(content)
    words = docx(f"<w:p>{run('Ein Wörtchen €')}</w:p>")
    assert decoder.words(words) == "Ein Wörtchen €"


@pytest.mark.parametrize("content", [b"", b"nonsense", photographs.bomb()])
def test_what_cannot_be_opened_gives_none(decoder: DecoderProcess, content: bytes) -> None:
    assert decoder.picture(content) is None
    assert decoder.words(content) is None


def test_a_great_photo_fits_into_its_memory(decoder: DecoderProcess) -> None:
    photo = photographs.two_sides((8000, 6000)).convert("RGBA")
    content = photographs.saved("PNG", photo, compress_level=1)
    assert decoder.picture(content) is not None


def test_several_threads_get_each_their_own(decoder: DecoderProcess) -> None:
    contents = [
        photographs.saved("PNG", photographs.two_sides((20 + 2 * number, 10)))
        for number in range(9)
    ]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(decoder.picture, contents)) == list(map(_DIRECT.picture, contents))


def test_there_is_no_child_before_the_first_file(own: DecoderProcess) -> None:
    before = children()
    assert own.picture(photographs.saved("JPEG"))
    assert len(children()) == len(before) + 1


def test_the_child_ends_when_nothing_comes() -> None:
    own = DecoderProcess(idle_seconds=0.05)
    pid = born(own)
    wait_for(lambda: pid not in children(), "the end of an idle child")
    assert own.picture(photographs.saved("PNG"))


_ASKING = """
import sys
from listserv.adapters.decoder_process import DecoderProcess
from tests.unit.adapters.test_decoder_process import born
print(born(DecoderProcess()), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["in order", "killed"])
def test_the_child_ends_with_the_process_that_asked_it(how: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _ASKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as asking:
        assert asking.stdout
        pid = int(asking.stdout.readline())
        assert "decoder_child" in _command(str(pid))
        if how == "killed":
            asking.kill()
        asking.communicate()
    wait_for(lambda: not _command(str(pid)), "the end of a child that nobody can ask")


def test_a_child_that_was_killed_is_replaced(own: DecoderProcess) -> None:
    pid = born(own)
    os.kill(pid, signal.SIGKILL)
    assert own.picture(photographs.saved("PNG"))
    assert pid not in children()


def test_a_child_that_hangs_is_killed_and_the_next_file_gets_another() -> None:
    own = DecoderProcess(idle_seconds=600)
    pid = born(own)
    own.patience = 0.3
    os.kill(pid, signal.SIGSTOP)
    assert own.picture(photographs.saved("PNG")) is None
    assert pid not in children()
    own.patience = 60
    assert own.picture(photographs.saved("PNG"))


def test_no_setting_or_key_is_handed_to_the_child(
    monkeypatch: pytest.MonkeyPatch, own: DecoderProcess
) -> None:
    monkeypatch.setenv("QUIETLIST_SECRET_KEYS", "zq-secret")
    environment = Path(f"/proc/{born(own)}/environ").read_bytes()
    assert b"QUIETLIST" not in environment
    assert b"zq-secret" not in environment


def test_the_child_listens_to_nobody_else(own: DecoderProcess) -> None:
    pid = born(own)
    names = {
        str(place.readlink()).partition(":")[0]
        for place in Path(f"/proc/{pid}/fd").iterdir()
        if place.name != "0"
    }
    assert names == {"/dev/null"}


_CONFINED = """
import os, sys
from listserv.adapters import decoder_child
{before}
decoder_child.confine()
try:
    {deed}
except (OSError, MemoryError) as error:
    print(type(error).__name__, flush=True)
else:
    print("done", flush=True)
"""


@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("open('/etc/hostname')", "OSError"),
        ("open('/tmp/quietlist-probe', 'w')", "OSError"),
        ("socket.socket()", "OSError"),
        ("os.pipe()", "OSError"),
        ("bytearray(2_000_000_000)", "MemoryError"),
        ("len(b'x')", "done"),
    ],
)
def test_behind_the_wall(deed: str, outcome: str) -> None:
    assert _confined(deed).stdout.strip() == outcome


@pytest.mark.parametrize(
    ("deed", "end"),
    [("while True: pass", signal.SIGXCPU), ("import time; time.sleep(60)", signal.SIGALRM)],
)
def test_nobody_stays_behind_the_wall_for_long(deed: str, end: signal.Signals) -> None:
    before = "decoder_child._CPU_SECONDS = 1" if "while" in deed else "decoder_child._SECONDS = 1"
    done = _confined(deed, f"import time; {before}")
    # The soft and the hard limit of CPU time are the same: the kernel may send either signal.
    assert -done.returncode in {end, signal.SIGKILL}
    assert not done.stdout


def _confined(deed: str, before: str = "import socket") -> "subprocess.CompletedProcess[str]":
    script = _CONFINED.format(deed=deed, before=before)
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
