"""What a URL to a page may look like, decided on its text alone."""

import re

from webferry.domain.errors import InvalidUrl, UnsupportedScheme

MAX_URL_BYTES = 8192
SCHEMES = ("http", "https")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"[A-Za-z]+://([^/?#\\]+)")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\ud800-\udfff]")


def check_url(url: str) -> None:
    """Refuse a URL that parsers disagree about, before any parser sees it.

    Raises: InvalidUrl, UnsupportedScheme.
    """
    if _UNSAFE.search(url) or len(url.encode()) > MAX_URL_BYTES:
        raise InvalidUrl("URL is malformed")
    scheme = _SCHEME.match(url)
    if not scheme:
        raise InvalidUrl("URL is malformed: it must start with http:// or https://")
    if scheme[1].lower() not in SCHEMES:
        raise UnsupportedScheme("Only http/https URLs are supported")
    authority = _AUTHORITY.match(url)
    # User names, escapes and backslashes before the path are how one URL names two hosts.
    if not authority or re.search(r"[@%]", authority[1]) or "\\" in re.split("[?#]", url)[0]:
        raise InvalidUrl("URL is malformed: it must name a plain host")
