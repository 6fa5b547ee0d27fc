"""One author, one policy and short ways to clean what they wrote."""

from listserv.domain.anonymous_message import Anonymised, AnonymousMessage, Unclean
from listserv.domain.author import Author
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.ports import Decoder
from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise import CleaningPolicy, anonymise
from listserv.mail.decoding.decoder import DirectDecoder
from listserv.mail.inbound import InboundMessage, parse

DIRECT = DirectDecoder()
SENDER = "Zelda Quarkwright <zelda.q77@example.net>"
POLICY = CleaningPolicy(frozenset({"group@example.org"}), subject_prefix="Evening")


def result_of(
    body: bytes,
    *fields: str,
    sender: str = SENDER,
    policy: CleaningPolicy = POLICY,
    decoder: Decoder = DIRECT,
) -> Anonymised | Unclean:
    head = "".join(f"{field}\r\n" for field in (f"From: {sender}", *fields))
    message = parse(head.encode() + b"\r\n" + body)
    assert isinstance(message, InboundMessage), message
    return anonymise(message, Author("quiet-otter"), policy, decoder)


def anonymised(
    body: bytes,
    *fields: str,
    sender: str = SENDER,
    policy: CleaningPolicy = POLICY,
    decoder: Decoder = DIRECT,
) -> Anonymised:
    result = result_of(body, *fields, sender=sender, policy=policy, decoder=decoder)
    assert isinstance(result, Anonymised), result
    return result


def text(words: str, sender: str = SENDER) -> str:
    """What remains of a text body."""
    return anonymised(
        words.encode(), "Content-Type: text/plain; charset=utf-8", sender=sender
    ).message.text


def page(html: str) -> AnonymousMessage:
    """What remains of a mail that is HTML alone."""
    return anonymised(html.encode(), "Content-Type: text/html; charset=utf-8").message


def kinds(result: Anonymised) -> dict[RedactionKind, int]:
    return {redaction.kind: redaction.count for redaction in result.redactions}


def mixed(
    *parts: bytes, policy: AttachmentPolicy = AttachmentPolicy.IMAGES, decoder: Decoder = DIRECT
) -> Anonymised:
    """A mail of several parts, each with its own header."""
    inner = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--"
    return anonymised(
        inner,
        "Content-Type: multipart/mixed; boundary=b",
        policy=CleaningPolicy(frozenset({"group@example.org"}), policy),
        decoder=decoder,
    )
