"""Leaves of a page what was asked for: all of it, its main content, or the body of its article."""

from enum import StrEnum

from webferry.content.document import Document
from webferry.content.main_content.blocks import Blocks
from webferry.content.main_content.features import Features
from webferry.content.main_content.forest import forest
from webferry.content.main_content.pruning import prune


class Part(StrEnum):
    """How much of a page is wanted."""

    ALL = "all"
    MAIN = "main"
    ARTICLE = "article"


def keep_part(
    document: Document, part: Part, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()
) -> None:
    """Takes everything else out of the document. Raises: BadSelector.

    What `include` selects is the page, whatever it looks like; what `exclude` selects goes first.
    """
    for selector in exclude:
        document.remove(selector)
    if include:
        _keep_only(document, include)
    elif part is not Part.ALL:
        page = Blocks(document)
        if page.blocks:
            prune(page, kept_blocks(document, page, part))


def kept_blocks(document: Document, page: Blocks, part: Part) -> list[bool]:
    """A verdict for each block, of which there is at least one; a page all bad is kept whole."""
    verdicts = forest(part.value).accepts(Features(document, page), len(page.blocks))
    return verdicts if any(verdicts) else [True] * len(verdicts)


def _keep_only(document: Document, include: tuple[str, ...]) -> None:
    # One by one, so that a broken selector cannot lean on the next.
    chosen = {element for selector in include for element in document.select(selector)}
    body = document.body
    if body in chosen or document.root in chosen:
        return
    outermost = [
        each
        for each in document.select("*")
        if each in chosen and not any(above in chosen for above in each.ancestors)
    ]
    for each in outermost:
        each.extract()
    for child in list(body):
        child.extract()
    for each in outermost:
        body.append(each)
