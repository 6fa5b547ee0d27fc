"""What was taken out, in one plain line for the author's own copy."""

from collections.abc import Callable, Iterable

from listserv.domain.redaction import Redaction, RedactionKind


def _counted(one: str, many: str) -> Callable[[int], str]:
    return lambda count: one if count == 1 else many.format(count)


_WORDS: dict[RedactionKind, Callable[[int], str]] = {
    RedactionKind.SIGNATURE: _counted("your signature", "{} signatures"),
    RedactionKind.CLIENT_TAGLINE: _counted(
        "a line that your mail program added", "{} lines that mail programs added"
    ),
    RedactionKind.ATTRIBUTION: _counted(
        "the line above a quote that says who wrote it", "{} lines that say who wrote a quote"
    ),
    RedactionKind.FORWARDED_HEADER: _counted(
        "the header of an earlier message", "the headers of {} earlier messages"
    ),
    RedactionKind.EMAIL_ADDRESS: _counted("1 email address", "{} email addresses"),
    RedactionKind.OWN_NAME: _counted("your name", "your name in {} places"),
    RedactionKind.PERSONAL_LINK: _counted("1 personal link", "{} personal links"),
    RedactionKind.LIST_FOOTER: _counted("the footer of a list copy", "the footers of {} copies"),
    RedactionKind.LINK_TRACKING: _counted("tracking in 1 link", "tracking in {} links"),
    RedactionKind.REMOTE_PICTURE: _counted(
        "1 picture that loads from elsewhere", "{} pictures that load from elsewhere"
    ),
    RedactionKind.HIDDEN_TEXT: _counted("hidden text", "hidden text in {} places"),
    RedactionKind.PICTURE_DETAILS: _counted(
        "the details inside 1 picture", "the details inside {} pictures"
    ),
    RedactionKind.CRYPTO_SIGNATURE: _counted("a digital signature", "{} digital signatures"),
}


def sentence(redactions: Iterable[Redaction]) -> str:
    """ "Taken out before sending: your signature and 2 email addresses." or ""."""
    phrases = [_phrase(redaction) for redaction in redactions]
    if not phrases:
        return ""
    last = phrases.pop()
    listed = f"{', '.join(phrases)} and {last}" if phrases else last
    return f"Taken out before sending: {listed}."


def _phrase(redaction: Redaction) -> str:
    if redaction.kind is not RedactionKind.ATTACHMENT:
        return _WORDS[redaction.kind](redaction.count)
    name = redaction.detail or "file"
    return _attachment(name, redaction.count)


def _attachment(name: str, count: int) -> str:
    if count > 1:
        return f"{count} {name}s"
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return f"{article} {name}"
