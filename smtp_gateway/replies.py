"""Every reply that the gateway gives (RFC 5321 §4.2, enhanced codes by RFC 3463).

Nothing of what a client said is ever in a reply.
"""

from listserv.domain.decision import Accept, Decision, Discard, Hold, Reject

# RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets, with its CRLF.
_LONGEST = 510

RESET = "250 2.0.0 OK"
SENDER_OK = "250 2.1.0 OK"
OK = "250 2.1.5 OK"
BYE = "221 2.0.0 Goodbye"
HELP = "214 2.0.0 Write to a list's address, or to its -help address"
NO_VRFY = "252 2.5.0 Send the mail and see"
GO_ON = "354 End with a line that holds a single dot"
# Before encryption begins aiosmtpd itself says: 220 Ready to start TLS

NO_TLS = "502 5.5.1 Encryption is not offered here, or is on already"
NOT_OFFERED = "502 5.5.1 That is not offered here"
UNKNOWN_COMMAND = "500 5.5.2 That is not a command of this server"
LONG_COMMAND = "500 5.5.2 That command is too long"
NO_ARGUMENT = "501 5.5.4 That command takes nothing after it"
NO_NAME = "501 5.5.4 Say your name after that command"
SYNTAX = "501 5.5.4 That is malformed: the form is MAIL FROM:<address> or RCPT TO:<address>"
BAD_SENDER = "501 5.1.7 That sender's address is malformed"
BAD_RECIPIENT = "501 5.1.3 That recipient's address is malformed"
BAD_PARAMETER = "501 5.5.4 A parameter is malformed"
UNKNOWN_PARAMETER = "555 5.5.4 A parameter is not known here"
UTF8_NOT_ASKED = "553 5.6.7 An address with these letters needs the parameter SMTPUTF8"
HELLO_FIRST = "503 5.5.1 Say hello first"
MAIL_FIRST = "503 5.5.1 MAIL comes first"
RCPT_FIRST = "503 5.5.1 RCPT comes first"
ONE_MAIL = "503 5.5.1 A message is under way already"
NO_RECIPIENTS = "554 5.5.1 There is no valid recipient"

UNKNOWN = "550 5.1.1 There is no such list or command address here"
ONE_TARGET = "452 4.5.3 One list at a time: send this again for the other one"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients: send this again for the others"
TOO_LARGE = "552 5.3.4 This message is larger than this server takes"
LONG_LINE = "554 5.6.0 A line of this message is too long to be read"
NO_ROOM = "452 4.3.1 Too many large messages just now, try again soon"
BUSY = "451 4.3.2 Too much to do just now, try again soon"
TRY_AGAIN = "451 4.3.0 This could not be done just now, try again soon"
KEPT_ASIDE = "250 2.0.0 Kept aside: it could not be read, and a person will look at it"
BROKEN = "554 5.6.0 This message could not be read, and was not kept"

TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections from you, try again later"
TOO_MANY_ERRORS = "421 4.7.0 Too many errors, goodbye"
TOO_MUCH_CHATTER = "421 4.7.0 Too many commands without a message, goodbye"
UNASKED = "421 4.7.0 The message came before it was asked for, goodbye"
TOO_SLOW = "421 4.4.2 Nothing came for too long, goodbye"
CLOSING = "421 4.3.2 Closing down, try again soon"
NOT_HTTP = "554 5.5.0 This is a mail server, and that is no command of one"

# The same whatever becomes of the post, so that no reply tells who is a member.
_TAKEN = "250 2.0.0 Taken"
_UNREADABLE = ("unreadable", "unclean")
_ASCII = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def greeting(host_name: str, protocol: str) -> str:
    return f"220 {host_name} {protocol} Quietlist"


def hello(host_name: str) -> str:
    return f"250 {host_name}"


def extensions(host_name: str, size_limit: int, tls_offered: bool) -> tuple[str, ...]:
    """The lines that answer EHLO and LHLO (RFC 5321 §4.1.1.1)."""
    words = (
        host_name,
        f"SIZE {size_limit}",  # RFC 1870
        "8BITMIME",  # RFC 6152
        "SMTPUTF8",  # RFC 6531
        "PIPELINING",  # RFC 2920
        *(("STARTTLS",) if tls_offered else ()),  # RFC 3207
        "ENHANCEDSTATUSCODES",  # RFC 2034
    )
    return (*(f"250-{word}" for word in words[:-1]), f"250 {words[-1]}")


def reply_for(decision: Decision) -> str:
    """One line. Only a refusal has words, and they never tell more than the sender knows."""
    match decision:
        case Reject(reason):
            code = "554 5.6.0" if reason.code in _UNREADABLE else "550 5.7.1"
            return clean(f"{code} {' '.join(reason.words.split())}")
        case Accept() | Hold() | Discard():
            return _TAKEN


def clean(line: str) -> str:
    """One line of plain ASCII, whatever the words of a reason hold (a list's name, say)."""
    plain = line.translate(_ASCII)
    return "".join(c if " " <= c <= "~" else "?" for c in plain)[:_LONGEST]
