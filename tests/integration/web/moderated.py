"""Furnishes a site with what moderators look at: posts that wait, members, somebody who asks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from listserv.domain.clean_reason import CleanReason
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import Command, Shown, ToCommand, ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_list import change_list
from listserv.services.decide_held import decide_held
from listserv.services.deliver_notices import deliver_notices
from listserv.services.find_member import ids_of
from listserv.services.moderate import queue
from listserv.services.note_member import note_member
from listserv.services.receive_command import receive_command
from listserv.services.receive_post import receive_post
from listserv.services.tell_moderators import tell_moderators
from listserv.store import subscriptions
from tests.fakes import World
from tests.integration.web.house import ANN, GROUP, House
from tests.unit.services.mail_samples import plain

CARL, DORA, ROSA = "carl@example.net", "dora@example.net", "rosa@example.net"
LIST = f"/lists/{GROUP}"
LONG = "Word after word, and none of them short, about a week that would not end. " * 8


@dataclass(frozen=True)
class Moderated:
    """waiting: ids of posts that wait. newcomer, member: subscriptions."""

    house: House
    waiting: Sequence[int]
    newcomer: int
    member: int
    held_link: str
    request_link: str
    withdraw_link: str

    @property
    def by_link(self) -> Sequence[str]:
        """Pages that a link in a mail opens, without signing in."""
        return (self.held_link, self.request_link, self.withdraw_link, "/held/old", "/requests/old")

    @property
    def pages(self) -> Sequence[str]:
        """Those of whoever looks after the group, and of an author."""
        return (
            "/me/groups/1",
            "/me/groups/1/waiting",
            f"{LIST}/moderation",
            f"{LIST}/moderation?reason=moderated",
            f"{LIST}/moderation?by={self.member}",
            f"{LIST}/moderation?page=9",
            *(f"{LIST}/moderation/{number}" for number in self.waiting[:3]),
            f"{LIST}/members",
            f"{LIST}/members/{self.newcomer}",
            f"{LIST}/members/{self.member}",
            f"{LIST}/settings",
            f"{LIST}/reveal",
        )


def furnish(found: House) -> Moderated:
    """The group asks newcomers, reads all posts, and holds those of strangers."""
    kit = found.world.kit
    settings = {
        "join": "approve",
        "join_question": "What brings you here?",
        "moderate": "all",
        "strangers": "hold",
        "sender_proof": "off",
        "posts_per_hour": "3",
    }
    group = change_list(kit, GROUP, settings)
    people = [Newcomer(CARL, "Green Frog"), Newcomer(DORA, "Marmalade-Coloured Nightingale")]
    list(add_members(kit, GROUP, people))
    _, member = ids_of(kit, GROUP, "Green Frog")
    note_member(kit, group.id, member, "Wrote kindly when others had a hard time.")
    _rosa_asks(found, group)
    _posts(found.world, group)
    first, second, *_ = _ids(found.world, group)
    decide_held(kit, group.id, first, Ruling.APPROVE, None)
    decide_held(kit, group.id, second, Ruling.REJECT, None, CleanReason("topic"))
    tell_moderators(kit)
    with kit.database.reading() as tx:
        (newcomer,) = subscriptions.waiting(tx, group.id, 9)
    deliver_notices(kit)
    links = (
        _link(found.world, ANN, "held"),
        _link(found.world, ANN, "requests"),
        _link(found.world, DORA, "held"),
    )
    return Moderated(found, _ids(found.world, group), newcomer.id, member, *links)


def _posts(world: World, group: MailingList) -> None:
    def post(number: int, sender: str, subject: str, text: str, shown: Shown = Shown.USUAL) -> None:
        raw = plain(subject, text, sender, message_id=f"<{number}@x.example>")
        receive_post(world.kit, ToList(group.id, shown), Envelope(sender, trusted=True), raw)

    post(1, CARL, "First", "Good morning.")
    post(2, CARL, "Second", "Good evening.")
    post(3, CARL, "A week that would not end", LONG)
    post(4, DORA, "Averyveryveryverylongwordwithoutanyspaceinit" * 2, "x" * 300)
    post(5, DORA, "Unseen", "I would rather say this unseen.", Shown.ONE_TIME)
    post(6, "guest@example.com", "A question", "May I ask something?")


def _rosa_asks(found: House, group: MailingList) -> None:
    ask_to_join(found.world.kit, group.id, ROSA)
    token = found.newest_question().removeprefix("/confirm/")
    answer = plain("Re: join", "I have been ill for a year.", ROSA)
    route = ToCommand(group.id, Command.CONFIRM, token)
    receive_command(found.world.kit, route, Envelope(ROSA), answer)


def _ids(world: World, group: MailingList) -> list[int]:
    return [one.post.id for one in queue(world.kit, group.id).waiting]


def _link(world: World, recipient: str, kind: str) -> str:
    """The last one of that kind in a mail to them."""
    texts = [one.content for one in world.relay.taken if one.recipient == recipient]
    whole = b"".join(texts).replace(b"=\r\n", b"").decode()
    return str(re.findall(rf"/{kind}/[a-z2-7]{{26}}", whole)[-1])
