"""What is left after cleaning that may still tell, so that somebody has to look."""

import re
from collections.abc import Sequence
from itertools import takewhile

from listserv.domain.doubt import Doubt
from listserv.mail.anonymise.languages import is_noun_at
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.nicknames import LONGEST_NICKNAME, Signs, signs
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.streets import has_street, may_have_street
from listserv.mail.earlier import EARLIER

_LIKE_ADDRESS = re.compile(
    r"(?<![\w@.])[^\W\d_][\w.+-]{2,63}@[^\W\d_][\w-]{2,62}(?:\.[\w-]{1,63}){0,5}(?![\w@])"
)
# In German every noun has a capital, so a capital says nothing of a name.
_GERMAN = re.compile(r"\b(?:und|der|die|das|ich|nicht|ist|ein|eine)\b")
_MOST_GERMAN = 2
# Robots that set none of the header fields by which facts.py knows them.
_AWAY = re.compile(
    r"(?:out of (?:the )?office|auto(?:matic)?[ -]?(?:reply|response)|automatische antwort"
    r"|abwesenheits(?:notiz|nachricht|meldung)|r[ée]ponse automatique|absence du bureau"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica|fuori sede"
    r"|resposta autom[áa]tica|automatisch antwoord|afwezigheidsbericht|autosvar|automatiskt svar"
    r"|undeliver(?:able|ed)(?: mail)?|mail delivery (?:failed|failure)|delivery failure"
    r"|delivery status notification|returned mail|failure notice)\s*(?:[:(\[-]|$)",
    re.IGNORECASE,
)


def own_lines(text: str) -> list[str]:
    """The lines that the author wrote now, without those of earlier mails."""
    lines = text.split("\n")
    if EARLIER in text:
        lines = list(takewhile(lambda line: line.strip() != EARLIER, lines))
    return [line for line in lines if not line.startswith(">")]


def doubts_in(
    subject: str, text: str, own: Sequence[str], names: Names, policy: CleaningPolicy
) -> set[Doubt]:
    """The doubts about a cleaned post. own: those of its lines that `own_lines` gives."""
    found: set[Doubt] = set()
    whole = f"{subject}\n{text}"
    if _AWAY.match(subject):
        found.add(Doubt.AUTOMATIC)
    if "@" in whole and not all(map(policy.allows, _LIKE_ADDRESS.findall(whole))):
        found.add(Doubt.ADDRESS_LEFT)
    named = names.may_find_alone(whole) and any(_named_in_sentence(line, names) for line in own)
    if named and len(_GERMAN.findall(whole)) <= _MOST_GERMAN:
        found.add(Doubt.NAME_LEFT)
    if _ends_with_word_or_name(own, names):
        found.add(Doubt.NAME_LEFT)
    if may_have_street(whole) and any(map(has_street, (subject, *own))):
        found.add(Doubt.STREET_KEPT)
    return found


def _named_in_sentence(line: str, names: Names) -> bool:
    """ "as Hope says", but not "Hope is all" and not "I hope"."""
    return any(
        line[edit.start].isupper()
        and line[edit.start + 1 : edit.start + 2].islower()
        and line[: edit.start].rstrip(" ")[-1:].islower()
        and not line[edit.end :].lstrip(" ")[:1].isupper()
        and not is_noun_at(line, edit.start)
        for edit in names.find_alone(line)
    )


def _ends_with_word_or_name(lines: Sequence[str], names: Names) -> bool:
    """ "Nick" alone in the last line that the author wrote."""
    filled = [number for number, line in enumerate(lines) if line and not line.isspace()][-2:]
    if len(filled) < 2:
        return False
    above, last = (lines[number].strip() for number in filled)
    if len(last) > LONGEST_NICKNAME or names.is_handle(last):
        return False
    apart = filled[1] > filled[0] + 1
    return signs(last, above, apart, False, names) is Signs.PERHAPS
