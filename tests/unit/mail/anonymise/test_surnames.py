"""What stands beside the own name, when the header does not tell it."""

import pytest

from tests.unit.mail.anonymise.cleaning import text

CEM = "cem@example.org"
NAMED = "Cem <c7@example.org>"
IN_FULL = "Cem Cooper <c7@example.org>"
BODY = "I slept well, and I want to say so."


@pytest.mark.parametrize(
    ("sender", "last", "left"),
    [
        (CEM, "Cem Cooper", "[name]"),
        (NAMED, "Cem Cooper", "[name]"),
        (CEM, "Cooper, Cem", "[name]"),
        (NAMED, "van Cooper, Cem", "[name]"),
        (IN_FULL, "Cem J. Cooper-Smith", "[name]"),
        (NAMED, "Cem J. Cooper-Smith", "[name]"),
        (NAMED, "Cem Cooper Smith", "[name]"),
        (NAMED, "CEM COOPER", "[name]"),
        (NAMED, "Cem de la Cruz", "[name]"),
        (NAMED, "Cem O’Brien", "[name]"),
        (NAMED, "Cem Купер", "[name]"),
        (NAMED, "Cem Cooper, Leeds", "[name], Leeds"),
        (NAMED, "Dr. Cem Cooper", "Dr. [name]"),
        (NAMED, "It was good. Love, Cem Cooper", "It was good. Love, [name]"),
        (NAMED, "Thank you, Cem Cooper", "Thank you, [name]"),
        (NAMED, "I am Cem Van der Berg and new here.", "I am [name] and new here."),
        (NAMED, "My name is Cem Cooper and I am new here.", "My name is [name] and I am new here."),
        (CEM, "Well, this is Cem Cooper from the north.", "Well, this is [name] from the north."),
        (NAMED, "Well, I am Cem J. Cooper-Smith, and new.", "Well, I am [name], and new."),
        (NAMED, "Nun, ich bin Cem Cooper und neu hier.", "Nun, ich bin [name] und neu hier."),
        (NAMED, "Pues soy Cem García López y vivo sola.", "Pues soy [name] y vivo sola."),
    ],
)
def test_the_rest_of_the_name_goes(sender: str, last: str, left: str) -> None:
    assert text(f"{BODY}\n\n{last}", sender=sender) == f"{BODY}\n\n{left}"


@pytest.mark.parametrize(
    ("last", "left"),
    [
        ("I am Cem. Cooper is a town.", "I am [name]. Cooper is a town."),
        ("Now this is Cem\nThanks to all", "Now this is [name]\nThanks to all"),
        ("Now this is Cem Thanks to all", "Now this is [name] Thanks to all"),
        ("Hey all I am Cem My dog is ill", "Hey all I am [name] My dog is ill"),
        ("HELLO I AM CEM AND NEW HERE", "HELLO I AM [name] AND NEW HERE"),
        ("HELLO I AM CEM SLEEPING BADLY NOW", "HELLO I AM [name] SLEEPING BADLY NOW"),
        ("Dear Bob, Cem", "Dear Bob, [name]"),
        ("Hi Cem, Bob told me", "Hi [name], Bob told me"),
        ("Cem Mvh Rosa", "[name] Mvh Rosa"),
        ("CEM WROTE:", "[name] WROTE:"),
        ("Courage, Cem", "Courage, [name]"),
        ("Stay Safe, Cem", "Stay Safe, [name]"),
        ("so then, Cem", "so then, [name]"),
        ("Cem, Cooper and I talked for hours.", "[name], Cooper and I talked for hours."),
        ("Cem Thanks", "[name] Thanks"),
        ("Then Bob told Cem Cooper had won.", "Then Bob told [name] Cooper had won."),
        ("It is Cem and Rosa", "It is [name] and Rosa"),
        ("soy Cem de Madrid y estoy bien", "soy [name] de Madrid y estoy bien"),
    ],
)
def test_other_words_beside_the_name_stay(last: str, left: str) -> None:
    assert text(f"{BODY}\n\n{last}", sender=NAMED) == f"{BODY}\n\n{left}"
