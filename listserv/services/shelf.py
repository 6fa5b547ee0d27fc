"""Keeps the one thing that a process had at hand last, to have it at hand for the next slice."""

from dataclasses import dataclass, field


@dataclass
class Shelf:
    """Room for one thing; what it was made from tells whether it is still good."""

    _made_from: object = None
    _thing: object = field(default=None, repr=False)

    def get(self, made_from: object) -> object:
        """The thing, or None when another one, or none, stands here."""
        return self._thing if self._made_from == made_from else None

    @property
    def made_from(self) -> object:
        """What the thing was made from; None where nothing stands here."""
        return self._made_from

    def put(self, made_from: object, thing: object) -> None:
        self._made_from, self._thing = made_from, thing

    def empty(self) -> None:
        self._made_from = self._thing = None
