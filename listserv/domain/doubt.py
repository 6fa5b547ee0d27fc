"""What the anonymiser could not settle by itself, so that a person looks first."""

from enum import StrEnum


class Doubt(StrEnum):
    """One kind of doubt; the value is stored and must not change."""

    ADDRESS_LEFT = "address_left"
    NAME_LEFT = "name_left"
    TWO_TEXTS = "two_texts"
    AUTOMATIC = "automatic"
    # What the author may well mean to say, and cannot take back.
    PHONE_KEPT = "phone_kept"
    STREET_KEPT = "street_kept"


PRIVATE = frozenset({Doubt.PHONE_KEPT, Doubt.STREET_KEPT})
# What only the author can settle: "Grace" may be their name, or a word.
OWN = PRIVATE | {Doubt.NAME_LEFT}
