"""The ceiling: how fast can Python hand ready bytes to a relay, when it does nothing else?

The same dialogue as ours (the final dot with MAIL, RCPT and DATA of the next copy)
over the same number of connections, without a database, addresses, tokens,
signatures or a thought for replies that are not "go on".
"""

import select
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

CONNECTIONS = 4
_BEGIN = b"MAIL FROM:<bounces@example.org>\r\nRCPT TO:<member@members.example.net>\r\nDATA\r\n"


def pipelined(port: int, message: bytes, number: int, processes: int) -> float:
    """Messages a second, by that many processes at once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "message"
        path.write_bytes(message)
        command = [sys.executable, "-m", "bench.pipelined", str(port), str(number // processes)]
        senders = [
            subprocess.Popen([*command, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(processes)
        ]
        for sender in senders:
            assert sender.stdout
            sender.stdout.readline()  # it is connected
        started = time.monotonic()
        for sender in senders:
            sender.communicate(b"go\n")
        return number // processes * processes / (time.monotonic() - started)


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for said in (b"", b"EHLO bench\r\n"):
        connection.sendall(said)
        reply = b""
        while reply[-2:] != b"\r\n" or reply[:-2].rpartition(b"\n")[2][3:4] != b" ":
            reply += connection.recv(4096)
    return connection


def _main(port: int, number: int, message: bytes) -> None:
    connections = {one.fileno(): one for one in (_connect(port) for _ in range(CONNECTIONS))}
    poll = select.poll()
    for file in connections:
        poll.register(file, select.POLLIN)
    print("ready", flush=True)
    sys.stdin.readline()
    for one in connections.values():
        one.sendall(_BEGIN)
    left = number - CONNECTIONS
    whole = message + b".\r\n"
    while connections:
        for file, _ in poll.poll():
            said = connections[file].recv(4096)
            if b"354" in said:
                connections[file].sendall(whole + _BEGIN if left > 0 else whole)
                left -= 1
            elif said.startswith(b"250"):  # its last one is taken
                poll.unregister(file)
                connections.pop(file).close()
            else:
                raise SystemExit("The sink breaks off, or its replies come in pieces.")


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_bytes())
