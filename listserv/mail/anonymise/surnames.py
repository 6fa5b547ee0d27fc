"""The rest of the author's name, which their header does not tell, beside what was taken out."""

import re
from collections.abc import Iterator

from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.farewells import FAREWELL_AND_MORE, SIGN_OFFS
from listserv.mail.anonymise.languages import GREETINGS, INTRODUCTIONS
from listserv.mail.anonymise.letters import lowered
from listserv.mail.anonymise.name_search import NAME_LEFT_OUT
from listserv.mail.anonymise.signers import CLOSING_WORDS, NO_SIGNER, TITLES
from listserv.mail.anonymise.words import word_set

_MOST_WORDS = 4
_MOST_SURNAMES = 2
_NAME = re.escape(NAME_LEFT_OUT)
_PARTICLES = (
    r"(?:(?:v[ao]n|de[lnr]?|di|da|do|dos|das|la|las|los|le|ter|ten|zu|zur|bin|ibn|ben|al|el|st)\s)"
)
_WORD = r"[^\W\d_][\w'’]{1,30}"
_SURNAME = rf"{_WORD}(?:-{_WORD})?(?![\w@-])"
# Other particles say in a sentence where somebody is from.
_GAP = r"(?:-|\s(?:[^\W\d_]\.\s?)?(?i:van\s(?:de[rn]?\s)?)?)"
_BEHIND = re.compile(rf"{_GAP}(?P<word>{_SURNAME})")
_CAPITAL_BEHIND = re.compile(rf"{_NAME}{_GAP}[^\W\d_a-z]")
_BEHIND_SIGNING = re.compile(rf"(?:-|\s(?:[^\W\d_]\.?\s)?{_PARTICLES}{{0,2}})(?P<word>{_SURNAME})")
_BEFORE = re.compile(
    rf"[\s*_~–—-]{{0,6}}{_PARTICLES}{{0,2}}(?P<first>{_SURNAME})(?:\s(?P<last>{_SURNAME}))?,\s?{_NAME}"
    r"[\s.*_~]{0,6}"
)
_SENTENCE = re.compile(r"[.!?…]\s+")
# What stands behind a name that signs: nothing, kisses, or a place or rank.
_SIGNED = re.compile(r"\s?(?:x{1,3}\b)?[^\w!?:]{0,12}\Z|\s?[,(|–—]")
# What begins a sentence, or says what somebody is, where a comma or full stop was forgotten.
_NO_SURNAME = NO_SIGNER | word_set(
    """
    i i'm i've my me you your he his she her its our they their these those here there what who how
    why where which because since after before while as at by for from in of on to with without not
    just only also so too well new old long first last one two have had has been am are was were
    is do did don't can can't could would may might must should let please trying
    looking writing feeling living posting reading hoping got nice glad happy sorry mother father
    mom mum mama dad papa wife husband daughter son sister brother parent nurse doctor alcoholic
    addict recovering survivor member moderator yesterday recently currently gestern heute ayer hoy
    ich du er sie es wir ihr mein meine meinen unser unsere der die das ein eine einen mit von aus
    nach seit und oder aber neu komme bin habe hatte war kann möchte wollte schreibe wohne lebe
    mutter vater frau mann tochter sohn schwester bruder jahre
    yo tú él ella nosotros mi mis tu su sus un una unos los las de del desde con sin por para en y
    pero tengo vivo estoy soy he quiero escribo nueva nuevo madre padre mamá papá esposa esposo
    hija hijo hermana hermano años je j'ai mon ma mes le les une des du et mais avec depuis nouvelle
    nouveau mère père maman io ho il lo mio mia e ma con da vengo vivo eu tenho meu minha com
    """
)
# What people write above or before their name, and is no name.
_SAID = (
    CLOSING_WORDS
    | _NO_SURNAME
    | word_set(
        """
        fondly kindly gently lovingly tenderly hopefully faithfully humbly affectionately
        stay safe god bless keep much many best big soft warm update question
        """
    )
)


def may_be_introduced(text: str) -> bool:
    """A cheap look at many lines for what `rest_introduced` finds."""
    return bool(_CAPITAL_BEHIND.search(text))


def may_be_signed(text: str) -> bool:
    """The same for `rest_signed`."""
    return NAME_LEFT_OUT in text


def rest_introduced(text: str) -> list[Edit]:
    """ "My name is [name] Cooper": what directly follows is a part of the name."""
    found = list(_with_rest(text, _BEHIND))
    ends = {match.end() for match in INTRODUCTIONS.finditer(text)} if found else set()
    return [
        _left_out(start, end)
        for start, end in found
        # In a line of capitals only, any word may follow.
        if not ends.isdisjoint(range(start - 2, start + 1))
        and not text[start + len(NAME_LEFT_OUT) : end].isupper()
    ]


def rest_signed(text: str) -> list[Edit]:
    """ "[name] Cooper", "Cooper, [name]", "Love, [name] Cooper" in a line that signs or greets."""
    before = _BEFORE.fullmatch(text)
    if before and not _is_said(before):
        return [_left_out(0, len(text.rstrip()))]
    for start, end in list(_with_rest(text, _BEHIND_SIGNING))[-1:]:
        if _SIGNED.match(text, end) and _signs_behind(text[:start], text):
            return [_left_out(start, end)]
    return rest_introduced(text)


def _with_rest(text: str, behind: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where names that were left out begin, and where the one or two words behind them end."""
    for name in re.finditer(_NAME, text):
        end = name.end()
        for _ in range(_MOST_SURNAMES):
            more = behind.match(text, end)
            if not more or not _is_surname(more["word"]):
                break
            end = more.end()
        if end > name.end():
            yield name.start(), end


def _is_surname(word: str) -> bool:
    """Whether it is written as a name, and neither begins a sentence nor is a farewell."""
    if word[0].islower() or word.lower() in _NO_SURNAME:
        return False
    return not SIGN_OFFS.fullmatch(lowered(word))


def _signs_behind(before: str, text: str) -> bool:
    """Whether a name may sign there: alone in a short line, behind a farewell, or greeted."""
    sentence = _SENTENCE.split(before)[-1]
    farewell = FAREWELL_AND_MORE.match(lowered(sentence + NAME_LEFT_OUT))
    if farewell and farewell.end() == len(sentence):
        return True
    greeting = GREETINGS.match(lowered(before))
    if greeting and not before[greeting.end() :].strip(" ,"):
        return True
    return len(text.split()) <= _MOST_WORDS and not any(map(str.isalnum, TITLES.sub("", before)))


def _is_said(before: re.Match[str]) -> bool:
    """ "Courage, [name]", "Dear Bob, [name]": no name of theirs, but what they say."""
    words = [word for word in before.group("first", "last") if word]
    if any(word[0].islower() or word.lower() in _SAID for word in words):
        return True
    line = lowered(before[0])
    return bool(FAREWELL_AND_MORE.match(line) or GREETINGS.match(line))


def _left_out(start: int, end: int) -> Edit:
    return Edit(start, end, NAME_LEFT_OUT, None)
