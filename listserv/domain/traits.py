"""What a mail tells of itself besides its words: numbers and kinds, nothing personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listserv.domain.doubt import Doubt


@dataclass(frozen=True)
class Traits:
    """Kept beside a post that waits for its author's yes, so that the rules can go on after it.

    size: bytes as they came. recipients: addresses in To and Cc. spam: a
    trusted server marks it so. command: it reads like a request to us.
    doubts: what cleaning could not settle. astray: it answers a whole digest.
    """

    size: int = 0
    recipients: int = 0
    spam: bool = False
    command: bool = False
    doubts: tuple[Doubt, ...] = ()
    astray: bool = False

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "doubts": list(self.doubts)}


def from_json(values: Mapping[str, Any]) -> Traits:
    """The traits that `as_json` wrote; what is not there was not asked when it was written."""
    return Traits(
        size=int(values.get("size", 0)),
        recipients=int(values.get("recipients", 0)),
        spam=bool(values.get("spam", False)),
        command=bool(values.get("command", False)),
        doubts=tuple(Doubt(name) for name in values.get("doubts", ())),
        astray=bool(values.get("astray", False)),
    )
