from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.settings import Settings
from tests.fakes import World
from tests.unit.web.pages import ANN, sign_in
from web.app import create_app


@pytest.fixture
def group(world: World) -> MailingList:
    return create_list(world.kit, "group@example.org", "Quiet evenings")


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    return create_app(Settings(data_dir=str(tmp_path), metrics_token="m" * 32), world.kit)


@pytest.fixture
def client(app: Flask, group: MailingList) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ann(client: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    """Somebody who is in one group, and signed in."""
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    sign_in(client, world)
    return client
