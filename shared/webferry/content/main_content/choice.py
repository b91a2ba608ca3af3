"""Leaves of a page what was asked for: all of it, its main content, or the body of its article."""

from enum import StrEnum
from itertools import accumulate

from webferry.content.collector import without_collector
from webferry.content.document import Document, Element
from webferry.content.main_content.blocks import WHOLE, Blocks
from webferry.content.main_content.features import Features
from webferry.content.main_content.forest import forest
from webferry.content.main_content.pruning import prune
from webferry.content.main_content.signs import TAG_SIGNS
from webferry.content.markdown.note_marks import marks_of

# Below or above these chances a block is out or in, whatever the rest of its page is like.
_LEAST, _MOST = 0.15, 0.5
_CAUTION = 1.1
_CODE = TAG_SIGNS["pre"]


class Part(StrEnum):
    """How much of a page is wanted."""

    ALL = "all"
    MAIN = "main"
    ARTICLE = "article"


@without_collector
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
            document.weighed = True


def kept_blocks(document: Document, page: Blocks, part: Part) -> list[bool]:
    """A verdict for each block, of which there is at least one.

    Of a page all bad everything is kept but its menus and feet.
    """
    chances = forest(part.value).chances(Features(document, page), len(page.blocks))
    verdicts = enough(chances, [len(block.words) for block in page.blocks])
    if not any(verdicts):
        inner = [block.region.tag not in WHOLE for block in page.blocks]
        return inner if any(inner) else [True] * len(verdicts)
    keep_code(page, chances, verdicts)
    keep_notes(document, page, verdicts)
    return verdicts


def keep_code(page: Blocks, chances: list[float], verdicts: list[bool]) -> None:
    """Code stays where what it goes on from stays: it reads like no prose, so chances are low."""
    goes_on = False
    for at, block in enumerate(page.blocks):
        if not verdicts[at] and goes_on and block.region.signs & _CODE:
            verdicts[at] = chances[at] > _LEAST
        goes_on = verdicts[at]


def keep_notes(document: Document, page: Blocks, verdicts: list[bool]) -> None:
    """Footnotes stay where the text that leads to them stays."""
    marks = marks_of(document)
    if not marks:
        return
    regions = {region.element: region for region in page.regions}
    for mark in marks:
        note = regions.get(mark.home)
        above = (each for each in mark.link.ancestors if each in regions)
        place = next(above, None)
        if note is None or type(place) is not Element:
            continue
        if any(verdicts[regions[place].start : regions[place].end]):
            verdicts[note.start : note.end] = [True] * (note.end - note.start)


def enough(chances: list[float], words: list[int]) -> list[bool]:
    """The blocks that make the best F1 of the words kept, as far as the chances foretell it.

    That is reached by all blocks whose chance is over half of it: where the content of a page is
    hard to tell, doubtful blocks are worth keeping; where it is plain, they are not.
    """
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    wanted = list(accumulate(chances[each] * words[each] for each in order))
    taken = accumulate(words[each] for each in order)
    best = max(2 * right / (kept + wanted[-1]) for right, kept in zip(wanted, taken, strict=True))
    least = min(max(_CAUTION * best / 2, _LEAST), _MOST)
    return [chance > least for chance in chances]


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
