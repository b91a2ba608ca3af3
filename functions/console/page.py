"""The welcome page: one file without a script, a font or an image from anywhere else."""

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from webferry import __version__

_TEMPLATE = Path(__file__).with_name("welcome.html").read_text(encoding="utf-8")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:]{2,39}\])(?::\d{1,5})?")
_STYLE = _TEMPLATE.partition("<style>")[2].partition("</style>")[0]
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:;"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}


def base_url(headers: Mapping[str, str]) -> str:
    """Where the reader found us, so that the commands on the page work as they stand."""
    given = {name.lower(): value for name, value in headers.items()}
    host, scheme = given.get("host", ""), given.get("x-forwarded-proto", "http")
    if scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return "http://127.0.0.1:3000"
    return f"{scheme}://{host}"


def render(base: str) -> str:
    """The page, with every command addressed to this base."""
    return _TEMPLATE.replace("{{base}}", base).replace("{{version}}", __version__)
