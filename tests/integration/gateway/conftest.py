from collections.abc import Iterator

import pytest

from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from tests.fakes import World
from tests.integration.gateway.running import Client, Running, running


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    create_list(world.kit, "other@example.org")
    list(add_members(world.kit, made.address, [Newcomer("ann@example.net")]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


@pytest.fixture
def gateway(world: World, group: MailingList) -> Iterator[Running]:
    with running(world.kit) as found:
        yield found


@pytest.fixture
def client(gateway: Running) -> Iterator[Client]:
    with Client(gateway.port) as found:
        yield found
