"""Pages without a script, a font or an image from anywhere else, that nobody can frame."""

import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from fastapi import Response
from fastapi.responses import HTMLResponse

from webferry.domain.errors import WebferryError
from webferry.web.statuses import STATUS_OF

_FOLDER = Path(__file__).with_name("pages")
_LAYOUT = (_FOLDER / "layout.html").read_text(encoding="utf-8")
_BODIES = {
    name: (_FOLDER / f"{name}.html").read_text(encoding="utf-8")
    for name in (path.stem for path in _FOLDER.glob("*.html"))
}
_STYLE = _LAYOUT.partition("<style>")[2].partition("</style>")[0]
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_PLACE = re.compile(r"{{(\w+)}}")


def page(
    name: str, title: str, status: int = 200, /, *, leads_to: str = "", **html: str
) -> Response:
    """A page, filled with HTML that is safe already."""
    whole = {"title": text(title), "body": fragment(name, **html)}
    content = _PLACE.sub(lambda place: whole[place[1]], _LAYOUT)
    targets = f"'self' {leads_to}".strip()
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:;"
            f" base-uri 'none'; form-action {targets};"
            " frame-ancestors 'none'"
        ),
        "X-Frame-Options": "DENY",
        # Not no-referrer: with it a browser would not say that a form comes from our own page.
        # No Cross-Origin-Opener-Policy: the application that opened this window waits for it.
        "Referrer-Policy": "same-origin",
    }
    return HTMLResponse(content, status, headers)


def fragment(name: str, /, **html: str) -> str:
    """A part of a page, filled with HTML that is safe already."""
    return _PLACE.sub(lambda place: html[place[1]], _BODIES[name])


def notice(error: WebferryError) -> Response:
    """The page that says why something cannot be done."""
    return page("notice", "That did not work", STATUS_OF[error.code], why=text(error.message))


def text(words: str) -> str:
    """Words as HTML."""
    return escape(words, quote=True)


def day(time_ms: int) -> str:
    """A day as people write it."""
    date = datetime.fromtimestamp(time_ms / 1000, UTC)
    return f"{date.day} {date:%B %Y}"


def hidden(fields: Iterable[tuple[str, str]]) -> str:
    """Fields that a form carries on."""
    return "".join(
        f'<input type="hidden" name="{text(name)}" value="{text(value)}">' for name, value in fields
    )
