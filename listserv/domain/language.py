"""The languages that pages, notices and commands speak."""

from enum import StrEnum


class Language(StrEnum):
    """By RFC 5646 tag."""

    ENGLISH = "en"
    SPANISH = "es"
