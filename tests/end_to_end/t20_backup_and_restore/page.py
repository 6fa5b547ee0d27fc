"""The lines of the page that operators follow, run as they stand there."""

import os
import re
import subprocess
from pathlib import Path

from tests.stack import QUIETLIST, Machine

PAGE = Path(__file__).parents[3] / "docs" / "operations.md"
_BLOCK = re.compile(r"^```sh\n# ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def lines_to(do: str) -> str:
    """The block that begins with the comment `# do`."""
    blocks = dict(_BLOCK.findall(PAGE.read_text("utf-8")))
    return str(blocks[do])


def follow(machine: Machine, do: str) -> None:
    """Does what the page says, in a shell on that machine, as far as its first failure."""
    path = f"{QUIETLIST.parent}{os.pathsep}{os.environ['PATH']}"
    places = {
        "BACKUP": str(machine.folder / "backup"),
        "KEYS": str(machine.data / "keys"),
        "KEYS_BACKUP": str(machine.folder / "elsewhere"),
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines_to(do)],
        check=False,
        capture_output=True,
        text=True,
        cwd=machine.folder,
        env={**machine.environment, **places, "PATH": path},
        timeout=60,
    )
    assert done.returncode == 0, f"{do}: {done.stderr}"
