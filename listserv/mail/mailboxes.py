"""The mailboxes in an address field (RFC 5322 §3.4), read in linear time."""

from dataclasses import dataclass, field

from listserv.mail.encoded_words import decode_words


@dataclass(frozen=True)
class Mailbox:
    """name and address as written, name decoded; either may be ""."""

    name: str = field(repr=False)
    address: str = field(repr=False)


@dataclass
class _Reading:
    """What has been read of the mailbox at hand."""

    words: str = ""
    comment: str = ""
    angle: str | None = None

    def mailbox(self) -> Mailbox | None:
        words = " ".join(self.words.split())
        if self.angle is None:
            name, address = self.comment, words
        else:
            name, address = words or self.comment, self.angle.strip()
        if not address and not name:
            return None
        decoded = decode_words(name)
        return Mailbox(name if decoded is None else decoded, address)


def mailboxes(value: str) -> tuple[Mailbox, ...]:
    """Every mailbox in the value, in order; empty groups give none.

    Takes the field as it stands on the wire, since encoded words may hide commas and brackets.
    """
    found: list[Mailbox] = []
    reading = _Reading()
    position = 0
    while position < len(value):
        char = value[position]
        if char == '"':
            text, position = _quoted(value, position + 1)
            reading.words += text
        elif char == "(":
            text, position = _comment(value, position + 1)
            reading.comment = reading.comment or text
        elif char == "<":
            end = value.find(">", position)
            end = len(value) if end < 0 else end
            reading.angle = value[position + 1 : end] if reading.angle is None else ""
            position = end + 1
        elif char in ",;":
            found.extend(_one(reading))
            reading, position = _Reading(), position + 1
        elif char == ":" and reading.angle is None:
            reading, position = _Reading(), position + 1
        else:
            end = _end_of_words(value, position)
            reading.words += value[position:end]
            position = end
    found.extend(_one(reading))
    return tuple(found)


def _one(reading: _Reading) -> tuple[Mailbox, ...]:
    mailbox = reading.mailbox()
    return (mailbox,) if mailbox else ()


def _end_of_words(value: str, position: int) -> int:
    end = position + 1
    while end < len(value) and value[end] not in '"(<,;:':
        end += 1
    return end


def _quoted(value: str, position: int) -> tuple[str, int]:
    text: list[str] = []
    while position < len(value) and value[position] != '"':
        if value[position] == "\\":
            position += 1
        text.append(value[position : position + 1])
        position += 1
    return "".join(text), position + 1


def _comment(value: str, position: int) -> tuple[str, int]:
    text: list[str] = []
    depth = 1
    while position < len(value):
        char = value[position]
        if char == "\\":
            position += 1
            char = value[position : position + 1]
        elif char in "()":
            depth += 1 if char == "(" else -1
            if depth == 0:
                return "".join(text), position + 1
        text.append(char)
        position += 1
    return "".join(text), position
