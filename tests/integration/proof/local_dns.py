"""A DNS server on loopback that knows a few records, and counts what it is asked."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


@dataclass
class LocalDns:
    """address: host:port. records: by name without the last dot: the text of a TXT record, or
    kind and value, such as "A 192.0.2.1"."""

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
            return reply.to_wire()
        kind, _, rest = value.partition(" ")
        if kind not in ("A", "AAAA", "MX", "PTR"):
            kind, rest = (
                "TXT",
                " ".join(f'"{value[n : n + 250]}"' for n in range(0, len(value), 250)),
            )
        if kind == dns.rdatatype.to_text(query.question[0].rdtype):
            asked = query.question[0].name
            reply.answer.append(dns.rrset.from_text(asked, 60, "IN", kind, rest))
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
