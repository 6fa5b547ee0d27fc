from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.services.create_list import create_list
from listserv.settings import Settings
from tests.fakes import World
from web.app import create_app


@pytest.fixture
def group(world: World) -> MailingList:
    return create_list(world.kit, "group@example.org", "Quiet evenings")


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    return create_app(Settings(data_dir=str(tmp_path), metrics_token="m" * 32), world.kit)


@pytest.fixture
def client(app: Flask, group: MailingList) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client
