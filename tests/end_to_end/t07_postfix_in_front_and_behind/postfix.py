"""A Postfix of our own, set up as docs/operations.md tells people to set up theirs."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.stack import Machine, free_port
from tests.waiting import wait_for

PAGE = Path(__file__).parents[3] / "docs" / "operations.md"
POSTFIX = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "postfix"

# What Debian's own installation brings, and what keeps this one to itself.
_MAIN = """
compatibility_level = 3.6
maillog_file = /dev/stdout
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = mx.lists.example.org
mydestination =
alias_maps =
local_recipient_maps =
smtp_dns_support_level = disabled
smtpd_tls_security_level = none
smtp_tls_security_level = none
address_verify_poll_delay = 1s
"""
_SERVICES = """
pickup    unix  n - n 60   1 pickup
cleanup   unix  n - n -    0 cleanup
qmgr      unix  n - n 300  1 qmgr
rewrite   unix  - - n -    - trivial-rewrite
bounce    unix  - - n -    0 bounce
defer     unix  - - n -    0 bounce
trace     unix  - - n -    0 bounce
verify    unix  - - n -    1 verify
flush     unix  n - n 1000 0 flush
proxymap  unix  - - n -    - proxymap
smtp      unix  - - n -    - smtp
lmtp      unix  - - n -    - lmtp
error     unix  - - n -    - error
retry     unix  - - n -    - error
anvil     unix  - - n -    1 anvil
scache    unix  - - n -    1 scache
showq     unix  n - n -    - showq
postlog   unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """front_port: where the world comes in. door_port: where our copies go out."""

    machine: Machine
    front_port: int
    door_port: int

    @property
    def config(self) -> Path:
        return self.machine.folder / "postfix"

    def configure(self, lmtp: str, next_host: int, extra: str = "") -> None:
        """lmtp: where Quietlist listens, as Postfix writes it; next_host: where copies end up."""
        assert os.getuid() == 0, "this story needs root: nobody else can start a Postfix"
        # Postfix's own users must get through to their folders.
        self.machine.folder.chmod(0o711)
        for folder in (self.config, self.config / "queue", self.config / "state"):
            folder.mkdir()
            folder.chmod(0o755)  # whatever the umask here is
        own = f"queue_directory = {self.config}/queue\ndata_directory = {self.config}/state\n"
        there = f"relayhost = [127.0.0.1]:{next_host}\n"
        documented = _block("In `/etc/postfix/main.cf`:").replace("inet:127.0.0.1:8024", lmtp)
        (self.config / "main.cf").write_text(_MAIN + own + there + documented + extra)
        door = _block("In `/etc/postfix/master.cf`").replace("10026", str(self.door_port))
        front = f"127.0.0.1:{self.front_port} inet n - n - - smtpd\n"
        (self.config / "master.cf").write_text(front + door + _SERVICES)
        shutil.chown(self.config / "state", "postfix")

    def start(self) -> None:
        self.machine.start_program(POSTFIX, "-c", str(self.config), "start-fg")
        try:
            wait_for(lambda: "daemon started" in self.machine.said(), "a running Postfix")
        except AssertionError as error:
            error.add_note(self.machine.said())
            raise

    def waiting(self) -> str:
        """What is in its queue; "" when nothing is."""
        done = subprocess.run(
            ["postqueue", "-c", self.config, "-j"], check=True, capture_output=True, text=True
        )
        return done.stdout


def make(machine: Machine) -> Postfix:
    return Postfix(machine, free_port(), free_port())


def _block(after: str) -> str:
    """The code that follows these words on the page, without the milters: they are not ours."""
    text = PAGE.read_text("utf-8")
    found = re.search(r"```\w*\n(.*?)```", text[text.index(after) :], re.S)
    assert found, f"no code after {after}"
    lines = found[1].splitlines(keepends=True)
    return "".join(line for line in lines if "milter" not in line)
