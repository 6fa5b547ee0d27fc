"""A session of our own: `ps` shows its processes together, and a signal to it ends them all."""

import ctypes
import os
import signal
import sys
from types import FrameType

_PR_SET_PDEATHSIG = 1


def enter_own_session() -> None:
    """Makes this process the leader of a session, by way of a child when it must.

    A process that a shell started in the foreground cannot become one without
    losing the terminal's Ctrl-C. So the child goes on as the leader, and this
    one stays behind, hands signals on and ends as the child ended.
    """
    if os.getsid(0) == os.getpid():
        return
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)
        return
    _wait_for(child)


def _wait_for(child: int) -> None:
    def hand_on(number: int, frame: FrameType | None) -> None:
        os.kill(child, signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, hand_on)
    _, status = os.waitpid(child, 0)
    sys.stdout.flush()
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
