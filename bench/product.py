"""The real product on free ports, with a data folder of its own, for the length of a block."""

import json
import os
import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from listserv.adapters import rsa_lanes

READY_SECONDS = 60.0


@dataclass(frozen=True)
class Product:
    """A data folder, the environment that names it, and the ports."""

    environment: dict[str, str]
    smtp_port: int
    web_port: int

    def quietlist(self, *words: str, text: str = "") -> str:
        """Runs one command and returns what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "listserv", *words],
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def make_list(self, address: str, members: int, delivery: str = "each") -> None:
        """A list that believes From, with that many members and no limit on posts."""
        self.quietlist("list", "create", address)
        self.quietlist("list", "set", address, "sender_proof=off", "posts_per_hour=none")
        people = "\n".join(f"member{number}@members.example.net" for number in range(members))
        self.quietlist("member", "add", address, "--delivery", delivery, "--file", "-", text=people)

    def hand_in(self, mail: bytes, address: str) -> None:
        """One post by SMTP; it is taken when this returns."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port) as client:
            client.sendmail("member0@members.example.net", address, mail)

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.quietlist("status", "--json"))
        return found

    def with_workers(self, workers: int) -> "Product":
        """The same data and ports, for the next start."""
        return replace(self, environment={**self.environment, "QUIETLIST_WORKERS": str(workers)})

    @contextmanager
    def signing(self, domain: str, algorithm: str) -> Iterator[None]:
        """Mail of that domain is signed until the block ends. algorithm: none, rsa or ed25519."""
        key = [domain, "--selector", algorithm]
        if algorithm != "none":
            self.quietlist("dkim", "create", *key, "--algorithm", algorithm)
        try:
            yield
        finally:
            if algorithm != "none":
                self.quietlist("dkim", "remove", *key)

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """`quietlist up`, until the block ends."""
        up = subprocess.Popen(
            [sys.executable, "-m", "listserv", "up"],
            env=self.environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for port in (self.smtp_port, self.web_port):
                wait_for_port(port)
            yield up
        finally:
            up.terminate()
            up.wait(20)


@contextmanager
def product(workers: int, **settings: str) -> Iterator[Product]:
    """Migrated, not running yet. settings: names without QUIETLIST_, in lower case."""
    folder = Path(mkdtemp(prefix="quietlist-bench-"))
    smtp, web = free_port(), free_port()
    values = {
        "data_dir": str(folder),
        "smtp_listen": f"127.0.0.1:{smtp}",
        "web_listen": f"127.0.0.1:{web}",
        "workers": str(workers),
        **settings,
    }
    clean = {k: v for k, v in os.environ.items() if not k.startswith("QUIETLIST_")}
    environment = clean | {f"QUIETLIST_{name.upper()}": value for name, value in values.items()}
    try:
        found = Product(environment, smtp, web)
        found.quietlist("db", "upgrade")
        yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def wait_for_port(port: int) -> None:
    ends = time.monotonic() + READY_SECONDS
    while time.monotonic() < ends:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"port {port} does not answer")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    model = ""
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "date": time.strftime("%Y-%m-%d"),
        "python": sys.version.split()[0],
        "rsa_lanes": rsa_lanes.here(),
    }
