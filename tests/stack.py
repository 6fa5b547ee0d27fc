"""The real product on free ports, its data in a folder of its own, stopped without a trace."""

import http.client
import json
import os
import random
import shutil
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.waiting import wait_for

QUIETLIST = Path(sys.executable).with_name("quietlist")
GROUP = "group@example.org"


def free_port() -> int:
    """A port below those that the kernel gives to outgoing connections."""
    while True:
        port = random.randrange(20000, 32000)  # noqa: S311  # any port will do
        with socket.socket() as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port


@dataclass(frozen=True)
class Page:
    """What the web answered."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass
class Machine:
    """A computer that Quietlist is installed on: a folder and an environment."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the tests' own environment that could make a difference."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        named = {f"QUIETLIST_{name.upper()}": value for name, value in self.settings.items()}
        return {**kept, "LANG": "C.UTF-8", "QUIETLIST_DATA_DIR": str(self.data), **named}

    def run(self, *words: str, stdin: str | bytes = b"") -> "subprocess.CompletedProcess[str]":
        """One command to its end, whatever it is."""
        given = stdin.decode("utf-8", "surrogateescape") if isinstance(stdin, bytes) else stdin
        return subprocess.run(
            [QUIETLIST, *words],
            input=given,
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            cwd=self.folder,
            env=self.environment,
            timeout=60,
        )

    def quietlist(self, *words: str, stdin: str | bytes = b"") -> str:
        """What a command prints that must succeed."""
        done = self.run(*words, stdin=stdin)
        assert done.returncode == 0, f"quietlist {' '.join(words)}: {done.stderr}"
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.quietlist(*words, "--json"))

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """A command that goes on running, as a shell starts it in the foreground."""
        return self.start_program(str(QUIETLIST), *words, name="-".join(words))

    def start_program(self, *command: str, name: str = "") -> "subprocess.Popen[bytes]":
        """A program of any kind. It ends with the tests, even when those are killed."""
        name = name or Path(command[0]).name
        with (
            (self.folder / f"{name}.out").open("ab") as out,
            (self.folder / f"{name}.err").open("ab") as err,
        ):
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig=TERM", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=self.folder,
                env=self.environment,
                process_group=0,
            )
        self._started.append(process)
        return process

    def said(self) -> str:
        """All that the running commands have printed, on both streams."""
        files = sorted([*self.folder.glob("*.out"), *self.folder.glob("*.err")])
        return "".join(file.read_text("utf-8", "replace") for file in files)

    def processes(self) -> dict[int, str]:
        """Every living process of this machine, whoever started it: id and command line.

        Known by the folder it works in: Redis writes over its environment.
        """
        found = {}
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                if (entry / "cwd").resolve(strict=True).is_relative_to(self.folder):
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                    found[int(entry.name)] = b" ".join(words).decode("utf-8", "replace").strip()
        return found

    def pids(self, part: str) -> list[int]:
        """The ids of the processes of one part: gateway, web, worker, scheduler, redis or up."""
        if part == "redis":
            return [pid for pid, line in self.processes().items() if "redis.sock" in line]
        return [pid for pid, line in self.processes().items() if f"/quietlist {part}" in line]

    def tell(self, pid: int, number: int = signal.SIGTERM) -> None:
        """Sends a signal to one process of this machine."""
        assert pid in self.processes(), "not a process of this machine"
        os.kill(pid, number)

    def end(self) -> None:
        """Stops what still runs: kindly, then for good."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(8)
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self._started:
            process.wait(8)
        wait_for(lambda: not self.processes(), "the end of all processes", 8)


@dataclass
class Stack(Machine):
    """A machine on which `quietlist up` runs."""

    smtp_port: int = field(default_factory=free_port)
    web_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.settings = {
            "smtp_listen": f"127.0.0.1:{self.smtp_port}",
            "web_listen": f"127.0.0.1:{self.web_port}",
            "workers": "2",
            **self.settings,
        }

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    def up(self) -> "subprocess.Popen[bytes]":
        """Starts everything, and returns once it says that it runs."""
        greeted = self.said().count("Quietlist is running")
        process = self.start("up")

        def ready() -> bool:
            assert process.poll() is None, f"`quietlist up` ended:\n{self.said()}"
            return self.said().count("Quietlist is running") > greeted

        wait_for(ready, "the greeting of `quietlist up`", 40)
        return process

    def send(self, mail: bytes, *recipients: str, mail_from: str = "ann@example.org") -> None:
        """Hands in a mail by SMTP. Raises what smtplib raises when it is not taken."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, "client.example.net", 30) as client:
            client.sendmail(mail_from, recipients or (GROUP,), mail)

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, form: str) -> Page:
        return self._ask("POST", path, form)

    def sweep(self) -> None:
        """A sweep now: `up` starts another scheduler for the one that goes; it begins with one."""
        for pid in self.pids("scheduler"):
            self.tell(pid)

    def status(self) -> Any:
        return self.json("status")

    def sql(self, statement: str) -> None:
        """Changes the SQLite database by hand, as only time could change it otherwise."""
        with closing(sqlite3.connect(self.data / "quietlist.db", timeout=20)) as base:
            base.execute(statement)
            base.commit()

    def ask(self, query: str) -> Any:
        """The one value that a query of the SQLite database gives."""
        with closing(sqlite3.connect(self.data / "quietlist.db", timeout=20)) as base:
            return base.execute(query).fetchone()[0]

    def make_list(self, members: Iterable[str], address: str = GROUP, **settings: str) -> None:
        """A list that believes From unless told otherwise."""
        self.quietlist("list", "create", address, "--title", "Tuesday group")
        values = {"sender_proof": "off", **settings}
        self.quietlist("list", "set", address, *(f"{n}={v}" for n, v in values.items()))
        lines = "".join(f"{member}\n" for member in members)
        self.quietlist("member", "add", address, "--file", "-", stdin=lines)

    def _ask(self, method: str, path: str, form: str = "") -> Page:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        web = http.client.HTTPConnection("127.0.0.1", self.web_port, timeout=20)
        with closing(web):
            web.request(method, path, form or None, headers)
            answer = web.getresponse()
            return Page(answer.status, answer.read().decode("utf-8"), dict(answer.getheaders()))


@contextmanager
def machine_folder() -> Iterator[Path]:
    """A folder with a short name: a Unix socket's path must fit into it."""
    folder = Path(mkdtemp(prefix="quietlist-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stack(setting: dict[str, str] | None = None) -> Iterator[Stack]:
    """A machine ready for `up`. Whatever runs on it ends with the block."""
    with machine_folder() as folder:
        made = Stack(folder, dict(setting or {}))
        try:
            yield made
        finally:
            made.end()


def mail(
    body: str = "Hello everyone.\n",
    *,
    sender: str = "Ann Archer <ann@example.org>",
    recipient: str = GROUP,
    subject: str = "Tuesday",
    **more: str,
) -> bytes:
    """A plain mail; `more` are header fields, written with underscores for hyphens."""
    fields = {"From": sender, "To": recipient, "Subject": subject}
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    header = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return (header + "\r\n" + body.replace("\n", "\r\n")).encode()


def members(number: int) -> list[str]:
    """Addresses of invented people."""
    return [f"member{n:04}@example.net" for n in range(number)]
