"""Keeps parts running: starts them, starts again what dies, and stops them in order."""

import asyncio
import ctypes
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

from listserv import logs

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 20.0  # seconds of life after which a death counts as the first
STOP_SECONDS = 3.0
BAD_SETTING = 2  # the exit code of a part that refuses its settings

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Part:
    """One process to keep running. Parts of a higher stage are stopped first."""

    name: str
    command: Sequence[str] = field(repr=False)
    environment: Mapping[str, str] = field(repr=False)
    stage: int = 1


class Supervisor:
    """`run` returns once `stop` was called and every part is gone."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._stopping = asyncio.Event()
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self.refused = False

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        keepers = [asyncio.create_task(self._keep(part)) for part in self._parts]
        await self._stopping.wait()
        for stage in sorted({part.stage for part in self._parts}, reverse=True):
            names = [part.name for part in self._parts if part.stage == stage]
            await asyncio.gather(*(self._end(name) for name in names))
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)

    async def _keep(self, part: Part) -> None:
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            born = monotonic()
            process = await asyncio.create_subprocess_exec(
                *part.command,
                env=dict(part.environment),
                stdin=asyncio.subprocess.DEVNULL,
                preexec_fn=_die_with_parent,
            )
            self._processes[part.name] = process
            if self._stopping.is_set():
                await self._end(part.name)
            code = await process.wait()
            if self._stopping.is_set():
                return
            logs.problem("part_died", part=part.name, code=code, lived=round(monotonic() - born, 1))
            if code == BAD_SETTING:
                self.refused = True
                self.stop()
                return
            pause = FIRST_PAUSE if monotonic() - born > SETTLED_AFTER else pause
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _end(self, name: str) -> None:
        """SIGTERM, a while, SIGKILL."""
        process = self._processes.get(name)
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            logs.problem("part_killed", part=name)
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _die_with_parent() -> None:
    """Asks the kernel to end this process when the supervisor ends, however that happens."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() == 1:  # it ended before we asked
        os._exit(1)
