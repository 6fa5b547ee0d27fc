"""One line of a mail to the request that it makes. Forgiving, and never wild."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from listserv.domain.language import Language
from listserv.domain.request import (
    Confirm,
    ForgetMe,
    Help,
    Join,
    Leave,
    LeaveMeAlone,
    Pause,
    Request,
    Resume,
    Roster,
    SendData,
    SetHandle,
    Unclear,
    Which,
)
from listserv.mail import problems
from listserv.mail.commands.setting import setting_in
from listserv.mail.commands.spelling import plain_word, plain_words
from listserv.mail.commands.when import NotADay, day_in
from listserv.mail.commands.words import (
    FILLING,
    FORGET,
    GUESSED,
    LIST_WORDS,
    LONGEST_PHRASE,
    PHRASES,
    POLITE,
    SURE,
    WEAK,
    Verb,
)

_LONGEST_LINE = 240
_MOST_WORDS = 30
_MOST_WORDS_GUESSED = 8
_SHORTEST_GUESSED = 4
_ALIKE = 0.75
_CLAUSE = re.compile(r"[.,;:!?()]+(?:\s|$)|\s(?:because|since|but|porque|pero)\s", re.IGNORECASE)
_MOST_CLAUSES = 3
_TOKEN = re.compile(r"[a-z2-7]{26}")
_NEW = frozenset({"new", "another", "nuevo", "nueva", "otro"})
_NAME_SAID = frozenset({"is", "es"})  # "my name is Ann" asks for nothing
_TO = frozenset({"to", "be", "should", "a", "por", "as", "como"})


@dataclass(frozen=True)
class Found:
    """language: that of the words, where they belong to one. doubt: why to make sure first,
    whoever asks; "" where there is no need."""

    request: Request
    language: Language | None
    doubt: str = ""


@dataclass(frozen=True)
class _Said:
    """A command's verb and the words after it, as they were typed."""

    verb: Verb
    language: Language
    phrase: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether nothing of weight stands after the command."""
        more = [w for w in self.rest if "@" not in w and plain_word(w) not in FILLING]
        return len(more) <= (1 if self.phrase[-1] in SURE else 0)


def read(line: str, today: date) -> Found | None:
    """The request in one line; None when it is no command."""
    line = line[:_LONGEST_LINE]
    forget = FORGET.get(tuple(word for word in plain_words(line) if word not in POLITE))
    if forget:
        posts, language = forget
        return Found(ForgetMe(posts), language)
    clauses = [clause for clause in _CLAUSE.split(line) if clause.strip()][:_MOST_CLAUSES]
    for text in (line, *clauses):
        found = _read(text, today)
        if found:
            return found
    return None


def _read(text: str, today: date) -> Found | None:
    words = [word for word in text.strip("<>\"'*_ \t").split() if plain_word(word)]
    if not words or len(words) > _MOST_WORDS:
        return None
    if LIST_WORDS.intersection(map(plain_word, words)) and _all_filling(words):
        return Found(Roster(), None)
    said = _exactly(words)
    if said:
        weak = len(said.phrase) == 1 and said.phrase[0] in WEAK
        return _found(said, today, only_clear=weak)
    guess = _guessed(words)
    return _found(guess, today, only_clear=True) if guess else None


def _found(said: _Said, today: date, only_clear: bool) -> Found | None:
    request = _request(said, today)
    if request is None or (only_clear and isinstance(request, Unclear)):
        return None
    return Found(request, said.language)


def _all_filling(words: list[str]) -> bool:
    return all(plain_word(word) in FILLING for word in words)


def _exactly(words: list[str]) -> _Said | None:
    """The longest phrase at the beginning, filling words around and between left out."""
    heavy = [n for n, word in enumerate(words) if plain_word(word) not in FILLING]
    for size in range(min(LONGEST_PHRASE, len(heavy)), 0, -1):
        phrase = tuple(plain_word(words[n]) for n in heavy[:size])
        known = PHRASES.get(phrase)
        if known:
            verb, language = known
            rest = words[heavy[size - 1] + 1 :]
            while rest and plain_word(rest[-1]) in POLITE:
                rest.pop()
            return _Said(verb, language, phrase, tuple(rest))
    return None


def _guessed(words: list[str]) -> _Said | None:
    """A typing error in the first word of weight, mended."""
    heavy = [n for n, word in enumerate(words) if plain_word(word) not in FILLING]
    if not heavy or len(words) > _MOST_WORDS_GUESSED:
        return None
    typed = plain_word(words[heavy[0]])
    near = get_close_matches(typed, GUESSED, 1, _ALIKE) if len(typed) >= _SHORTEST_GUESSED else []
    return _exactly([*words[: heavy[0]], near[0], *words[heavy[0] + 1 :]]) if near else None


def _request(said: _Said, today: date) -> Request | None:
    plain = _PLAIN.get(said.verb)
    if plain:
        return plain() if said.bare else None
    match said.verb:
        case Verb.PAUSE:
            return _pause(said, today)
        case Verb.NAME:
            return _name(said)
        case Verb.CONFIRM:
            return _confirm(said)
        case Verb.SET:
            return setting_in((*said.phrase, *said.rest))
        case _:
            return Unclear(problems.DELETE if said.bare else problems.FORGET)


_PLAIN: Mapping[Verb, Callable[[], Request]] = {
    Verb.JOIN: Join,
    Verb.LEAVE: Leave,
    Verb.HELP: Help,
    Verb.WHICH: Which,
    Verb.RESUME: Resume,
    Verb.DATA: SendData,
    Verb.ROSTER: Roster,
    Verb.STOP: LeaveMeAlone,
}


def _pause(said: _Said, today: date) -> Request:
    if said.bare and said.phrase[-1] not in ("until", "hasta"):
        return Pause()
    try:
        return Pause(day_in(list(said.rest), today))
    except NotADay as problem:
        return Unclear(str(problem))


def _name(said: _Said) -> Request | None:
    """The name as it was typed, marks around it aside."""
    words = list(said.rest)
    if words and plain_word(words[0]) in _NAME_SAID:
        return None
    while words and plain_word(words[0]) in _TO:
        words.pop(0)
    wanted = " ".join(words).strip(" .,;:!?\"'<>()[]*_=“”«»")
    if wanted.casefold() in _NEW or (not wanted and _NEW.intersection(said.phrase)):
        return SetHandle("")
    return SetHandle(wanted) if wanted else Unclear(problems.NO_NAME)


def _confirm(said: _Said) -> Request | None:
    """Tokens are lower-case base32, and people's programs may change the case."""
    tokens = [token for word in said.rest if _TOKEN.fullmatch(token := plain_word(word))]
    if tokens:
        return Confirm(tokens[0])
    return Unclear(problems.NO_TOKEN) if said.bare else None
