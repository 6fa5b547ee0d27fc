"""What a mail that came back says: failed for good, for now, or nothing of the kind.

Reports name people. They are read for these few words and dropped; addresses in
them are not even compared, since the return path alone tells whose copy it was.
"""

import re
from email.message import Message

from flufl.bounce import all_failures

from listserv.domain.bounce import BounceKind, kind_of_report
from listserv.mail.inbound import mime_tree

# The words of a report come first, and the mail that it gives back last.
_LONGEST = 128 * 1024
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_FAILED = ("fail", "error")  # OpenSMTPD says "error"
_ANSWERS = frozenset({"auto_reply", "auto-reply"})
_ANSWERING_FIELDS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")


def bounce_in(raw: bytes) -> BounceKind | None:
    """The kind of bounce in a mail to a return path, or None; never raises.

    RFC 3464 reports are read here, older ones by flufl.bounce. An answer from
    somebody on holiday, a receipt, a "still trying" or a person is no bounce.
    """
    try:
        message = mime_tree(raw[:_LONGEST])
        if message is None:
            return None
        reports = [p for p in message.walk() if p.get_content_type() == "message/delivery-status"]
        if reports:
            return _worst([kind for report in reports for kind in _kinds(report)])
        if _is_answer(message):
            return None
        return BounceKind.HARD if all_failures(message)[1] else None
    except Exception:  # whatever a stranger's report does to a parser, it is only not counted
        return None


def _kinds(report: Message) -> list[BounceKind]:
    """One for each recipient that the report gives up (RFC 3464 §2.3.3, §2.3.4)."""
    blocks = report.get_payload()
    if not isinstance(blocks, list):
        return []
    found = []
    for block in blocks:
        if isinstance(block, Message) and _value(block, "action").startswith(_FAILED):
            status = _STATUS.match(_value(block, "status"))
            found.append(kind_of_report(status[1] if status else ""))
    return found


def _worst(kinds: list[BounceKind]) -> BounceKind | None:
    return BounceKind.HARD if BounceKind.HARD in kinds else next(iter(kinds), None)


def _is_answer(message: Message) -> bool:
    """A vacation program's (RFC 3834 §5), or a receipt (RFC 8098)."""
    if message["x-failed-recipients"]:  # Exim's bounces call themselves automatic answers
        return False
    return (
        _value(message, "auto-submitted").startswith("auto-replied")
        or _value(message, "precedence") in _ANSWERS
        or any(message[name] for name in _ANSWERING_FIELDS)
        or any(p.get_content_type() == "message/disposition-notification" for p in message.walk())
    )


def _value(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip().lower()
