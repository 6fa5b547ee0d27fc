"""A DNS server on loopback that knows a few TXT records, and counts what it is asked."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@dataclass
class LocalDns:
    """address: host:port. records: by name without the last dot."""

    address: str
    records: Mapping[str, str]
    asked: list[str] = field(default_factory=list)

    def answer(self, packet: bytes) -> bytes:
        query = dns.message.from_wire(packet)
        name = query.question[0].name.to_text(omit_final_dot=True).lower()
        self.asked.append(name)
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        value = self.records.get(name)
        if value is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            pieces = " ".join(f'"{value[n : n + 250]}"' for n in range(0, len(value), 250))
            reply.answer.append(
                dns.rrset.from_text(query.question[0].name, 60, "IN", "TXT", pieces)
            )
        return reply.to_wire()


@contextmanager
def local_dns(records: Mapping[str, str]) -> Iterator[LocalDns]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        host, port = server.getsockname()
        dns_server = LocalDns(f"{host}:{port}", records)

        def serve() -> None:
            while True:
                packet, peer = server.recvfrom(4096)
                if not packet:
                    return
                server.sendto(dns_server.answer(packet), peer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield dns_server
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", (host, port))
            thread.join()
