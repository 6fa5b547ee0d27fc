"""A message from the wire, in the one form that everything behind us reads."""

from smtp_gateway.limits import LONGEST_LINE

# Broken gateways turn one CRLF into CR CR LF, each time they touch a mail.
_MOST_DOUBLED = 3


def as_sent(content: bytes | bytearray) -> bytes:
    """Takes the doubled dots out (RFC 5321 §4.5.2), and lets only CRLF end a line.

    A bare LF becomes CRLF. A bare CR becomes a space: as a line's end it would
    make header fields that no server before us has seen.
    """
    whole = bytes(content[1:] if content.startswith(b".") else content)
    whole = whole.replace(b"\r\n.", b"\r\n")
    ends = whole.count(b"\r\n")
    if whole.count(b"\r") == ends == whole.count(b"\n"):
        return whole
    for _ in range(1 + _MOST_DOUBLED):
        whole = whole.replace(b"\r\n", b"\n")
    return whole.replace(b"\r", b" ").replace(b"\n", b"\r\n")


def has_endless_line(content: bytes) -> bool:
    """Whether a line is longer than LONGEST_LINE."""
    start = 0
    while len(content) - start > LONGEST_LINE:
        end = content.rfind(b"\n", start, start + LONGEST_LINE)
        if end < 0:
            return True
        start = end + 1
    return False
