"""Whether the thing a page is about can be had, by what stands and what can be pressed near it."""

import re
from collections.abc import Iterator
from itertools import islice

from webferry.content.records.markup import is_hidden
from webferry.content.records.outline import Outline
from webferry.content.records.values.states import offers_to_buy, read_availability

ELSEWHERE = re.compile(
    r"related|recommend|similar|upsell|cross|also|carousel|slider|recent|basket|minicart|cart-|"
    r"header|footer|menu|nav"
)
_NO_STATE = frozenset(["td", "th", "option", "li", "label", "legend"])
# What can be had of one size or colour.
_CHOICES = frozenset(["label", "legend", "option"])
_BUTTONS = frozenset(["button", "a", "input"])
_LONGEST = 60
_SHORT_PAGE = 200
_SAID_OUT, _LIVE_BUTTON, _SAID_TO_BUY = -0.6, -0.4, -1.0


def state_shown(outline: Outline, heading: int) -> int | None:
    """The entry that says it best: a text near the heading, or the button to buy."""
    said = [
        (_near(outline, entry, heading) + weight - 0.01 * outline.text_length(entry), entry)
        for entry, weight in _states(outline)
    ]
    return max(said)[1] if said else None


def _states(outline: Outline) -> Iterator[tuple[int, float]]:
    """Every entry that says whether something can be had, and how much that counts."""
    for entry, tag in enumerate(outline.tags):
        if not tag or tag in _NO_STATE or not 2 < outline.text_length(entry) <= _LONGEST:
            continue
        # Several boxes side by side are no saying.
        if outline.kids[entry] > 1 and not outline.own_text(entry):
            continue
        text = outline.text(entry)
        state, buys = read_availability(text), offers_to_buy(text)
        if state is False and not buys and not _is_choice(outline, entry):
            # Pages keep the words for a day without stock at hand, and do not show them.
            yield entry, _SAID_OUT
        elif state:
            yield entry, 0.0
        elif buys and state is None:
            yield entry, _LIVE_BUTTON if _is_live(outline, entry) else _SAID_TO_BUY


def _is_choice(outline: Outline, entry: int) -> bool:
    above = islice(outline.ancestors(entry), 3)
    return any(outline.tags[each] in _CHOICES for each in above)


def _is_live(outline: Outline, entry: int) -> bool:
    """Whether the words stand on a button that can be pressed."""
    for each in (entry, *islice(outline.ancestors(entry), 3)):
        node = outline.nodes[each]
        if outline.tags[each] in _BUTTONS and node is not None:
            return node.attr("disabled") is None
    return False


def _near(outline: Outline, entry: int, heading: int) -> float:
    """How likely an entry is about what the page is about: near its heading, and seen."""
    above = [entry, *outline.ancestors(entry)]
    around = " ".join(outline.signs[each] for each in above[1:])[:1500]
    away = abs(entry - heading) / max(len(outline), _SHORT_PAGE)
    score = -2 * away - 1.5 * bool(ELSEWHERE.search(around))
    return score - 2.0 * any(is_hidden(outline, each) for each in above)
