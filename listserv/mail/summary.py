"""What was taken out, in one plain line for the author's own copy."""

from collections.abc import Iterable

from listserv.domain.language import Language
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.summary_words import ATTACHMENTS, KEPT, PHRASES, Phrase


def sentence(redactions: Iterable[Redaction], language: Language = Language.ENGLISH) -> str:
    """ "Taken out before sending: your signature and 2 email addresses." or "".

    A second sentence warns of what stays and could name its author.
    """
    found = list(redactions)
    kept = [r for r in found if r.kind is RedactionKind.PHONE_KEPT]
    taken = _taken([r for r in found if r.kind is not RedactionKind.PHONE_KEPT], language)
    one, many = KEPT[language]
    warnings = [one if r.count == 1 else many.format(r.count) for r in kept]
    return " ".join(filter(None, [taken, *warnings]))


def _taken(redactions: list[Redaction], language: Language) -> str:
    phrases = [_phrase(redaction, language) for redaction in redactions]
    if not phrases:
        return ""
    last = phrases.pop()
    opening, joint = _FRAMES[language]
    listed = f"{', '.join(phrases)} {_joint(joint, last)} {last}" if phrases else last
    return f"{opening}: {listed}."


_FRAMES = {
    Language.ENGLISH: ("Taken out before sending", "and"),
    Language.SPANISH: ("Quitado antes de enviar", "y"),
}


def _joint(joint: str, following: str) -> str:
    """ "y" is "e" before the same sound."""
    return "e" if joint == "y" and following.lower().startswith(("i", "hi")) else joint


def _phrase(redaction: Redaction, language: Language) -> str:
    if redaction.kind is RedactionKind.ATTACHMENT:
        return _attachment(redaction.detail or "file", redaction.count, language)
    one, many = _words(redaction, language)
    return one if redaction.count == 1 else many.format(redaction.count)


def _words(redaction: Redaction, language: Language) -> Phrase:
    phrases = PHRASES[language]
    detailed = phrases.get((redaction.kind, redaction.detail))
    return detailed or phrases[(redaction.kind, "")]


def _attachment(name: str, count: int, language: Language) -> str:
    if language is Language.SPANISH:
        one, many = ATTACHMENTS.get(name, ATTACHMENTS["file"])
        return one if count == 1 else f"{count} {many}"
    if count > 1:
        return f"{count} {name}s"
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return f"{article} {name}"
