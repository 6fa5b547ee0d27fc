"""Handles: friendly pseudonyms, one per subscription, never derived from anything."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from listserv.domain.errors import Refused
from listserv.domain.handle_words import words_of
from listserv.domain.language import Language
from listserv.domain.lookalikes import is_one_script, skeleton

__all__ = ["MOST_LETTERS", "chosen", "draw", "skeleton"]

MOST_LETTERS = 40

# Who has a say in a group, or speaks for all of it: a handle must not pass for them.
_ANYWHERE = """
    moderator moderador moderadora moderación administrator administrador administradora operator
    postmaster webmaster quietlist propietario propietaria coordinator coordinador coordinadora
    facilitator facilitador facilitadora anonymous anónimo anónima
"""
# As words only, and with each other: they stand within harmless words, such as badminton.
_ALONE = """
    admin mod owner dueño dueña staff team equipo group grupo list lista host soporte support ayuda
    help helpdesk abuse system sistema security seguridad visitor visitante anon root everybody
    everyone todos todas nobody nadie mailer daemon noreply info
"""
_BESIDE = "the a an of el la los las de del"


def _any_of(*words: str) -> str:
    return "|".join(skeleton(word) for text in words for word in text.split())


_ROLE = re.compile(_any_of(_ANYWHERE))
_ROLES_ALONE = re.compile(f"(?:{_any_of(_ALONE, _BESIDE)})*(?:{_any_of(_ALONE)})(?:s|es)?")
# Letters and marks that show nothing (Default_Ignorable_Code_Point in Unicode's tables).
_BLANKS = frozenset(
    map(
        chr,
        (
            *(0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)


def draw(
    choose: Callable[[Sequence[str]], str],
    taken: Callable[[str], bool],
    language: Language = Language.ENGLISH,
) -> str:
    """A free handle such as "Quiet Otter" or "Nutria Tranquila".

    choose picks one of a sequence at random; taken says whether a handle (by
    its skeleton) was ever used on this list. A number is added only when many
    draws in a row were taken. Raises Refused when even that does not help.
    """
    words = words_of(language)
    for attempt in range(1000):
        handle = words.handle(choose(words.adjectives), choose(words.nouns))
        if attempt >= 20:
            handle += " " + "".join(choose("23456789") for _ in range(1 + attempt // 50))
        if not taken(skeleton(handle)):
            return handle
    raise Refused("No free handle was found. Choose one by hand.")


def chosen(text: str) -> str:
    """A handle that a person chose, on one line. Raises Refused with what to do."""
    # Wide, bold or joined letters become the ordinary ones that they stand for.
    handle = " ".join(unicodedata.normalize("NFKC", text).split())
    letters = [c for c in handle if c.isalpha()]
    if not 2 <= len(handle) <= MOST_LETTERS or len(letters) < 2:
        raise Refused(f"A handle has 2 to {MOST_LETTERS} letters.")
    if not all(map(_may_stand, handle)) or _has_piled_marks(handle):
        raise Refused("A handle is made of letters, digits, spaces, hyphens and apostrophes.")
    if not is_one_script(letters):
        raise Refused("A handle is written in one alphabet.")
    if _is_a_role(handle):
        raise Refused("That handle could be taken for a moderator. Choose another.")
    return handle


def _may_stand(char: str) -> bool:
    allowed = char.isalnum() or char in " '’-." or unicodedata.category(char) == "Mn"
    return allowed and char not in _BLANKS


def _has_piled_marks(handle: str) -> bool:
    """Three marks on one letter cover the lines around; one on none is seen on what is before."""
    letters = "".join("m" if unicodedata.category(c) == "Mn" else " x"[c.isalnum()] for c in handle)
    return "mmm" in letters or " m" in f" {letters}"


def _is_a_role(handle: str) -> bool:
    whole = skeleton(handle)
    words = [whole.rstrip("0123456789"), *re.split(r"[ .'’-]+", handle)]
    return bool(_ROLE.search(whole)) or any(
        _ROLES_ALONE.fullmatch(skeleton(word.rstrip("0123456789"))) for word in words
    )
