"""The words that handles are drawn from: kind and harmless ones, in each language."""

from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from listserv.domain.language import Language


@dataclass(frozen=True)
class HandleWords:
    """Adjectives, and nouns for animals, plants and places outdoors.

    feminine: those of the nouns that take the other form of an adjective.
    """

    language: Language
    adjectives: tuple[str, ...] = field(repr=False)
    nouns: tuple[str, ...] = field(repr=False)
    feminine: frozenset[str] = field(repr=False, default=frozenset())

    def handle(self, adjective: str, noun: str) -> str:
        """ "Quiet Otter", "Nutria Tranquila"."""
        if self.language is Language.SPANISH:
            return f"{noun} {_agreeing(adjective, noun in self.feminine)}".title()
        return f"{adjective} {noun}".title()


@cache
def words_of(language: Language) -> HandleWords:
    """Those of one language."""
    name = f"handle_words_{language}.txt"
    text = resources.files("listserv.domain").joinpath(name).read_text("utf-8")
    adjectives, *nouns = (tuple(block.split()) for block in text.split("\n\n"))
    feminine = nouns[1] if len(nouns) > 1 else ()
    return HandleWords(language, adjectives, (*nouns[0], *feminine), frozenset(feminine))


def _agreeing(adjective: str, feminine: bool) -> str:
    """One that ends in -o changes it; others stay, or stand in both forms: "cortés",
    "juguetón/juguetona".
    """
    masculine, _, other = adjective.partition("/")
    if not feminine:
        return masculine
    return other or (f"{masculine[:-1]}a" if masculine.endswith("o") else masculine)
