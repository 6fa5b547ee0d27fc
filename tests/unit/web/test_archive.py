"""Members read again what went out, and nobody else finds anything there."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from listserv.domain.anonymous_message import Attachment
from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from listserv.services.erase_member import erase_member
from listserv.services.remove_member import remove_member
from listserv.services.sweep import sweep
from listserv.store import members, subscriptions
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, main, say, sign_in
from tests.unit.web.test_queries import MOST_QUERIES, counting

ARCHIVE = f"{LIST}/archive"
BEN = "ben@example.net"
PICTURE = Attachment("picture-1.png", "image/png", b"\x89PNG and so on")
NOTES = Attachment("text-1.txt", "text/plain", "Años\n".encode())


def thread_path(client: FlaskClient, subject: str) -> str:
    link = re.search(rf'href="({ARCHIVE}/\d+)">{subject}<', client.get(ARCHIVE).text)
    assert link
    return link[1]


def test_a_member_reads_a_conversation(ann: FlaskClient, world: World, group: MailingList) -> None:
    first = say(world, group, "Who would like tea?")
    say(world, group, "> Who would like tea?\n\nI would.", handle="Calm Heron", answers=first)
    say(world, group, "Rain again.", subject="Rain")
    listed = main(ann.get(ARCHIVE))
    assert listed.index("Rain") < listed.index("Tea")  # newest first
    assert "2 mails, the newest today at" in listed
    read = main(ann.get(thread_path(ann, "Tea")))
    assert read.index("Quiet Otter") < read.index("Calm Heron")
    assert "In answer to Quiet Otter, above: “Who would like tea?”" in read
    assert "I would." in read
    assert "as a page" not in read


def test_words_run_in_the_direction_of_their_script(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    say(world, group, "> شكرا\n\nأهلا بالجميع.", subject="مرحبا")
    assert '<a dir="auto" href="' in main(ann.get(ARCHIVE))
    read = main(ann.get(thread_path(ann, "مرحبا")))
    assert '<h1 dir="auto">مرحبا</h1>' in read
    assert '<p class="text" dir="auto">أهلا بالجميع.</p>' in read
    assert '<blockquote class="text" dir="auto">شكرا</blockquote>' in read


def test_a_conversation_answered_moves_up(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    tea = say(world, group, "Who would like tea?")
    say(world, group, "Rain again.", subject="Rain")
    say(world, group, "I would.", answers=tea)
    listed = main(ann.get(ARCHIVE))
    assert listed.index("Tea") < listed.index("Rain")


def test_an_answer_goes_by_mail_into_the_conversation(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    said = say(world, group, "Who would like tea?")
    token = world.kit.tokens.post(said.id)
    read = ann.get(thread_path(ann, "Tea")).text
    assert f'href="mailto:group-thread%2B{token}@example.org?subject=Re%3A%20Tea"' in read
    change_list(world.kit, group.address, {"reply_to": "none"})
    assert "-thread" not in ann.get(thread_path(ann, "Tea")).text


def test_what_waits_or_is_of_another_list_is_not_there(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    say(world, group, "I am not sure about this.", subject="Held", waits=True)
    other = create_list(world.kit, "other@example.org", "Other")
    elsewhere = say(world, other, "Not for them.", subject="Elsewhere")
    listed = ann.get(ARCHIVE).text
    assert "Held" not in listed
    assert "Elsewhere" not in listed
    assert "Nothing yet." in listed
    assert ann.get(f"{ARCHIVE}/{elsewhere.id}").status_code == 404
    assert ann.get(f"/lists/other@example.org/archive/{elsewhere.id}").status_code == 404


def test_a_file_of_another_list_is_not_there(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    other = create_list(world.kit, "other@example.org", "Other")
    elsewhere = say(world, other, "Look.", files=(PICTURE,))
    here = say(world, group, "Look.", subject="Here")
    for number in (elsewhere.id, here.id):
        assert ann.get(f"{ARCHIVE}/{number}/file/1").status_code == 404


def test_nothing_that_a_post_says_can_act(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    say(
        world,
        group,
        "<script>alert(1)</script>\n> <b>x</b>\nSee https://example.org/a?b=c&d",
        subject="<i>Tea</i>",
        handle="<u>Otter</u>",
        files=(replace(PICTURE, name='<a>".png'),),
    )
    listed = ann.get(ARCHIVE).text
    link = re.search(rf'href="({ARCHIVE}/\d+)"', listed)
    assert link
    for page in (listed, ann.get(link[1]).text):
        assert not re.search(r"<(?:script|b|i|u|a)\b>", page.split("<main")[1])
    assert (
        '<a href="https://example.org/a?b=c&amp;d" rel="nofollow noopener noreferrer">'
        in ann.get(link[1]).text
    )


def test_pictures_come_when_they_are_asked_for(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    say(world, group, "Look.", files=(PICTURE, NOTES))
    path = thread_path(ann, "Tea")
    assert "<img" not in ann.get(path).text
    asked = ann.get(f"{path}?page=1&pictures=yes").text
    source = re.search(
        r'<img src="([^"]+)" loading="lazy" alt="Picture 1, from Quiet Otter"', asked
    )
    assert source
    picture = ann.get(source[1])
    assert picture.data == PICTURE.content
    assert picture.content_type == "image/png"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    notes = re.search(r'href="([^"]+)">text-1.txt<', asked)
    assert notes
    text = ann.get(notes[1])
    assert text.headers["Content-Disposition"] == "attachment; filename=text-1.txt"
    assert text.content_type == "text/plain; charset=utf-8"


def test_everybody_else_finds_the_same_nothing(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    said = say(world, group, "Only for us.", files=(PICTURE,))
    paths = [ARCHIVE, f"{ARCHIVE}/{said.id}", f"{ARCHIVE}/{said.id}/file/1"]
    nowhere = "/lists/nothing@example.org/archive"
    for path in [*paths, nowhere]:
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/sign-in"), path
    other = create_list(world.kit, "other@example.org", "Other")
    list(add_members(world.kit, other.address, [Newcomer(BEN)]))
    sign_in(client, world, BEN)
    none = client.get(nowhere)
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, main(answer)) == (404, main(none)), path


@pytest.mark.parametrize("state", ["waiting", "left"])
def test_who_is_not_in_yet_or_not_any_more_finds_nothing(
    ann: FlaskClient, world: World, group: MailingList, state: str
) -> None:
    say(world, group, "Only for us.")
    list(add_members(world.kit, create_list(world.kit, "o@example.org").address, [Newcomer(ANN)]))
    if state == "left":
        remove_member(world.kit, group.address, ANN)
    else:
        change_member(world.kit, group.address, ANN, {"state": "waiting"})
    assert ann.get(ARCHIVE).status_code == 404


def test_an_owner_can_close_it(ann: FlaskClient, world: World, group: MailingList) -> None:
    said = say(world, group, "Only for us.")
    assert ARCHIVE in ann.get("/me/groups/1").text
    assert "Members can read those mails" in ann.get(LIST).text
    change_list(world.kit, group.address, {"archive": "off"})
    assert ARCHIVE not in ann.get("/me/groups/1").text
    assert "Members can read those mails" not in ann.get(LIST).text
    assert ann.get(ARCHIVE).status_code == ann.get(f"{ARCHIVE}/{said.id}").status_code == 404


def test_what_is_erased_is_gone_from_it(ann: FlaskClient, world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"keep_posts": "30"})
    first = say(world, group, "Who would like tea?")
    world.clock.go(days=20)
    say(world, group, "Late, but I would.", subject="Re: Tea", answers=first, handle="Calm Heron")
    world.clock.go(days=11)
    sweep(world.kit)
    sign_in(ann, world)
    listed = main(ann.get(ARCHIVE))
    assert "Begun by Calm Heron" in listed
    assert "Re: Tea" not in main(ann.get(thread_path(ann, "Re: Tea"))).split("</h1>")[0]
    assert ann.get(f"{ARCHIVE}/{first.id}").status_code == 404


def test_who_is_forgotten_with_their_posts_is_gone_from_it(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(BEN, handle="Calm Heron")]))
    with world.kit.database.reading() as tx:
        ben = members.find(tx, world.kit.vault.lookups(BEN))
        assert ben
        his = subscriptions.of_member(tx, group.id, ben.member_id)
        assert his
    say(world, group, "I was here.", handle="Calm Heron", author_id=his.id)
    assert "Calm Heron" in ann.get(ARCHIVE).text
    erase_member(world.kit, ben.member_id, posts=True)
    assert "Calm Heron" not in ann.get(ARCHIVE).text


def test_many_posts_are_pages_of_few_questions(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    first = say(world, group, "Tea 0", subject="Long")
    for number in range(1, 30):
        say(world, group, f"Tea {number}", answers=first, files=(PICTURE,))
        say(world, group, "Short.", subject=f"Short {number}")
    assert "Older" in ann.get(ARCHIVE).text
    second = ann.get(f"{ARCHIVE}?page=2").text
    assert "Short 1<" in second
    assert "Newer" in second
    assert "There are no mails that are so old." in ann.get(f"{ARCHIVE}?page=999999999999").text
    path = thread_path(ann, "Long")
    assert "Tea 24" in ann.get(path).text
    assert "Tea 25" not in ann.get(path).text
    assert "Tea 25" in ann.get(f"{path}?page=2").text
    for one in (ARCHIVE, f"{ARCHIVE}?page=2", path, f"{path}?page=2"):
        with counting(world) as asked:
            assert ann.get(one).status_code == 200
        assert len([s for s in asked if "SELECT" in s]) <= MOST_QUERIES, asked


def test_numbers_that_no_post_can_have_are_not_there(ann: FlaskClient) -> None:
    for number in (0, 9**40):
        assert ann.get(f"{ARCHIVE}/{number}").status_code == 404
        assert ann.get(f"{ARCHIVE}/1/file/{number}").status_code == 404
