"""The outbox's pages, over a real Maildir."""

from base64 import b64encode
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from listserv.adapters.outbox import Outbox
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage
from listserv.services.add_members import Newcomer, add_members
from tests.fakes import World
from tests.unit.web.pages import ANN
from web.outbox import reader

PIXEL = b"\x89PNG\r\n\x1a\n" + b"not much of a picture"


def mail(subject: str = "Tea", html: str = "", pictures: tuple[str, ...] = ()) -> bytes:
    message = EmailMessage()
    message["From"] = '"Quiet Otter via Evenings" <group@example.org>'
    message["Subject"] = subject
    message.set_content("Bring a <cup>.\n")
    if html:
        message.add_alternative(html, subtype="html")
    for kind in pictures:
        message.add_attachment(PIXEL, maintype="image", subtype=kind, filename="picture-1.png")
    return message.as_bytes()


def put(folder: Path, *mails: bytes) -> list[str]:
    """Puts copies in; their names, oldest first."""
    with Outbox(folder / "outbox").session() as outbox:
        list(outbox.send((None, OutboundMessage("", "ann@example.net", mail)) for mail in mails))
    return sorted(path.name for path in (folder / "outbox" / "new").iterdir())


@pytest.fixture
def names(client: FlaskClient, tmp_path: Path) -> Iterator[list[str]]:
    html = '<p>Bring a cup.</p><script>alert(1)</script><img src="https://evil.example/x">'
    yield put(tmp_path, mail("First"), mail("Second", html, ("png", "svg+xml")))


def test_empty_says_what_will_come(client: FlaskClient) -> None:
    assert "its copies appear here" in client.get("/outbox").text


def test_the_newest_stands_first(client: FlaskClient, names: list[str]) -> None:
    text = client.get("/outbox").text
    assert text.index("Second") < text.index("First")


def test_who_a_notice_is_for_stands_in_the_list(client: FlaskClient, tmp_path: Path) -> None:
    put(tmp_path, b"From: g@example.org\nTo: ann@example.net\nSubject: Please confirm\n\nHello\n")
    assert "to ann@example.net" in client.get("/outbox").text


def test_a_copy_is_shown_inertly(client: FlaskClient, names: list[str]) -> None:
    page = client.get(f"/outbox/{names[1]}")
    assert "Bring a &lt;cup&gt;." in page.text and "<script" not in page.text
    assert "Quiet Otter via Evenings" in page.text


def test_its_html_can_neither_act_nor_fetch(client: FlaskClient, names: list[str]) -> None:
    answer = client.get(f"/outbox/{names[1]}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox;" in policy and policy.startswith("default-src 'none'")
    assert "script-src" not in policy and "img-src data:;" in policy
    assert client.get(f"/outbox/{names[0]}/html").status_code == 404


def test_pictures_are_pictures(client: FlaskClient, names: list[str]) -> None:
    answer = client.get(f"/outbox/{names[1]}/picture/0")
    assert answer.data == PIXEL and answer.content_type == "image/png"
    # The second is a drawing that could hold a script; we never send one.
    assert client.get(f"/outbox/{names[1]}/picture/1").status_code == 404


def test_its_own_pictures_stand_in_its_html(client: FlaskClient, tmp_path: Path) -> None:
    whole = EmailMessage()
    whole.set_content("A cup.\n")
    whole.add_alternative('<p><img src="cid:cup@example.org"></p>', subtype="html")
    pages = whole.get_payload()
    assert isinstance(pages, list) and isinstance(pages[1], EmailMessage)
    pages[1].add_related(PIXEL, maintype="image", subtype="png", cid="<cup@example.org>")
    (name,) = put(tmp_path, whole.as_bytes())
    shown = client.get(f"/outbox/{name}/html").text
    assert f'<img src="data:image/png;base64,{b64encode(PIXEL).decode()}">' in shown


def test_whose_copy_it_is_stands_there_by_handle(
    client: FlaskClient, world: World, group: MailingList, tmp_path: Path
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Brave Heron")]))
    way_out = "List-Unsubscribe: <https://example.org/unsubscribe/{}>\n".format
    (one, other) = put(
        tmp_path,
        way_out(world.kit.tokens.unsubscribe(1)).encode() + mail(),
        way_out("a" * 26).encode() + mail(),
    )
    assert client.get("/outbox").text.count("to Brave Heron") == 1
    assert "to Brave Heron" in client.get(f"/outbox/{one}").text
    assert "to Brave Heron" not in client.get(f"/outbox/{other}").text


def test_what_is_no_copy_is_passed_over(client: FlaskClient, tmp_path: Path) -> None:
    put(tmp_path, mail("Real"))
    new = tmp_path / "outbox" / "new"
    (new / "notes.txt").write_text("hello")
    (new / "12.folder").mkdir()
    (new / "13.empty").write_bytes(b"")
    (new / "14.bytes").write_bytes(bytes(range(256)) * 20)
    page = client.get("/outbox")
    assert page.status_code == 200 and "Real" in page.text and "notes" not in page.text
    for name in ("notes.txt", "12.folder"):
        assert client.get(f"/outbox/{name}").status_code == 404
    for name in ("13.empty", "14.bytes"):
        assert client.get(f"/outbox/{name}").status_code == 200


def test_a_mail_program_may_look_too(client: FlaskClient, tmp_path: Path) -> None:
    (name,) = put(tmp_path, mail("Read before"))
    seen = tmp_path / "outbox" / "cur" / f"{name}:2,S"
    (tmp_path / "outbox" / "new" / name).rename(seen)
    assert "Read before" in client.get("/outbox").text
    assert client.get(f"/outbox/{seen.name}").status_code == 200


def test_many_copies_come_in_pages(client: FlaskClient, tmp_path: Path) -> None:
    put(tmp_path, *[mail(f"Number {n:03}") for n in range(reader.A_PAGE + 5)])
    first, second = client.get("/outbox").text, client.get("/outbox?page=2").text
    assert first.count("Number") == reader.A_PAGE and second.count("Number") == 5
    assert "Older" in first and "Newer" in second and "Older" not in second
    for odd in ("0", "-5", "x", "9" * 30):
        assert client.get(f"/outbox?page={odd}").status_code == 200
