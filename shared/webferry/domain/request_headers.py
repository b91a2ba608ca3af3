"""Headers and cookies that a caller may add to a fetch: none that speaks for the connection."""

import re
from collections.abc import Sequence

from webferry.domain.errors import InvalidRequest

MAX_HEADERS = 50
MAX_HEADER_CHARACTERS = 16 * 1024

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_VALUE = re.compile(r"[\x21-\x7e\xa1-\xff](?:[\t\x20-\x7e\xa1-\xff]*[\x21-\x7e\xa1-\xff])?|")
_COOKIE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e\"]*")
# They say where a message goes, how long it is or how it is packed: that is ours to say.
_OURS = re.compile(
    r"accept-encoding|connection|content-(?:encoding|length)|expect|host|http2-settings|if-.+|range"
    r"|keep-alive|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-websocket-.*|:.*"
)

Pairs = Sequence[tuple[str, str]]


def check_headers(headers: Pairs, cookies: Pairs) -> None:
    """Raises: InvalidRequest, naming the header that cannot be sent."""
    for name, value in headers:
        if not _NAME.fullmatch(name) or _OURS.fullmatch(name.lower()):
            raise InvalidRequest(f"headers: {name[:40]!r} cannot be set", headers="cannot be set")
        if not _VALUE.fullmatch(value):
            raise InvalidRequest(f"headers: {name} has a value that cannot be sent", headers=name)
    for name, value in cookies:
        if not _NAME.fullmatch(name) or not _COOKIE.fullmatch(value):
            raise InvalidRequest(f"cookies: {name[:40]!r} cannot be sent", cookies="cannot be sent")
    pairs = [*headers, *cookies]
    if len(pairs) > MAX_HEADERS or sum(len(n) + len(v) for n, v in pairs) > MAX_HEADER_CHARACTERS:
        raise InvalidRequest("headers: too many or too long", headers="too many or too long")
