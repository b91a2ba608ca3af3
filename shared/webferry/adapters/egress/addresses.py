"""Which addresses anybody may reach: a table of our own, for Python's changes with its version."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_SPECIAL_V4 = [
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network; 0.0.0.0 reaches loopback on Linux
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and second ranges of cloud networks
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's own host, on an address that looks public
        "169.254.0.0/16",  # link-local, and every cloud's metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
# Mapped, compatible, translated and NAT64 forms of IPv4 all lie outside this block.
_GLOBAL_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = [
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
]
_ISATAP = 0x5EFE
_ISATAP_MASK = 0xFCFF_FFFF  # the flag bits may differ


def parse(text: str) -> Address | None:
    """The address a resolver or a URL names; None for anything else, zone ids included."""
    try:
        address = ip_address(text.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
    return None if isinstance(address, IPv6Address) and address.scope_id else address


def is_public(address: Address) -> bool:
    """Whether the whole Internet means the same host by this address."""
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _SPECIAL_V4)
    return (
        address in _GLOBAL_V6
        and not any(address in block for block in _SPECIAL_V6)
        and (int(address) >> 32) & _ISATAP_MASK != _ISATAP
    )
