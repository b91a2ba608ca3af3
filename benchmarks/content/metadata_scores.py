"""Title, author and date against what people marked; names are compared word by word."""

import time

from benchmarks.content.labels import words_of
from benchmarks.content.pages import MarkedPage
from webferry.content.document import parse
from webferry.content.metadata.authors import authors_of
from webferry.content.metadata.dates import published_at
from webferry.content.metadata.statements import Statements
from webferry.content.metadata.titles import headline


def metadata_line(pages: list[MarkedPage]) -> str:
    """F1 of three fields, and the time they took."""
    right, said, true = [0] * 3, [0] * 3, [0] * 3
    spent = 0.0
    for page in pages:
        document = parse(page.body, page.url)
        start = time.process_time()
        stated = Statements(document)
        found = (
            headline(document, stated) or "",
            ", ".join(authors_of(document, stated)),
            published_at(document, stated) or "",
        )
        spent += time.process_time() - start
        for field, (ours, theirs) in enumerate(
            zip(found, (page.title, page.author, page.date), strict=True)
        ):
            said[field] += bool(ours)
            true[field] += bool(theirs)
            right[field] += bool(theirs) and words_of(ours) == words_of(theirs)
    scores = [
        2 * good / (claimed + marked) if claimed + marked else 1.0
        for good, claimed, marked in zip(right, said, true, strict=True)
    ]
    names = ("title", "author", "date")
    parts = "  ".join(f"{name} F1 {score:.3f}" for name, score in zip(names, scores, strict=True))
    return f"{'webferry metadata':20} {parts}  {spent * 1000 / len(pages):.1f} ms"
