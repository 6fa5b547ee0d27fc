"""A list: its address, its title and its settings."""

import re
from dataclasses import dataclass

from listserv.domain.address import parse_address, split
from listserv.domain.errors import Refused
from listserv.domain.list_settings import ListSettings
from listserv.domain.routing import OPERATOR_NAMES, RESERVED_NAMES, WORDS

# group + "-bounces+" + 26 characters of token stay within 64 octets (RFC 5321 §4.5.3.1.1).
MOST_NAME = 29
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


@dataclass(frozen=True)
class MailingList:
    """One list. `address` is lower case."""

    id: int
    address: str
    title: str
    settings: ListSettings

    @property
    def outer_name(self) -> str:
        """The neutral name that others see in From and List-Id."""
        return self.settings.outer_name or self.title

    @property
    def domain(self) -> str:
        return split(self.address)[1]

    def sub_address(self, word: str, token: str = "") -> str:
        """`group-WORD+TOKEN@domain`."""
        local, domain = split(self.address)
        return f"{local}-{word}{'+' if token else ''}{token}@{domain}"


def new_address(text: str) -> str:
    """The address of a new list. Raises Refused when it would collide or grow too long."""
    address = parse_address(text)
    name, domain = split(address)
    if not domain.isascii() or not _NAME.fullmatch(name) or ".." in name:
        raise Refused(
            "A list's name is made of the letters a to z, digits, dots, hyphens and underscores, "
            "and its domain is written in ASCII (xn--…)."
        )
    if len(name) > MOST_NAME:
        raise Refused(f"A list's name has at most {MOST_NAME} characters before the @.")
    if name in OPERATOR_NAMES:
        raise Refused(f"{name}@ belongs to the operator of the mail server. Choose another name.")
    if name in RESERVED_NAMES:
        raise Refused(f"{name}@ has a meaning of its own. Choose another name.")
    for word in WORDS:
        if name.endswith(f"-{word}"):
            raise Refused(f"A list's name must not end in -{word}: that is a command address.")
    return address


def default_title(address: str) -> str:
    return split(address)[0].replace("-", " ").replace("_", " ").title()
