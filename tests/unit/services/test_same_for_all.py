"""What is done for a member and for a stranger costs the same, so that time tells nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import ForgetMe, Leave, Pause, SendData
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_change import ask_change
from listserv.services.ask_to_join import ask_to_join
from listserv.services.ask_which import ask_which
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.kit import Kit
from listserv.services.sign_in import ask_to_sign_in
from listserv.services.sweep import sweep
from listserv.store import notices
from tests.fakes import World
from tests.unit.services.mail_samples import ANN

STRANGER = "bob@example.net"  # as long as hers: sealing takes as long

Ask = Callable[[Kit, MailingList, str], object]
ASKED: dict[str, Ask] = {
    "sign in": lambda kit, group, who: ask_to_sign_in(kit, who, Language.ENGLISH),
    "join": lambda kit, group, who: ask_to_join(kit, group.id, who),
    "which": lambda kit, group, who: ask_which(kit, group.id, who, proven=False),
    "pause": lambda kit, group, who: ask_change(kit, group.id, who, Pause(), proven=False),
    "leave": lambda kit, group, who: ask_change(kit, group.id, who, Leave(), proven=False),
    "data": lambda kit, group, who: ask_change(kit, group.id, who, SendData(), proven=False),
    "forget": lambda kit, group, who: ask_change(kit, group.id, who, ForgetMe(), proven=False),
}


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The first word of each statement that the database is sent."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]).split(maxsplit=1)[0])

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("what", ASKED)
def test_as_many_statements_for_a_stranger(world: World, what: str) -> None:
    group = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    counts = {}
    for who in ("warm@example.net", ANN, STRANGER):
        with statements(world.kit.database.engine) as seen:
            ASKED[what](world.kit, group, who)
        counts[who] = sorted(seen)
    assert counts[STRANGER] == counts[ANN]


@pytest.mark.parametrize("what", [what for what in ASKED if what != "join"])
def test_a_strangers_mail_is_never_sent_and_soon_gone(world: World, what: str) -> None:
    group = create_list(world.kit, "group@example.org")
    ASKED[what](world.kit, group, STRANGER)
    deliver_notices(world.kit)
    assert world.relay.taken == []
    sweep(world.kit)
    with world.kit.database.reading() as tx:
        assert notices.count_by_state(tx) == {}
