"""The process that watches the others stays small."""

import subprocess
import sys


def test_the_front_process_does_not_load_the_database() -> None:
    program = "import sys, listserv.cli.up; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
