"""How much memory does the whole idle stack take? The sum of the proportional set sizes.

Beside it, a bare Python interpreter, so that the figure can be read on any machine.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from bench.product import machine, product


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    with product(asked.workers) as found, found.running() as up:
        time.sleep(15)  # until every part has started and made its first round
        parts = {name: round(kib / 1024, 1) for name, kib in _parts(up.pid)}
    result = {
        "total_mib": round(sum(parts.values()), 1),
        "parts_mib": parts,
        "bare_python_mib": round(_bare() / 1024, 1),
        **machine(),
    }
    print(json.dumps(result, indent=2))
    print(f"{result['total_mib']} MiB for the idle stack", file=sys.stderr)


def _parts(session: int) -> list[tuple[str, int]]:
    """Every process of that session with its KiB."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_text().rstrip("\0").split("\0")
            if int(fields[3]) == session:
                found.append((f"{Path(words[-1]).name} {folder.name}", _pss(folder)))
        except OSError:
            continue  # it has just ended
    return found


def _pss(folder: Path) -> int:
    lines = (folder / "smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _bare() -> int:
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as bare:
        time.sleep(0.5)
        size = _pss(Path(f"/proc/{bare.pid}"))
        bare.communicate(b"\n")
    return size


if __name__ == "__main__":
    main()
