"""A session of our own: `ps` shows its processes together, and shows which is which."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from listserv.cli.supervisor import die_with_parent
from listserv.domain.errors import Refused

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def enter_own_session() -> None:
    """Makes this process the leader of a session, by way of a child when it must.

    A process that a shell started in the foreground cannot become one without
    losing the terminal's Ctrl-C. So the child goes on as the leader, and this
    one stays behind, hands signals on and ends as the child ended. In the child
    the stop signals wait until `take_signals`.
    """
    if os.getsid(0) == os.getpid():
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    tie = die_with_parent(signal.SIGTERM)
    child = os.fork()
    if child == 0:
        os.setsid()
        tie()
        return
    _wait_for(child)


def take_signals() -> None:
    """Lets in the stop signals that came since `enter_own_session`."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


def heard_signals() -> list[signal.Signals]:
    """The signals that mean stop; `nohup` has us ignore a hang-up."""
    return [
        number
        for number in STOP_SIGNALS
        if number is not signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN
    ]


def _wait_for(child: int) -> None:
    """Ends this process when the child has ended."""

    def hand_on(number: int, frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            os.kill(child, number)

    for number in heard_signals():
        signal.signal(number, hand_on)
    take_signals()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        raise Refused("Quietlist was killed, and everything it had started with it.")
    sys.exit(code)
