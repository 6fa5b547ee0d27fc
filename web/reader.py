"""Who reads: a member who signed in, or anybody.

The session is a signed cookie that ends with the browser. It holds the
member's id and when they signed in; never an address or a handle.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask, Request, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from listserv.services import show_me
from listserv.services.show_me import Person
from web import languages
from web.database import reading
from web.extensions import kit

LONGEST = timedelta(hours=12)
LATELY = timedelta(minutes=15)


@dataclass(frozen=True)
class Reader(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A member who is signed in."""

    person: Person

    def get_id(self) -> str:
        return self.person.id


def know(app: Flask) -> None:
    """Tells Flask-Login how to find who reads. Its own way would keep a hash of the client's
    address in the cookie, so it gets ours."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_load)


def begin(member_id: str) -> str:
    """Signs in, in a session that has nothing of the one before. Returns the page to go to."""
    after = session.get("after") or url_for("groups.overview")
    session.clear()
    session["member"] = member_id
    session["since"] = kit().clock.now().timestamp()
    person = show_me.person(reading(), member_id)
    if person:
        languages.choose(person.language)
    return str(after)


def end() -> None:
    """Signs out; the language stays as it was."""
    language = languages.current()
    session.clear()
    languages.choose(language)


def me() -> Person:
    """The member who is signed in, on a page that only they can open."""
    person: Person = current_user.person
    return person


def zone() -> ZoneInfo | None:
    """The reader's time zone, where it is known."""
    return ZoneInfo(me().time_zone) if "member" in session and current_user else None


def signed_in_lately() -> bool:
    """Whether it is still surely them: what cannot be undone asks for a sign-in of now."""
    return _age() <= LATELY


def only_signed_in() -> ResponseReturnValue | None:
    """For `before_request`: leads anybody else to sign in, and back here after it."""
    return None if current_user.is_authenticated else to_sign_in()


def to_sign_in() -> ResponseReturnValue:
    if request.method == "GET":
        session["after"] = request.path
    return redirect(url_for("sign_in.ask"), 303)


def _load(_: Request) -> Reader | None:
    member_id = session.get("member")
    if not member_id:
        return None
    person = show_me.person(reading(), member_id) if _age() <= LONGEST else None
    if person is None or _signed_out(person):  # too long ago, or they were erased
        end()
        return None
    if person.language != languages.current():  # changed by mail meanwhile
        languages.choose(person.language)
    return Reader(person)


def _signed_out(person: Person) -> bool:
    """Whether they have ended all their sessions since this one began."""
    return person.signed_out_at is not None and _since() <= person.signed_out_at


def _age() -> timedelta:
    return kit().clock.now() - _since()


def _since() -> datetime:
    return datetime.fromtimestamp(session.get("since", 0), kit().clock.now().tzinfo)
