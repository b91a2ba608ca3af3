"""Marked pages whose words nobody can read: what is left of a score when no set phrase helps.

No marked pages in other languages are at hand. These have every Latin letter of their text replaced
by a Cyrillic one, so that they look like pages of a language that no word list knows.
"""

import gzip
from dataclasses import replace
from pathlib import Path

from benchmarks.content.pages import MarkedPage
from webferry.content.document import Text, new_text, parse, to_html, walk

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщ"
_LETTERS = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_MACHINERY = frozenset(("script", "style", "noscript", "template"))


def written_foreign(pages: list[MarkedPage], folder: Path) -> list[MarkedPage]:
    """The pages and what is true of them in other letters, their HTML written under the folder."""
    (folder / "html").mkdir()
    return [_written(page, folder / "html" / f"{page.id}.html.gz") for page in pages]


def _written(page: MarkedPage, file: Path) -> MarkedPage:
    document = parse(page.body, page.url)
    for node in list(walk(document.root)):
        if type(node) is Text and getattr(node.parent, "tag", "") not in _MACHINERY:
            node.replace_with(new_text(node.data.translate(_LETTERS)))
    body = to_html(document.root).encode()
    file.write_bytes(gzip.compress(body, 1))
    return replace(page, body=body, main=page.main.translate(_LETTERS), markdown="")
