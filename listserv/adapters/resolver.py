"""Who is asked for records of the DNS: the system's resolver, or the one that is set."""

import dns.resolver


def resolver(nameserver: str) -> dns.resolver.Resolver:
    """nameserver: host:port; "" for the system's."""
    if not nameserver:
        return dns.resolver.get_default_resolver()
    host, _, port = nameserver.rpartition(":")
    made = dns.resolver.Resolver(configure=False)
    made.nameservers, made.port = [host.strip("[]")], int(port)
    return made
