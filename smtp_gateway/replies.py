"""Every reply that the gateway gives of its own (RFC 5321 §4.2, RFC 3463)."""

from listserv.domain.decision import Accept, Decision, Discard, Hold, Reject

OK = "250 2.1.5 OK"
UNKNOWN = "550 5.1.1 There is no such list or command address here"
ONE_TARGET = "452 4.5.3 One list at a time: send this again for the other one"
BUSY = "451 4.3.2 Too much to do just now, try again soon"
TRY_AGAIN = "451 4.3.0 This could not be stored just now, try again soon"
KEPT_ASIDE = "250 2.0.0 Kept aside: it could not be read, and a person will look at it"
BROKEN = "554 5.6.0 This message could not be read, and was not kept"
SYNTAX = "501 5.5.4 That address or parameter is malformed"
TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections from you, try again later"
CLOSING = "421 4.3.2 Closing down, try again soon"
NOT_HTTP = "554 5.5.0 This is a mail server"
NO_VRFY = "252 2.5.0 Send the mail and see"

# The same whatever becomes of the post, so that no reply tells who is a member.
_TAKEN = "250 2.0.0 Taken"
_UNREADABLE = ("unreadable", "unclean")


def reply_for(decision: Decision) -> str:
    """One line. Only a refusal has words, and they never tell more than the sender knows."""
    match decision:
        case Reject(reason):
            code = "554 5.6.0" if reason.code in _UNREADABLE else "550 5.7.1"
            return f"{code} {' '.join(reason.words.split())}"
        case Accept() | Hold() | Discard():
            return _TAKEN


def clean(line: str) -> str:
    """A reply without anything that a client could have put there to be echoed."""
    return "".join(c if " " <= c <= "~" else "?" for c in line)[:510]
