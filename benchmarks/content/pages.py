"""Reads folders of pages with marked truth: `ground-truth/<id>.json` and `html/<id>.html.gz`."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

FOLDS = 5


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """One page and what people found in it."""

    id: str
    kind: str
    url: str
    body: bytes
    main: str
    markdown: str
    title: str
    author: str
    date: str

    @property
    def fold(self) -> int:
        """Pages of one site are in one fold; fold 0 is for testing only."""
        host = (urlsplit(self.url).hostname or self.id).removeprefix("www.")
        return int(hashlib.sha1(host.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def marked_pages(folder: Path) -> Iterator[MarkedPage]:
    """Every page whose main content is marked, in the order of their names."""
    for file in sorted((folder / "ground-truth").glob("*.json")):
        stated = json.loads(file.read_text(encoding="utf-8"))
        truth = stated["ground_truth"]
        if "main_content" not in truth:
            continue
        page = folder / "html" / f"{file.stem}.html.gz"
        kind = stated.get("_internal", {}).get("page_type", {}).get("primary", "page")
        yield MarkedPage(
            id=file.stem,
            kind=kind,
            url=stated.get("url") or "",
            body=gzip.decompress(page.read_bytes()),
            main=truth["main_content"] or "",
            markdown=truth.get("main_content_markdown") or "",
            title=truth.get("title") or "",
            author=truth.get("author") or "",
            date=truth.get("publish_date") or "",
        )
