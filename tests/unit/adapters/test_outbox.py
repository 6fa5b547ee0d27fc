import mailbox
import os
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from listserv.adapters.outbox import Outbox
from listserv.domain.delivery import RelayDown, Sent
from listserv.domain.ports import OutboundMessage

CONTENT = b"Subject: x\r\n\r\n.dot\r\nFrom here\r\n"


def mail(content: bytes = CONTENT) -> OutboundMessage:
    return OutboundMessage("group-bounces+t@example.org", "ann@example.net", content)


def send_many(path: Path) -> int:
    with Outbox(path).session() as session:
        return len([*session.send((number, mail()) for number in range(20))])


def test_a_copy_is_written_as_it_would_go_over_the_wire(tmp_path: Path) -> None:
    with Outbox(tmp_path / "outbox").session() as session:
        assert [*session.send([(1, mail())])] == [(1, Sent())]
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    assert file.read_bytes() == CONTENT
    assert "ann" not in file.name
    assert list((tmp_path / "outbox" / "tmp").iterdir()) == []


def test_it_is_a_maildir_that_nobody_else_may_read(tmp_path: Path) -> None:
    path = tmp_path / "outbox"
    send_many(path)
    assert len(mailbox.Maildir(path, create=False)) == 20
    (first, *_) = (path / "new").iterdir()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE((path / "new").stat().st_mode) == 0o700


def test_several_processes_write_side_by_side(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3) as pool:
        assert list(pool.map(send_many, [tmp_path] * 6)) == [20] * 6
    assert len(list((tmp_path / "new").iterdir())) == 120


def test_a_folder_that_cannot_be_made_is_a_relay_that_is_down(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with Outbox(tmp_path / "outbox").session() as session:
        assert [*session.send([(1, mail()), (2, mail())])] == [(1, RelayDown())]


def test_a_full_disk_leaves_no_half_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError

    with Outbox(tmp_path).session() as session:
        monkeypatch.setattr(os, "fsync", full)
        assert [*session.send([(1, mail()), (2, mail())])] == [(1, RelayDown())]
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
