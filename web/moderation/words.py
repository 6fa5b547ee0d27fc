"""What pages say of decisions."""

from flask_babel import ngettext

from listserv.domain.held import Ruled, Ruling
from listserv.domain.subscription import Role, Subscription, SubscriptionState
from listserv.mail.canned_reasons import CANNED
from listserv.services.decide_request import RequestDecided
from web import languages
from web.words import _


def canned() -> dict[str, str]:
    """Reasons that are ready to use, by their word."""
    return {word: words[languages.current()] for word, words in CANNED.items()}


def outcome(ruling: Ruling, number: int) -> str:
    """What was just done."""
    match ruling:
        case Ruling.APPROVE | Ruling.TRUST:
            words = ngettext("The message goes out.", "%(num)s messages go out.", number)
        case Ruling.REJECT:
            words = ngettext(
                "The message goes back to its author.",
                "%(num)s messages go back to their authors.",
                number,
            )
        case Ruling.SEND:
            words = _("Your message goes on its way.")
        case Ruling.WITHDRAW:
            words = _("You have taken your message back. Nobody will get it.")
        case _:
            words = ngettext(
                "The message is gone. Nobody is told.",
                "%(num)s messages are gone. Nobody is told.",
                number,
            )
    return str(words)


def said_of(ruled: Ruled) -> str:
    """Somebody was first."""
    who = ruled.moderator or _("Somebody")
    return {
        Ruling.APPROVE: _("%(who)s was first, and let the message go out.", who=who),
        Ruling.TRUST: _("%(who)s was first, and let the message go out.", who=who),
        Ruling.REJECT: _("%(who)s was first, and sent the message back.", who=who),
        Ruling.DISCARD: _("%(who)s was first, and dropped the message.", who=who),
        Ruling.WITHDRAW: _("The author has taken the message back."),
        Ruling.SEND: _("The author has let the message go out."),
        Ruling.EXPIRE: _("The message waited too long, and went back to its author."),
    }[ruled.ruling]


def of_request(done: RequestDecided, handle: str) -> str:
    """What became of somebody who would like to join."""
    now = (
        _("%(handle)s is in the group now.", handle=handle)
        if done.let_in
        else _("%(handle)s is not in the group.", handle=handle)
    )
    first = _("%(who)s was first.", who=done.who) if done.who else ""
    return f"{first} {now}".strip()


def short(reason: str) -> str:
    """Why a message waits, in a few words, to choose by."""
    return {
        "stranger": _("Not a member"),
        "unproven": _("Sender not proven"),
        "emergency": _("All messages wait"),
        "member": _("A member whose messages wait"),
        "moderated": _("All messages are read first"),
        "first_posts": _("First messages of a member"),
        "too_large": _("Too large"),
        "recipients": _("To many people at once"),
        "attachment": _("A file"),
        "rate": _("Many messages in an hour"),
        "command": _("Looks like a command"),
        "suspicious": _("Looks like an advert"),
        "closed": _("A closed conversation"),
        "muted": _("May not write now"),
        "doubtful": _("Cleaning left a doubt"),
        "private": _("Its author is asked first"),
        "empty": _("Nothing to read"),
    }.get(reason, _("Other"))


def state_in_words(member: Subscription) -> str:
    """What somebody is on a list, in a few words."""
    if member.state is SubscriptionState.WAITING:
        return _("waits to be let in")
    role = {
        Role.OWNER: _("owner"),
        Role.MODERATOR: _("moderator"),
        Role.MEMBER: _("member"),
    }[member.role]
    away = {
        SubscriptionState.PAUSED: _("takes a break"),
        SubscriptionState.SUSPENDED: _("mail to them came back"),
    }.get(member.state)
    return f"{role}, {away}" if away else role


def past(ruling: Ruling) -> str:
    """One decision of the past, in a few words."""
    return {
        Ruling.APPROVE: _("went out"),
        Ruling.TRUST: _("went out, and trusted since"),
        Ruling.REJECT: _("sent back"),
        Ruling.DISCARD: _("dropped"),
        Ruling.WITHDRAW: _("taken back by the author"),
        Ruling.SEND: _("sent by the author, after a second thought"),
        Ruling.EXPIRE: _("waited too long"),
    }[ruling]
