"""What the operator lets through the guard: `WEBFERRY_EGRESS_ALLOW`, read and asked."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from webferry.adapters.egress.addresses import Address

_ENTRY = re.compile(
    r"(?:\[(?P<v6>[0-9A-Fa-f:.]+(?:/\d{1,3})?)\]|(?P<plain>[^\s:\[\]]+))(?::(?P<port>\d{1,5}))?"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Hosts and networks open to us, each on one port or (None) on all."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[IPv4Network | IPv6Network, int | None], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Comma-separated hosts, addresses or CIDRs, each with an optional `:port`.

        Raises: ValueError: an entry is none of these.
        """
        hosts, networks = [], []
        for entry in filter(None, (part.strip() for part in text.split(","))):
            found = _ENTRY.fullmatch(entry)
            if not found:
                raise ValueError(f"not a host, an address or a CIDR with an optional port: {entry}")
            port = int(found["port"]) if found["port"] else None
            try:
                networks.append((ip_network(found["v6"] or found["plain"], strict=False), port))
            except ValueError:
                if found["v6"] or "/" in entry:
                    raise
                hosts.append((found["plain"].lower().rstrip("."), port))
        return cls(frozenset(hosts), tuple(networks))

    def open_host(self, host: str, port: int) -> bool:
        """Whether this name may lead anywhere on this port."""
        return bool({(host, port), (host, None)} & self.hosts)

    def open_address(self, address: Address, port: int) -> bool:
        """Whether this address may be reached on this port."""
        return any(address in network and only in (None, port) for network, only in self.networks)

    def opens(self, port: int) -> bool:
        """Whether any address at all is open on this port."""
        return any(only in (None, port) for _, only in self.networks)
