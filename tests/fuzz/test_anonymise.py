"""Whatever comes in: our own types come out, and nothing planted does."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listserv.domain.anonymous_message import Anonymised, Unclean
from listserv.domain.author import Author
from listserv.domain.proof import Proof
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.mail.facts import MailFacts, facts_of
from listserv.mail.inbound import InboundMessage, Unreadable, parse
from listserv.mail.verdict import proof_of

_CORPUS = sorted((Path(__file__).parent.parent / "golden" / "anonymise").glob("*/in.eml"))
_MAILS = [path.read_bytes() for path in _CORPUS]
_POLICY = CleaningPolicy(frozenset({"group@example.org"}))
_AUTHOR = Author("quiet-otter")
_EXAMPLES = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

# Pieces that mean something to a reader of mail.
_TOKENS = st.sampled_from(
    [
        b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"From: a@example.net\r\n", b"Subject: ",
        b"=?utf-8?q?", b"=?x?b?", b"?=", b"Content-Type: text/html\r\n",
        b"multipart/mixed; boundary=b",
        b"--b\r\n", b"--b--\r\n", b"message/rfc822", b"charset=", b"utf-7", b"base64",
        b"<", b">", b"<p>", b"> ",
        b"</", b"<!--", b"-- \n", b"On 2024 a@b.cc wrote:\n", b"\x00", b"\xff", b"\xe2\x80\xae",
        b"@", b"http://", b"style='", b"-----BEGIN PGP MESSAGE-----\n", b"begin 644 x\n", b"\x0b",
    ]
)  # fmt: skip
_SOUP = st.lists(_TOKENS | st.binary(max_size=20), max_size=60).map(b"".join)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A real mail with some of its bytes cut, doubled or replaced."""
    mail = draw(st.sampled_from(_MAILS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(mail)))
        length = draw(st.integers(0, 40))
        piece = draw(st.one_of(_TOKENS, st.binary(max_size=8), st.just(mail[at : at + length] * 2)))
        mail = mail[:at] + piece + mail[at + length :]
    return mail


def _holds(raw: bytes) -> None:
    message = parse(raw)
    assert isinstance(message, InboundMessage | Unreadable)
    if isinstance(message, InboundMessage):
        assert isinstance(facts_of(message), MailFacts)
        assert isinstance(proof_of(message, True, "mx.example.org"), Proof)
        result = anonymise(message, _AUTHOR, _POLICY, DirectDecoder())
        assert isinstance(result, Anonymised | Unclean)
        if isinstance(result, Anonymised):
            assert result.message.subject.isprintable()
            assert "\r" not in result.message.text and "\0" not in result.message.text


@_EXAMPLES
@given(st.binary(max_size=2000))
def test_any_bytes(raw: bytes) -> None:
    _holds(raw)


@_EXAMPLES
@given(_SOUP)
def test_pieces_of_mail_in_any_order(soup: bytes) -> None:
    _holds(soup)
    _holds(b"From: a@example.net\r\nContent-Type: text/html\r\n\r\n" + soup)
    _holds(b"From: a@example.net\r\n\r\n" + soup)


@_EXAMPLES
@given(_mutated())
def test_real_mails_with_damage(raw: bytes) -> None:
    _holds(raw)


_MARK = "markzq77"
_FIELD = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20).map("x-{}".format),
    st.sampled_from(
        ["received", "dkim-signature", "user-agent", "x-mailer", "organization", "message-id",
         "in-reply-to", "references", "thread-index", "autocrypt", "date", "sender", "reply-to",
         "x-originating-ip", "authentication-results", "comments", "keywords", "list-id", "bcc"]
    ),
)  # fmt: skip
_SHAPE = st.sampled_from(
    ["{}", "<{}@example.net>", "{} <{}@example.net>", '"{}" <a@{}.example>', "=?utf-8?q?{}?=",
     "a; b={}", "({})", "[{}]", "x\r\n\t{}"]
)  # fmt: skip


@_EXAMPLES
@given(st.lists(st.tuples(_FIELD, _SHAPE), min_size=1, max_size=5), st.sampled_from(_MAILS))
def test_marks_in_header_fields_never_come_out(fields: list[tuple[str, str]], mail: bytes) -> None:
    planted = "".join(f"{name}: {shape.format(_MARK, _MARK)}\r\n" for name, shape in fields)
    message = parse(planted.encode() + mail)
    if isinstance(message, InboundMessage):
        assert _MARK not in repr_of(anonymise(message, _AUTHOR, _POLICY, DirectDecoder()))


def repr_of(result: Anonymised | Unclean) -> str:
    """Everything in it, the hidden fields too."""
    if isinstance(result, Unclean):
        return result.reason
    message = result.message
    files = [f"{a.name}{a.content_type}{a.content_id}{a.content!r}" for a in message.attachments]
    parts = [message.subject, message.text, message.html, *files, repr(result.redactions)]
    return "\n".join(parts).lower()
