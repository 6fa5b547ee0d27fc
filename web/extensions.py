"""What the pages reach from within a request: the kit, the settings, and the form guard."""

from flask import current_app
from flask_wtf import CSRFProtect

from listserv.services.kit import Kit
from listserv.settings import Settings

csrf = CSRFProtect()


def kit() -> Kit:
    """The kit of the application that serves this request."""
    found: Kit = current_app.extensions["quietlist"][1]
    return found


def settings() -> Settings:
    found: Settings = current_app.extensions["quietlist"][0]
    return found
