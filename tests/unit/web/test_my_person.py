"""Language, time zone, address, data and being forgotten, by page."""

import json
import re

import pytest
from flask.testing import FlaskClient

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.show_me import Person
from listserv.services.show_members import roster
from listserv.store import members
from tests.fakes import World
from tests.unit.web.pages import ANN, mails, newest_mail, send

NEW = "ann.new@example.com"


def person(world: World, email: str = ANN) -> Person | None:
    with world.kit.database.reading() as tx:
        found = members.find(tx, world.kit.vault.lookups(email))
        return members.person(tx, found.member_id) if found else None


def test_the_language_changes_at_once(ann: FlaskClient, world: World) -> None:
    answer = send(ann, "/me/settings", to="/me/settings/language", language="es")
    page = ann.get(answer.headers["Location"])
    assert '<html lang="es">' in page.text and "Guardado." in page.text
    found = person(world)
    assert found
    assert found.language is Language.SPANISH


def test_a_language_that_is_none_is_refused(ann: FlaskClient) -> None:
    answer = send(ann, "/me/settings", to="/me/settings/language", language="tlh")
    assert answer.status_code == 400 and "Choose one of these." in answer.text


def test_times_are_those_of_the_reader(ann: FlaskClient, world: World) -> None:
    assert "today at 12:00 (UTC)." in ann.get("/me/settings").text
    send(ann, "/me/settings", to="/me/settings/time", zone="Asia/Kathmandu")
    page = ann.get("/me/settings").text
    assert "today at 17:45." in page
    assert '<option value="Asia/Kathmandu" selected>' in page
    send(ann, "/me/settings", to="/me/settings/time", zone="Pacific/Kiritimati")
    assert "today at 2:00." in ann.get("/me/settings").text
    assert "that of Kiritimati" in ann.get("/me/groups/1").text


def test_a_zone_that_is_none_is_refused(ann: FlaskClient) -> None:
    answer = send(ann, "/me/settings", to="/me/settings/time", zone="Mars/Olympus")
    assert answer.status_code == 400 and "do not know that time zone" in answer.text


def test_an_old_name_of_a_zone_can_be_kept(ann: FlaskClient) -> None:
    send(ann, "/me/settings", to="/me/settings/time", zone="Asia/Calcutta")
    assert '<option value="Asia/Calcutta" selected>' in ann.get("/me/settings").text


def test_moving_asks_both_addresses(ann: FlaskClient, world: World) -> None:
    answer = send(ann, "/me/address", email=NEW)
    assert "two mails" in ann.get(answer.headers["Location"]).text
    before = len(world.relay.taken)
    assert mails(world) == 2
    both = world.relay.taken[before:]
    assert {mail.recipient for mail in both} == {ANN, NEW}
    for mail in both:
        found = re.search(r"/confirm/\w+", mail.content.decode().replace("=\r\n", ""))
        assert found
        assert "Move to another address?" in ann.get(found[0]).text
        assert "Both addresses" in ann.get(found[0]).text
        assert "Thank you" in send(ann, found[0], answer="yes").text
        assert "ask again" in ann.get(found[0]).text  # it has done its work
    assert person(world, NEW) and not person(world)
    assert ann.get("/me").status_code == 200  # still the same person


def test_whether_an_address_is_a_member_is_not_told(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("ben@example.net")]))
    known = send(ann, "/me/address", email="ben@example.net")
    unknown = send(ann, "/me/address", email="nobody@example.net")
    assert known.status_code == unknown.status_code == 303
    pages = [ann.get("/me/address").text for _ in range(2)]
    assert "two mails" in pages[0]


@pytest.mark.parametrize("typed", ["", "ann", ANN])
def test_an_address_that_will_not_do_is_kept_and_explained(ann: FlaskClient, typed: str) -> None:
    answer = send(ann, "/me/address", email=typed)
    assert answer.status_code == 400
    assert f'value="{typed}"' in answer.text and 'id="email-problem"' in answer.text


def test_all_that_is_known_comes_as_files(ann: FlaskClient) -> None:
    known = send(ann, "/me/data", to="/me/data/known")
    assert json.loads(known.data)["address"] == ANN
    assert json.loads(known.data)["groups"][0]["handle"] == "Quiet Otter"
    written = send(ann, "/me/data", to="/me/data/written")
    assert written.mimetype == "application/mbox"
    for file in (known, written):
        assert file.headers["Content-Disposition"].startswith("attachment; ")
        assert file.headers["Cache-Control"] == "no-store"
        assert ann.get(file.request.path).location == "/me/data"


def test_being_forgotten_asks_for_a_sign_in_of_now(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    page = ann.get("/me/forget")
    assert "cannot call it back" in page.text
    world.clock.go(minutes=16)
    again = ann.get("/me/forget", follow_redirects=True)
    assert "sign in once more" in again.text
    assert send(ann, "/me", to="/me/forget").headers["Location"] == "/sign-in"
    assert person(world) and len(list(roster(world.kit, group.address))) == 1


@pytest.mark.parametrize("fields", [{}, {"posts": "yes"}])
def test_being_forgotten(ann: FlaskClient, world: World, fields: dict[str, str]) -> None:
    page = send(ann, "/me/forget", **fields)
    assert "We have forgotten you" in page.text
    assert person(world) is None
    assert ann.get("/me").status_code == 303
    assert "This is our last mail to you" in newest_mail(world)


def test_a_member_s_language_is_that_of_their_mail(ann: FlaskClient, world: World) -> None:
    send(ann, "/me/settings", to="/me/settings/language", language="es")
    send(ann, "/me/groups/1", to="/me/groups/1/pause", pause="open")
    assert newest_mail(world).startswith("Hola")
