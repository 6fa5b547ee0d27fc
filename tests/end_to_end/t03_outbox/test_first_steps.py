"""What a newcomer types from the README works as it is written there."""

import re
import subprocess
from collections import Counter
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from tests.end_to_end.conftest import MakeStack
from tests.stack import QUIETLIST, Stack
from tests.waiting import wait_for

README = Path(__file__).parents[3] / "README.md"


def commands() -> str:
    """Those below "Send your first mail", but for the one of a program that is not ours."""
    chapter = README.read_text("utf-8").split("## Send your first mail")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
    return "\n".join(block for block in blocks if not block.startswith("swaks"))


def subjects(house: Stack) -> list[str]:
    copies = [path.read_bytes() for path in (house.data / "outbox" / "new").glob("*")]
    return [str(message_from_bytes(copy, policy=default)["Subject"]) for copy in copies]


def test_a_post_a_post_that_waits_and_a_digest(make_stack: MakeStack) -> None:
    house = make_stack()
    house.up()
    house.quietlist("demo")
    (house.folder / ".venv").mkdir()
    (house.folder / ".venv" / "bin").symlink_to(QUIETLIST.parent)
    done = subprocess.run(
        ["sh", "-e", "-c", commands()],
        check=False,
        capture_output=True,
        text=True,
        cwd=house.folder,
        env=house.environment,
        timeout=90,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    digest, waits = "Demo group Digest, Vol 1, Issue 1", "Demo group: your post waits"
    # Cem may have turned to digests before the soup reached him: then it is in his.
    wanted = {"Hello": 3, "Soup": 2, waits: 1, "Cake": 2, digest: 1}
    wait_for(lambda: Counter(subjects(house)) >= Counter(wanted), "all copies")
    assert subjects(house).count("Cake") == 2
