"""The supervisor, with tiny real programs for parts."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from listserv.cli import supervisor as module
from listserv.cli.supervisor import Part, Stage, Supervisor, pause_after
from listserv.domain.errors import Refused
from tests.waiting import wait_for

# Each program gets a file as its first argument, to which it writes lines.
HEAD = (
    "import os, signal, subprocess, sys\n"
    "say = lambda word: print(word, file=open(sys.argv[1], 'a'))\n"
)
SHORT_LIFE = HEAD + "say('born'); sys.exit(3)"
LONG_LIFE = HEAD + "say(os.getpid()); signal.pause()"
STUBBORN = HEAD + (
    "signal.signal(signal.SIGTERM, lambda *_: say('asked'))\nsay('up')\nwhile True: signal.pause()"
)
POLITE = HEAD + (
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(say(sys.argv[2] + ' ends')))\n"
    "say('up')\nsignal.pause()"
)
WITH_CHILD = HEAD + (
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    "say(child.pid); signal.pause()"
)


class Notes:
    """The file that the parts of a test write to."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[str]:
        return self.path.read_text().split("\n")[:-1] if self.path.exists() else []

    async def count(self, number: int) -> list[str]:
        """Once there are so many lines."""
        await asyncio.to_thread(
            wait_for, lambda: len(self.lines()) >= number, f"{number} lines from the parts"
        )
        return self.lines()

    def part(self, program: str, name: str = "part", stage: Stage = Stage.WORK) -> Part:
        return Part(name, [sys.executable, "-c", program, str(self.path), name], os.environ, stage)


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    return Notes(tmp_path / "notes")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts are started again without much waiting."""
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.02)


def supervise(story: Callable[[Supervisor], Awaitable[None]]) -> float:
    """Runs a story and then the ordered stop; gives how many seconds the stop took."""

    async def told() -> float:
        supervisor = Supervisor()
        try:
            await story(supervisor)
        finally:
            began = monotonic()
            await supervisor.end()
        return monotonic() - began

    return asyncio.run(told())


def alive(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def test_the_pause_doubles_up_to_half_a_minute() -> None:
    pauses = [0.0]
    for _ in range(9):
        pauses.append(pause_after(pauses[-1], lived=0.1))
    assert pauses[1:] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


def test_after_a_decent_life_the_pause_is_short_again() -> None:
    assert pause_after(30.0, lived=module.SETTLED_AFTER) == module.FIRST_PAUSE


@pytest.mark.usefixtures("quick")
def test_a_part_that_dies_is_started_again(notes: Notes, caplog: pytest.LogCaptureFixture) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(notes.part(SHORT_LIFE, "web"))
        await notes.count(3)

    supervise(story)
    assert "part_died part=web code=3" in caplog.messages


@pytest.mark.usefixtures("quick")
def test_a_part_that_is_killed_is_started_again(
    notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(notes.part(LONG_LIFE))
        (first,) = await notes.count(1)
        os.kill(int(first), signal.SIGKILL)
        await notes.count(2)

    supervise(story)
    assert "part_died part=part code=-9" in caplog.messages


@pytest.mark.usefixtures("quick")
def test_the_death_of_one_leaves_the_others_alone(notes: Notes, tmp_path: Path) -> None:
    calm = Notes(tmp_path / "calm")

    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(calm.part(LONG_LIFE, "calm"))
        supervisor.keep(notes.part(SHORT_LIFE, "frail"))
        await calm.count(1)
        await notes.count(3)

    supervise(story)
    assert len(calm.lines()) == 1


@pytest.mark.usefixtures("quick")
def test_what_a_dead_part_had_started_is_ended_too(notes: Notes) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(notes.part(WITH_CHILD))
        child = int((await notes.count(1))[0])
        parent = int(Path(f"/proc/{child}/stat").read_text().split()[3])
        os.kill(parent, signal.SIGKILL)
        await asyncio.to_thread(wait_for, lambda: not alive(child), "the end of the child")

    supervise(story)


@pytest.mark.usefixtures("quick")
def test_a_command_that_is_not_there_is_told_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(Part("web", [str(tmp_path / "none")], os.environ))
        said = "part_not_started error=FileNotFoundError part=web"
        await asyncio.to_thread(wait_for, lambda: said in caplog.messages, "the log line")

    supervise(story)


def test_parts_stop_in_order(notes: Notes) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(notes.part(POLITE, "redis", Stage.REDIS))
        supervisor.keep(notes.part(POLITE, "worker", Stage.WORK))
        supervisor.keep(notes.part(POLITE, "gateway", Stage.EDGE))
        await notes.count(3)

    supervise(story)
    assert notes.lines()[3:] == ["gateway ends", "worker ends", "redis ends"]


def test_an_ordered_stop_logs_no_death(notes: Notes, caplog: pytest.LogCaptureFixture) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.keep(notes.part(POLITE))
        await notes.count(1)

    supervise(story)
    assert caplog.messages == []


def test_parts_that_do_not_listen_are_killed_all_within_five_seconds(
    notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(supervisor: Supervisor) -> None:
        for stage in Stage:
            supervisor.keep(notes.part(STUBBORN, stage.name.lower(), stage))
        await notes.count(3)

    assert supervise(story) < 5.5  # five, and a little for a busy machine
    assert notes.lines().count("asked") == 3
    assert sorted(caplog.messages) == [
        "part_killed part=edge",
        "part_killed part=redis",
        "part_killed part=work",
    ]


def test_a_part_that_refuses_its_settings_at_the_start_ends_it_all() -> None:
    async def story(supervisor: Supervisor) -> None:
        program = [sys.executable, "-c", "import sys; sys.exit(2)"]
        supervisor.keep(Part("gateway", program, os.environ))
        await asyncio.wait_for(supervisor.stopping.wait(), 20)

    with pytest.raises(Refused, match="gateway does not accept its settings"):
        supervise(story)


@pytest.mark.usefixtures("quick")
def test_once_all_runs_such_a_part_is_tried_again(notes: Notes) -> None:
    async def story(supervisor: Supervisor) -> None:
        supervisor.settled = True
        supervisor.keep(notes.part(HEAD + "say('born'); sys.exit(2)"))
        await notes.count(3)

    supervise(story)


def test_a_command_run_once_gives_what_it_prints() -> None:
    async def story(supervisor: Supervisor) -> None:
        printed = await supervisor.once([sys.executable, "-c", "print('Made.')"], os.environ)
        assert printed == "Made.\n"

    supervise(story)


def test_a_command_run_once_that_fails_is_named() -> None:
    async def story(supervisor: Supervisor) -> None:
        await supervisor.once(["/bin/sh", "/nowhere", "db", "upgrade"], os.environ)

    with pytest.raises(Refused, match=r"`quietlist db upgrade` did not succeed\."):
        supervise(story)


def test_a_stop_breaks_off_a_command_run_once(notes: Notes) -> None:
    command = notes.part(LONG_LIFE).command

    async def run(supervisor: Supervisor) -> None:
        await supervisor.once(command, os.environ)

    async def story(supervisor: Supervisor) -> None:
        telling = asyncio.create_task(supervisor.unless_stopped(run(supervisor)))
        (pid,) = await notes.count(1)
        supervisor.stop()
        await telling
        assert not alive(int(pid))

    supervise(story)


def test_a_killed_supervisor_leaves_nothing_behind(notes: Notes) -> None:
    program = (
        "import asyncio, os, sys\n"
        "from listserv.cli.supervisor import Part, Supervisor\n"
        "async def main():\n"
        "    supervisor = Supervisor()\n"
        "    supervisor.keep(Part('part', [sys.executable, '-c', *sys.argv[1:]], os.environ))\n"
        "    await supervisor.stopping.wait()\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, LONG_LIFE, str(notes.path)]) as process:
        wait_for(notes.lines, "the start of the part")
        process.kill()
    wait_for(lambda: not alive(int(notes.lines()[0])), "the end of the part", 10)
