"""Ports that no web page is served from, but many a service that must not be talked to."""

# The Fetch standard's list: protocols that a web client could be tricked into speaking.
_BAD = """
1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113
115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554
556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665
6666 6667 6668 6669 6679 6697 10080
"""
# Databases, queues and orchestrators that answer to plain HTTP, or to anything at all.
_SERVICES = """
445 873 1433 1521 2181 2375 2376 2379 2380 3306 3389 4243 5432 5601 5672 5900 5984 6379 6443 7001
8086 8500 9042 9092 9200 9300 10250 10255 11211 15672 27017 27018 50070 61616
"""
_UNSAFE = frozenset(int(port) for port in (_BAD + _SERVICES).split())


def is_unsafe(port: int) -> bool:
    """Whether to keep away from this port on any host."""
    return port in _UNSAFE
