"""Threads for what blocks, and a bound on what waits for them."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from listserv.domain.errors import Unavailable

T = TypeVar("T")


class Crew:
    """A thread pool that says no instead of letting work pile up in memory."""

    def __init__(self, name: str, threads: int, most: int) -> None:
        self._executor = ThreadPoolExecutor(threads, name)
        self._most = most
        self._taken = 0
        self._lock = threading.Lock()

    async def do(self, work: Callable[[], T]) -> T:
        """Runs `work` in a thread. Raises Unavailable when too much waits already.

        What has not begun when its session ends is never begun.
        """
        with self._lock:
            if self._taken >= self._most:
                raise Unavailable("There is too much to do just now.")
            self._taken += 1
        future = self._executor.submit(work)
        future.add_done_callback(self._count_down)
        return await asyncio.wrap_future(future)

    def dismiss(self) -> None:
        """Begins nothing more. What has begun is finished by its thread."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _count_down(self, _: Future[T]) -> None:
        with self._lock:
            self._taken -= 1
