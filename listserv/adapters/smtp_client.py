"""One connection to the relay, pipelined across messages where that is offered (RFC 2920).

The final dot of one message and MAIL, RCPT and DATA of the next go out
together, so that a copy costs one round trip. DATA ends what may be sent
without waiting: only one message at a time is out of our hands and not yet
answered for.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from time import monotonic
from typing import Any

from listserv.adapters.relay_url import RelayUrl
from listserv.adapters.smtp_commands import Commands, Speaker
from listserv.adapters.smtp_greeting import connect
from listserv.adapters.smtp_wire import BrokenOff, Prepared, Reply, prepared
from listserv.domain.delivery import Deferred, Failed, NotTried, Outcome, Sent
from listserv.domain.ports import OutboundMessage

REPLY_SECONDS = 60
# RFC 5321 §4.5.3.2.6: the relay may take its time after the final dot.
FINAL_SECONDS = 300

_OK = rb"2[0-9]{2}(?: [^\r\n]*)?\r\n"
# What nearly every round trip brings: the last copy is taken, the next may follow.
_ALL_WELL = re.compile(_OK + _OK + _OK + rb"354(?: [^\r\n]*)?\r\n")

Letter = tuple[Any, OutboundMessage]
Result = tuple[Any, Outcome | NotTried]
Next = Callable[[], Letter | None]


class Step(Enum):
    """What a reply answers."""

    RSET = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    DOT = auto()
    EMPTY_DOT = auto()


_COMMANDS = _MAIL, _RCPT, _DATA = Step.MAIL, Step.RCPT, Step.DATA
_ENDS = (Step.DOT, Step.EMPTY_DOT)
_SENT = Sent()


@dataclass(eq=False, slots=True)
class _Try:
    """A message on its way. shown: the relay may have seen some of its content."""

    tag: Any
    own_fields: bytes
    content: Prepared
    unsaid: list[tuple[Step, bytes]] = field(default_factory=list)
    refusal: Reply | None = None
    shown: bool = False


class SmtpClient:
    """An open connection, past EHLO, STARTTLS and AUTH. Raises RelayTrouble when there is none.

    served: messages that the relay has decided about on it. broken: not to be used again.
    number: of its file, for poll.
    """

    def __init__(self, relay: RelayUrl, helo_name: str) -> None:
        self.served = 0
        self.broken = False
        self.deadline = 0.0  # when the reply that is awaited is too late
        self.used_at = monotonic()
        self._wire, offered = connect(relay, helo_name)
        self.number = self._wire.fileno()
        self._speaker = Speaker(offered)
        self._pipelined = "PIPELINING" in offered
        self._unclear = False  # a transaction was refused half way; RSET goes first
        self._tries: deque[_Try] = deque()
        self._awaited: deque[tuple[Step, _Try]] = deque()
        self._out: list[bytes] = []
        self._results: list[Result] = []

    @property
    def busy(self) -> bool:
        return bool(self._awaited)

    @property
    def under_way(self) -> bool:
        """Whether it still has messages of somebody, or has not told what became of them."""
        return bool(self._tries or self._results)

    def start(self, more: Next) -> Sequence[Result]:
        """Begins the next message, if there is room for it and it is fit to be sent."""
        try:
            self._start(more)
            self._flush()
        except BrokenOff:
            self._break()
        return self._told()

    def listen(self, more: Next) -> Sequence[Result]:
        """Takes in the replies that have arrived and goes on with what they allow."""
        try:
            self._wire.fill()
            if self._in_step() and self._wire.take(_ALL_WELL):
                self._step()
            else:
                while reply := self._wire.next_reply():
                    self._hear(reply)
            self._start(more)
            self._flush()  # the relay has work again before we write down what it did
        except BrokenOff:
            self._break()
        return self._told()

    def give_up(self) -> Sequence[Result]:
        """The relay has been silent for too long."""
        self._break()
        return self._told()

    def alive(self) -> bool:
        """Whether the relay left the connection open, as far as one can see from here."""
        return not self.broken and self._wire.quiet()

    def quit(self) -> None:
        """Says goodbye without waiting for the answer."""
        if not self.broken:
            with suppress(BrokenOff):
                self._wire.write(b"QUIT\r\n", 1)
        self.broken = True
        self._wire.close()

    def _told(self) -> Sequence[Result]:
        """What was decided since."""
        results, self._results = self._results, []
        return results

    def _in_step(self) -> bool:
        """Whether the replies to one message's end and to all of the next are awaited."""
        return len(self._awaited) == 1 + len(_COMMANDS) and self._awaited[0][0] is Step.DOT

    def _step(self) -> None:
        """What `_hear` does with each reply, where all of them are good ones."""
        done = self._tries.popleft()
        self._awaited.clear()
        self._answer_data(self._tries[0])
        self._decided(done, _SENT)

    def _start(self, more: Next) -> None:
        while self._room() and (letter := more()):
            tag, message = letter
            commands = self._speaker.commands(message)
            if isinstance(commands, Failed):
                self._results.append((tag, commands))
            else:
                self._begin(tag, message, commands)

    def _room(self) -> bool:
        """Behind a message whose content is out, the next may begin."""
        if not self._tries:
            return True
        return self._pipelined and len(self._tries) == 1 and self._tries[0].shown

    def _begin(self, tag: Any, message: OutboundMessage, commands: Commands) -> None:
        begun = _Try(tag, message.own_fields, prepared(message.content))
        self._tries.append(begun)
        if self._unclear:
            self._unclear = False
            begun.unsaid.append((Step.RSET, b"RSET\r\n"))
        if self._pipelined and not begun.unsaid:  # nearly always: all at once
            self._out += commands
            self._await([(_MAIL, begun), (_RCPT, begun), (_DATA, begun)])
        else:
            begun.unsaid += zip(_COMMANDS, commands, strict=True)
            self._speak(begun)

    def _speak(self, tried: _Try) -> None:
        """Its next command, or all of them where they may go together."""
        said = tried.unsaid if self._pipelined else tried.unsaid[:1]
        tried.unsaid = tried.unsaid[len(said) :]
        self._out += [line for _, line in said]
        self._await([(step, tried) for step, _ in said])

    def _await(self, replies: list[tuple[Step, _Try]]) -> None:
        first = not self._awaited
        self._awaited += replies
        if first:
            self._set_deadline()

    def _flush(self) -> None:
        if self._out:
            content = b"".join(self._out)
            self._out.clear()
            self._wire.write(content, REPLY_SECONDS)

    def _set_deadline(self) -> None:
        self.used_at = monotonic()
        final = self._awaited[0][0] in _ENDS
        self.deadline = self.used_at + (FINAL_SECONDS if final else REPLY_SECONDS)

    def _hear(self, reply: Reply) -> None:
        if not self._awaited:
            raise BrokenOff  # a goodbye, or an answer to nothing
        step, tried = self._awaited.popleft()
        if self._awaited:
            self._set_deadline()
        if step is Step.DOT:
            self._end(tried, _last_word(reply))
            if reply.code == 421:
                raise BrokenOff
            return
        if step is Step.EMPTY_DOT:
            return
        if reply.refused:
            self._refuse(step, tried, reply)
        elif (reply.code == 354) is not (step is Step.DATA):
            raise BrokenOff  # an answer out of turn: whatever follows is guesswork
        if step is Step.DATA and reply.code == 354:
            self._answer_data(tried)
        self._go_on(tried)

    def _refuse(self, step: Step, tried: _Try, reply: Reply) -> None:
        if reply.code == 421 or step is Step.RSET or self._used_up(step, reply):
            raise BrokenOff
        tried.refusal = tried.refusal or reply
        tried.unsaid.clear()
        self._unclear = True

    def _used_up(self, step: Step, reply: Reply) -> bool:
        """452 can mean that this connection has had its share; on a fresh one it is final."""
        too_many = reply.lines[0].startswith(b"4.5.3") or step is Step.MAIL
        return reply.code == 452 and self.served > 0 and too_many

    def _answer_data(self, tried: _Try) -> None:
        if tried.refusal:
            # DATA was taken although nobody was there to get it; an empty mail ends it
            # (RFC 2920 §3.1), and with no recipient nothing is delivered.
            self._out.append(b".\r\n")
            self._await([(Step.EMPTY_DOT, tried)])
        else:
            tried.shown = True
            self._out += tried.own_fields, tried.content.wire
            self._await([(Step.DOT, tried)])

    def _go_on(self, tried: _Try) -> None:
        """The next command where they go one by one; a refusal counts once all are answered."""
        if tried.unsaid and not self._awaited:
            self._speak(tried)
        elif tried.refusal and not any(
            one is tried and step is not Step.EMPTY_DOT for step, one in self._awaited
        ):
            self._end(tried, _refusal(tried.refusal))

    def _end(self, tried: _Try, outcome: Outcome) -> None:
        self._tries.remove(tried)
        self._decided(tried, outcome)

    def _decided(self, tried: _Try, outcome: Outcome) -> None:
        self.served += 1
        self._results.append((tried.tag, outcome))

    def _break(self) -> None:
        """Closes, and tells what becomes of the messages that were on their way."""
        self.broken = True
        self._wire.close()
        for tried in [*self._tries]:
            if tried.refusal:
                self._end(tried, _refusal(tried.refusal))
            elif tried.shown:
                # The relay may have the copy or not: tried again, but later and not for ever.
                self._end(tried, Deferred(""))
        self._results += [(tried.tag, NotTried()) for tried in self._tries]
        self._tries.clear()
        self._awaited.clear()


def _last_word(reply: Reply) -> Outcome:
    if reply.ok:
        return _SENT
    if not reply.refused:
        raise BrokenOff
    return _refusal(reply)


def _refusal(reply: Reply) -> Outcome:
    return Deferred(str(reply.code)) if reply.code < 500 else Failed(str(reply.code))
