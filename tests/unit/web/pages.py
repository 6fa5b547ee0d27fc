"""What the tests of the pages share: forms, mail that came, and who is signed in."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost, Post
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.deliver_notices import deliver_notices
from listserv.services.fan_out import fan_out
from listserv.store import posts
from tests.fakes import World

ANN = "ann@example.net"
LIST = "/lists/group@example.org"


def csrf(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found
    return found[1]


def main(page: TestResponse) -> str:
    """The page without what stands around it on every page."""
    return page.text.split("<main", 1)[1].split("</main>", maxsplit=1)[0]


def send(client: FlaskClient, form: str, *, to: str = "", **fields: str) -> TestResponse:
    """Fills in a form of the page at `form` and sends it, there or to another path."""
    data = {"csrf_token": csrf(client.get(form)), **fields}
    return client.post(to or form, data=data)


def newest_mail(world: World) -> str:
    """The text of the newest mail of our own."""
    body = _newest(world).get_body(("plain",))
    assert body
    return str(body.get_content())


def _newest(world: World) -> EmailMessage:
    deliver_notices(world.kit)
    return message_from_bytes(world.relay.taken[-1].content, policy=default)


def mails(world: World) -> int:
    """How many mails of our own were due, and went out now."""
    return deliver_notices(world.kit)


def code_and_link(world: World) -> tuple[str, str]:
    """The code and the path of the link in the newest mail, which is one to sign in."""
    text = newest_mail(world)
    link = re.search(r"(/sign-in/\w+)", text)
    code = re.search(r"\b(\d{6})\b", text)
    assert link
    assert code
    return code[1], link[1]


def say(  # what, under whose name, in answer to what
    world: World,
    group: MailingList,
    text: str,
    *,
    subject: str = "Tea",
    handle: str = "Quiet Otter",
    answers: Post | None = None,
    files: tuple[Attachment, ...] = (),
    author_id: int | None = None,
    waits: bool = False,
) -> Post:
    """A post goes out, or waits for a moderator."""
    now = world.clock.now()
    number = world.kit.randomness.token()
    message_id = f"<{number}@example.org>"
    new = NewPost(
        list_id=group.id,
        author_id=author_id,
        handle=handle,
        message=AnonymousMessage(subject, text, "<p>as a page</p>", files),
        redactions=(),
        message_id=message_id,
        references=(answers.message_id,) if answers else (),
        fingerprint=None,
        received_at=now,
        thread=answers.message_id if answers else message_id,
    )
    with world.kit.database.transaction() as tx:
        made = posts.add(tx, new, None if waits else now)
    fan_out(world.kit)
    world.clock.go(minutes=1)
    return made


def sign_in(client: FlaskClient, world: World, email: str = ANN) -> None:
    send(client, "/sign-in", email=email)
    _, link = code_and_link(world)
    assert send(client, link).status_code == 303


def unsubscribe_path(world: World, group: MailingList) -> str:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return f"/unsubscribe/{world.kit.tokens.unsubscribe(1)}"


def confirm_path(world: World, group: MailingList, email: str = ANN) -> str:
    ask_to_join(world.kit, group.id, email)
    return newest_question(world)


def newest_question(world: World) -> str:
    """The path of the page that answers the newest mail as well as a reply does."""
    found = re.search(r"-confirm\+(\w+)@", _newest(world)["Reply-To"])
    assert found
    return f"/confirm/{found[1]}"
