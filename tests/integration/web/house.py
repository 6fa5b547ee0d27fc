"""A site with a group, an owner who is signed in, and a page of every kind."""

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import waitress
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy import Engine

from listserv.adapters.outbox import Outbox
from listserv.domain.anonymous_message import Attachment
from listserv.domain.language import Language
from listserv.domain.ports import OutboundMessage
from listserv.domain.request import SetHandle
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_change import ask_change
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.settings import Settings
from tests.fakes import World, build_world
from tests.unit.services.mail_samples import plain
from tests.unit.web.pages import say
from web.app import create_app

ANN = "ann@example.net"
GROUP = "evenings@lists.example.org"
CLOSED = "few@lists.example.org"


@dataclass(frozen=True)
class House:
    """Where the pages are, and the world behind them. question: an open one, to join."""

    url: str
    world: World
    question: str
    change: str

    @property
    def leave(self) -> str:
        return f"/unsubscribe/{self.world.kit.tokens.unsubscribe(1)}"

    @property
    def open_to_all(self) -> Sequence[str]:
        """Pages that need no sign-in."""
        return (
            "/",
            f"/lists/{GROUP}",
            self.leave,
            self.question,
            self.change,
            "/outbox",
            "/nothing-here",
            "/unsubscribe/old",
            "/confirm/old",
            f"/lists/{CLOSED}",
            "/sign-in",
            "/sign-in/old",
        )

    @property
    def of_members(self) -> Sequence[str]:
        return (
            "/me",
            "/me/groups/1",
            "/me/groups/1/leave",
            "/me/groups/1/digest",
            "/me/settings",
            "/me/address",
            "/me/data",
            "/me/forget",
            f"/lists/{GROUP}/archive",
            f"/lists/{GROUP}/archive/1?pictures=yes",
            f"/lists/{GROUP}/moderation",
            f"/lists/{GROUP}/members",
            f"/lists/{GROUP}/members/1",
            f"/lists/{GROUP}/settings",
            f"/lists/{GROUP}/texts",
            f"/lists/{GROUP}/texts/welcome/en",
        )

    def newest_mail(self) -> EmailMessage:
        deliver_notices(self.world.kit)
        return message_from_bytes(self.world.relay.taken[-1].content, policy=default)

    def newest_question(self) -> str:
        found = re.search(r"-confirm\+(\w+)@", self.newest_mail()["Reply-To"])
        assert found
        return f"/confirm/{found[1]}"

    def sign_in(self, page: Page) -> None:
        """As a member does it, by the link in the mail."""
        self.world.clock.go(minutes=20)  # so that no mail is one too many in an hour
        page.goto(self.url + "/sign-in")
        page.fill("#email", ANN)
        page.click("main button")
        body = self.newest_mail().get_body(("plain",))
        assert body
        link = re.search(r"/sign-in/\w+", body.get_content())
        assert link
        page.goto(self.url + link[0])
        page.click("main button")
        page.wait_for_url("**/me")


@contextmanager
def house(engine: Engine, folder: Path) -> Iterator[House]:
    world = build_world(engine, operator=ANN)
    settings = Settings(data_dir=str(folder), reveal_page="on")
    with Outbox(settings.outbox).session() as outbox:
        list(outbox.send([("1", OutboundMessage("", ANN, plain(subject="x" * 90)))]))
    server: Any = waitress.create_server(
        create_app(settings, world.kit), host="127.0.0.1", port=0, threads=2
    )
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield _furnished(f"http://127.0.0.1:{server.effective_port}", world)
    finally:
        server.close()


def _furnished(url: str, world: World) -> House:
    kit = world.kit
    group = create_list(kit, GROUP, "Quiet evenings for everyone")
    create_list(kit, CLOSED, "A few")
    change_list(kit, CLOSED, {"join": "invite"})
    list(add_members(kit, GROUP, [Newcomer(ANN, "Quiet Otter")]))
    change_member(kit, GROUP, ANN, {"role": "owner"})
    begun = say(world, group, "Has anybody slept well lately?\n\nI have not.", files=(_picture(),))
    say(world, group, "> I have not.\n\nNor have I. " + "Word. " * 90, answers=begun)
    bare = House(url, world, "", "")
    ask_to_join(kit, group.id, "ben@example.net")
    question = bare.newest_question()
    ask_change(kit, group.id, ANN, SetHandle("Calm Heron"), False, Language.ENGLISH)
    return House(url, world, question, bare.newest_question())


def _picture() -> Attachment:
    content = BytesIO()
    Image.new("RGB", (900, 300), "teal").save(content, "PNG")
    return Attachment("picture-1.png", "image/png", content.getvalue())
