"""The one tree a page is parsed into: the only module that knows which parser does it."""

from contextlib import suppress
from typing import Self

import turbohtml


class Document:
    """A parsed page."""

    def __init__(self, tree: turbohtml.Document) -> None:
        self._tree = tree

    @classmethod
    def parse(cls, html: str) -> Self:
        """Any text is a page: there is no input that fails."""
        return cls(turbohtml.parse(html, positions=False, scripting=True))

    def text_of(self, selector: str) -> str | None:
        """The text of the first match, its white space collapsed."""
        found = self._tree.select_one(selector)
        return " ".join(found.text.split()) if found else None

    def remove(self, selector: str) -> None:
        """Take every match out, with all it holds."""
        self._tree.remove(selector)

    def unwrap(self, selector: str) -> None:
        """Take every match out, and leave what it holds."""
        self._tree.strip_tags(selector)

    def resolve_links(self, url: str) -> None:
        """Make every address absolute, seen from where the page was found."""
        # One unreadable base is no reason to lose the page; its links then stay as written.
        with suppress(ValueError):
            self._tree.resolve_links(self._tree.base_url(url))

    def to_markdown(self) -> str:
        """The whole tree as GitHub-flavoured Markdown."""
        return self._tree.to_markdown()
