"""How many signatures a second can these cores make? `openssl speed`, which is the limit."""

import re
import shutil
import subprocess

NAMES = {"rsa": "rsa2048", "ed25519": "ed25519"}
_SECONDS = 1


def signatures_per_second(algorithm: str, cores: int) -> float:
    """By that many cores together."""
    program = shutil.which("openssl") or "/usr/bin/openssl"
    multi = ["-multi", str(cores)] if cores > 1 else []
    done = subprocess.run(
        [program, "speed", "-mr", "-seconds", str(_SECONDS), *multi, NAMES[algorithm]],
        check=True,
        capture_output=True,
        text=True,
    )
    # "+F2:2:2048:2783.9:50377.5" (RSA) and "+F6:0:253:Ed25519:23333.3:8772.2": signatures and
    # verifications a second; with several cores the sum comes last.
    found = re.findall(r"^\+F[26]:\d+:\d+:(?:[A-Za-z][^:]*:)?([0-9.]+):", done.stdout, re.M)
    if not found:
        raise SystemExit(f"openssl speed printed nothing to read:\n{done.stdout}")
    return float(found[-1])
