"""Keeps parts running: starts them, starts again what dies, and stops them in order."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum
from time import monotonic
from typing import Any

from listserv import logs
from listserv.domain.errors import Refused

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 5.0  # seconds of life after which a death counts as the first
STOP_SECONDS = 3.5
SUPERVISED = "QUIETLIST_SUPERVISED"  # set for a part that `up` has started
BAD_SETTING = 2  # the exit code of a part that does not accept its settings

_PR_SET_PDEATHSIG = 1


class Stage(IntEnum):
    """Parts of a higher stage are stopped first."""

    REDIS = 0
    WORK = 1
    EDGE = 2


# How long a stage has for itself before the next is told to stop too, so that all of it ends
# within five seconds however slow each is.
_HEAD_START = {Stage.EDGE: 0.5, Stage.WORK: STOP_SECONDS, Stage.REDIS: STOP_SECONDS}
_PATIENCE = {Stage.EDGE: STOP_SECONDS, Stage.WORK: STOP_SECONDS, Stage.REDIS: 0.4}


@dataclass(frozen=True, eq=False)
class Part:
    """One process to keep running."""

    name: str
    command: Sequence[str] = field(repr=False)
    environment: Mapping[str, str] = field(repr=False)
    stage: Stage = Stage.WORK


class Supervisor:
    """Starts parts with `keep`, and ends them all with `end`."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self.settled = False
        self._keepers: list[asyncio.Task[None]] = []
        self._running: dict[Part, asyncio.subprocess.Process] = {}
        self._refused = ""

    def stop(self) -> None:
        self.stopping.set()

    def keep(self, part: Part) -> None:
        """Starts a part, and again whenever it dies, until `end`."""
        self._keepers.append(asyncio.create_task(self._keep(part)))

    async def once(self, command: Sequence[str], environment: Mapping[str, str]) -> str:
        """Runs a command to its end; gives what it printed. Raises Refused when it fails."""
        process = await _start(command, environment, stdout=asyncio.subprocess.PIPE)
        try:
            printed, _ = await process.communicate()
        finally:
            _kill(process)
            code = await process.wait()
        if code:
            raise Refused(f"`quietlist {' '.join(command[2:])}` did not succeed.")
        return printed.decode(errors="replace")

    async def unless_stopped(self, story: Coroutine[Any, Any, None]) -> None:
        """Runs a story to its end, or breaks it off when `stop` is called."""
        telling = asyncio.create_task(story)
        stopping = asyncio.create_task(self.stopping.wait())
        await asyncio.wait((telling, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling

    async def end(self) -> None:
        """Stops every part in order. Raises Refused when a part refused its settings."""
        self.stop()
        ending: list[asyncio.Task[None]] = []
        for stage in sorted(Stage, reverse=True):
            ending += [
                asyncio.create_task(_end(part, process))
                for part, process in self._running.items()
                if part.stage is stage
            ]
            if ending:
                await asyncio.wait(ending, timeout=_HEAD_START[stage])
        await asyncio.gather(*ending, *self._keepers)
        if self._refused:
            raise Refused(f"The {self._refused} does not accept its settings; see its words above.")

    async def _keep(self, part: Part) -> None:
        pause = 0.0
        while not self.stopping.is_set():
            born = monotonic()
            code = await self._live(part)
            if self.stopping.is_set():
                return
            logs.problem("part_died", part=part.name, code=code)
            if code == BAD_SETTING and not self.settled:
                self._refused = part.name
                self.stop()
                return
            pause = pause_after(pause, monotonic() - born)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)

    async def _live(self, part: Part) -> int:
        """One life of a part; gives its exit code, negative for a signal."""
        try:
            process = await _start(part.command, part.environment)
        except OSError as error:
            logs.problem("part_not_started", error, part=part.name)
            return 127
        self._running[part] = process
        if self.stopping.is_set():  # `end` has not seen this one
            _kill(process)
        code = await process.wait()
        _kill(process)
        del self._running[part]
        return code


def pause_after(last: float, lived: float) -> float:
    """Seconds to wait before a part that died is started again.

    last: the pause before its life, 0 for its first; lived: seconds of it.
    """
    if lived >= SETTLED_AFTER:
        return FIRST_PAUSE
    return min(max(last * 2, FIRST_PAUSE), LONGEST_PAUSE)


async def _end(part: Part, process: asyncio.subprocess.Process) -> None:
    """SIGTERM, a while, SIGKILL."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE[part.stage])
    except TimeoutError:
        logs.problem("part_killed", part=part.name)
        _kill(process)
        await process.wait()


async def _start(
    command: Sequence[str], environment: Mapping[str, str], stdout: int | None = None
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        env=dict(environment),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        # A group of its own: Ctrl-C reaches the supervisor alone, which stops parts in order,
        # and what a part leaves behind can be ended with it.
        process_group=0,
        preexec_fn=die_with_parent(signal.SIGKILL, os.getpid()),
    )


def _kill(process: asyncio.subprocess.Process) -> None:
    """Ends the process and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def die_with_parent(number: signal.Signals, parent: int) -> Callable[[], None]:
    """To be called in a child just forked: the kernel sends it the signal when the parent ends,
    however that happens (prctl(2), PR_SET_PDEATHSIG; Linux only).
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if library is not None:
            library.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)

    return ask
