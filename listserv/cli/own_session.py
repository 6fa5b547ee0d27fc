"""A session of our own: `ps` shows its processes together, and shows which is which."""

import os
import select
import signal
import sys
from contextlib import suppress
from threading import Thread
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
    tie = die_with_parent(signal.SIGTERM, os.getpid())
    child = os.fork()
    if child == 0:
        os.setsid()
        tie()
        return
    _wait_for(child)


def end_with_starter() -> None:
    """Makes this process stop when the one that started it ends, however that happens."""
    die_with_parent(signal.SIGTERM, os.getppid())()


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

    heard = heard_signals()
    for number in heard:
        signal.signal(number, hand_on)
    if signal.SIGHUP in heard and os.getpgrp() == os.getsid(0):
        Thread(target=_hand_on_hang_up, args=(child,), daemon=True).start()
    take_signals()  # in this thread alone: one that the other took would not end our waiting
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        raise Refused("Quietlist was killed, and everything it had started with it.")
    sys.exit(code)


def _hand_on_hang_up(child: int) -> None:
    """Waits for the terminal to be closed, and tells the child.

    The kernel tells whoever leads the session. A shell tells its jobs, each a group of its own;
    but where we are in the group of the leader there is none, and `make` waits for us instead.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:  # there is none
        return
    waiting = select.poll()
    waiting.register(terminal, 0)  # for a hang-up, which need not be asked for
    waiting.poll()
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGHUP)
