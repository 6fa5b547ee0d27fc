"""What the vault hands out: values that say nothing without its keys."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lookup:
    """A keyed hash of an address, and the id of the key that made it."""

    key_id: str
    digest: bytes = field(repr=False)


@dataclass(slots=True)  # not frozen: that takes three times as long, for each copy
class SealedMember:
    """A member's own key, and the address that it seals."""

    member_id: str
    sealed_key: bytes = field(repr=False)
    sealed_address: bytes = field(repr=False)
