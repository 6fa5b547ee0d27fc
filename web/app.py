"""Makes the Flask application."""

from flask import Flask

from listserv.services.kit import Kit
from listserv.settings import Settings
from web import dates, errors, languages, limits, paging, reader, security
from web.archive.views import archive
from web.database import db
from web.extensions import csrf
from web.lists.views import lists
from web.machine.views import machine
from web.me.data import data
from web.me.groups import groups
from web.me.person import person
from web.me.waiting import waiting
from web.membership.views import membership
from web.moderation.by_link import held
from web.moderation.list_settings import list_settings
from web.moderation.people import people
from web.moderation.queue import moderation
from web.moderation.request_by_link import requests
from web.moderation.reveal import reveal
from web.outbox.views import outbox
from web.sign_in.views import sign_in
from web.texts.views import texts

_BLUEPRINTS = (
    lists,
    membership,
    sign_in,
    groups,
    waiting,
    person,
    data,
    archive,
    texts,
    moderation,
    held,
    requests,
    reveal,
    list_settings,
    people,
    languages.languages,
    outbox,
    machine,
)


def create_app(settings: Settings, kit: Kit) -> Flask:
    """The pages over one kit. Any number of processes may serve them."""
    app = Flask("web")
    app.config.update(
        SECRET_KEY=kit.vault.derive("web session"),
        SQLALCHEMY_DATABASE_URI=settings.database,
        QUIETLIST_ENGINE=kit.database.engine,
    )
    app.extensions["quietlist"] = (settings, kit)
    security.secure(app, settings)
    errors.register(app)
    db.init_app(app)
    csrf.init_app(app)
    languages.speak(app)
    reader.know(app)
    dates.tell(app)
    paging.number(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    limits.limit(app, settings)
    return app
