"""URLs that were bent with a seed: spellings of hosts that two parsers may read as two hosts."""

import random
from collections.abc import Iterator
from pathlib import Path

SCHEMES = ["http", "http", "https", "HTTP", "hTTps", "ftp", "file", "ws", "javascript", ""]
SLASHES = ["://", "://", "://", ":", ":/", ":///", ":////", ":\\\\", ":/\\", ":\\/", "//", ""]
LOGINS = ["", "", "", "", "user@", "user:pw@", "127.0.0.1@", "a@b@", "[::1]@", "%40@", ":@", "@"]
HOSTS = [
    line.encode().decode("unicode_escape")
    for line in Path(__file__).with_name("odd_hosts.txt").read_text().splitlines()
]
PORTS = ["", "", "", ":", ":80", ":443", ":0", ":00080", ":65535", ":65536", ":8080", ":-1", ":8 0"]
TAILS = ["", "/", "/p", "?q", "#f", "/@127.0.0.1", "?@127.0.0.1", "#@127.0.0.1", "\\@127.0.0.1"]
TAILS += ["/..//evil.test", "/%2e%2e/", ";p", "//", "/\\evil.test", " ", "?\\", "/a b", "/ü?ü#ü"]
SIGNS = list("@:/\\?#[].%0179xXaA-_ \t\n\r\0|^~!$&'()*+,;=`{}<>\"") + list(
    "\u3002\uff0e\uff61\uff0f\uff20\uff1a\uff1f\uff03\uff05\uff3b\uff3d\u200b\u00ad\u200d\u2060\ufeff"
    "\u202e\uff11\uff21\uff41\u00df\u0130\u0131\u017f\u212a\u0301\u2024\u2f0f"
)


def absolute(count: int, seed: int) -> Iterator[str]:
    """URLs put together from odd parts; most are bent a little more."""
    draw = random.Random(seed)
    for _ in range(count):
        parts = [SCHEMES, SLASHES, LOGINS, HOSTS, PORTS, TAILS]
        yield bent("".join(draw.choice(part) for part in parts), draw)


def relative(count: int, seed: int) -> Iterator[str]:
    """What a redirect may say."""
    draw = random.Random(seed)
    starts = ["//", "/", "\\\\", "/\\", "\\/", "///", "", "?", "http:", "https:", "http:/", "./"]
    for _ in range(count):
        parts = [starts, LOGINS, HOSTS, PORTS, TAILS]
        yield bent("".join(draw.choice(part) for part in parts), draw)


def bent(url: str, draw: random.Random) -> str:
    """Up to three signs put in, taken out, changed or swapped."""
    signs = list(url)
    for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
        place = draw.randrange(len(signs) + 1)
        match draw.randrange(4):
            case 0:
                signs.insert(place, draw.choice(SIGNS))
            case 1:
                del signs[place : place + 1]
            case 2:
                signs[place : place + 1] = draw.choice(SIGNS)
            case _:
                signs[place : place + 2] = signs[place : place + 2][::-1]
    return "".join(signs)
