import asyncio
import threading

import pytest

from listserv.domain.errors import Unavailable
from smtp_gateway.crew import Crew


def test_work_is_done_in_another_thread() -> None:
    async def play() -> str:
        return await Crew("test", 1, 1).do(lambda: threading.current_thread().name)

    assert asyncio.run(play()).startswith("test")


def test_what_work_raises_arrives() -> None:
    def fail() -> None:
        raise KeyError

    async def play() -> None:
        await Crew("test", 1, 1).do(fail)

    with pytest.raises(KeyError):
        asyncio.run(play())


def test_too_much_work_is_refused_and_later_taken_again() -> None:
    async def play() -> None:
        crew, go = Crew("test", 1, 2), threading.Event()
        waiting = [asyncio.create_task(crew.do(go.wait)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await crew.do(go.wait)
        go.set()
        await asyncio.gather(*waiting)
        assert await crew.do(lambda: 3) == 3

    asyncio.run(play())


def test_what_waits_for_a_client_that_left_is_never_begun() -> None:
    async def play() -> None:
        crew, go, begun = Crew("test", 1, 5), threading.Event(), threading.Event()
        first = asyncio.create_task(crew.do(go.wait))
        second = asyncio.create_task(crew.do(begun.set))
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.sleep(0)
        go.set()
        await first
        await crew.do(lambda: None)
        assert not begun.is_set()

    asyncio.run(play())
