"""The clock of this machine."""

import time
from datetime import UTC, datetime

# It also counts while the machine sleeps: a worker that wakes up with it must find its lease over.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.clock_gettime(_STEADY)

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)
