"""How fast the copies of a slice go out, and what follows for its next claim."""

from dataclasses import dataclass

# A first claim is small: its first copy goes out sooner, and it shows how fast the rest will go.
FIRST_CLAIM = 100
LEAST_CLAIM = 20
# What a claim should last: of two workers at one list, neither has much left when the other ends.
CLAIM_SECONDS = 0.05
# Copies that take longer than this are signed, or go far: two workers send twice as many. Faster
# ones keep the database and the relay busy as it is.
SLOW_SECONDS = 0.00025


@dataclass
class Pace:
    """most: copies to claim at once."""

    most: int
    _copies: int = 0
    _began: float | None = None
    _lasted: float = 0.0

    def note(self, copies: int, now: float) -> None:
        """So many more are over. now: monotonic seconds.

        The first ones only set the clock going: a post is composed with them.
        """
        if self._began is None:
            self._began = now
        else:
            self._copies += copies
            self._lasted = now - self._began

    def next_claim(self) -> int:
        """How many copies to ask for."""
        if not self._lasted:
            return min(self.most, FIRST_CLAIM)
        return min(self.most, max(LEAST_CLAIM, int(self._copies / self._lasted * CLAIM_SECONDS)))

    def slow(self) -> bool:
        """Whether another worker would help; not before some copies have shown it."""
        return self._lasted > self._copies * SLOW_SECONDS
