"""What the site has: each page with the marker that only its finished content carries."""

from dataclasses import dataclass

from benchmarks.site.prose import Prose
from benchmarks.site.scripted import SHELLS, shell_page
from benchmarks.site.served import ARTICLE_KINDS, served_page

SEED = 20_260_101
SERVED_COUNT = 40
CARDS = range(10, 90)


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: where it is, its HTML, and how to tell that its content came through."""

    path: str
    kind: str
    html: str
    marker: str
    scripted: bool


def marker_of(number: int) -> str:
    """Words of the last piece of content of a page; nothing else on the site says them."""
    return f"finis{number * 7919 % 100_003}ferried"


def site_pages() -> list[SitePage]:
    """Server-rendered pages of all kinds and sizes, then one page of each script-built kind."""
    served = [_served(number) for number in range(SERVED_COUNT)]
    scripted = [_scripted(SERVED_COUNT + n, kind) for n, kind in enumerate(SHELLS)]
    return served + scripted


def cards(number: int) -> list[dict[str, str]]:
    """What the API of a script-built page answers; its last card has the marker."""
    prose = Prose(SEED + number)
    count = prose.random.choice(CARDS)
    made = [
        {"title": prose.title(), "href": f"/item/{n}", "text": prose.words(20), "price": f"{n}.90"}
        for n in range(count)
    ]
    made[-1]["text"] += f" {marker_of(number)}"
    return made


def _served(number: int) -> SitePage:
    kind = ARTICLE_KINDS[number % len(ARTICLE_KINDS)]
    html = served_page(kind, Prose(SEED + number), marker_of(number))
    return SitePage(f"/served/{number}", kind, html, marker_of(number), scripted=False)


def _scripted(number: int, kind: str) -> SitePage:
    html = shell_page(kind, number, Prose(SEED + number), cards(number))
    return SitePage(f"/scripted/{number}", kind, html, marker_of(number), scripted=True)
