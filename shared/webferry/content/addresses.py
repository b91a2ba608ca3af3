"""Addresses as pages write them, made absolute."""

import re
from collections.abc import Callable
from functools import cache

_ORIGIN = re.compile(r"https?://[^/?#\\\\@]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INVISIBLE = re.compile(r"[\x00-\x20]+")
_NOWHERE = ("javascript:", "data:", "vbscript:", "blob:", "about:", "file:")


def joined(base: str, address: str) -> str:
    """An address seen from a page; as it is written when it cannot be read."""
    if address.startswith("/") and not address.startswith("//") and "/." not in address:
        origin = _ORIGIN.match(base)
        if origin:
            return origin[0] + address
    if _SCHEME.match(address) and not address[:6].lower().startswith(("http:", "https:")):
        return address
    try:
        return _joiner()(base, address)
    except ValueError:
        return address


@cache
def _joiner() -> Callable[[str, str], str]:
    # The standard's own reader costs a tenth of this room's import.
    from ada_url import join_url  # noqa: PLC0415

    return join_url


def leads_somewhere(address: str) -> bool:
    """Whether a reader could follow it."""
    if address.startswith(("http", "/")):
        return True
    plain = _INVISIBLE.sub("", address[:32]).lower()
    return bool(plain) and not plain.startswith(_NOWHERE)
