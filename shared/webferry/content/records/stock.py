"""Whether the thing a page is about can be had, by what stands and what can be pressed near it."""

import re
from collections.abc import Iterator
from itertools import islice

from webferry.content.patterns import later
from webferry.content.records.markup import is_hidden
from webferry.content.records.outline import Outline
from webferry.content.records.values.states import offers_to_buy, read_availability

# A form that puts things into the cart is where the page's own thing is bought.
ELSEWHERE = later(
    r"related|recommend|similar|up-?sell|cross-?sell|also|carousel|slider|recent|"
    r"(?<!add-to-)(?<!add2)(?:basket|mini-?cart|cart-(?!form|button|btn|section|area|wrap))|"
    r"(?<!product-)(?<!item-)header|footer|menu|(?<![a-z])nav"
)
_NO_STATE = frozenset(["td", "th", "option", "li", "label", "legend"])
# What can be had of one size or colour.
_CHOICES = frozenset(["label", "legend", "option"])
_BUTTONS = frozenset(["button", "a", "input"])
# `Color: Oak - Sold out`, `42 (sold out)`: what is gone is one choice of several.
_ONE_CHOICE = later(r"^\s*\S.*?(?: [-\u2013\u2014] |\()", re.DOTALL)
_NAMED = frozenset(["button", "a", "span"])
_IS_NAMED_SO = later(
    r"^(?:js-|btn-|button-|single_)?(?:add[-_]?to[-_]?(?:cart|basket|bag)|buy[-_]?now)"
    r"(?:[-_]?(?:btn|button))?$",
    re.IGNORECASE,
).match
_LONGEST = 60
# Longer ones name what comes below: `New edition available now`.
_LONGEST_HEADING = 24
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SHORT_PAGE = 200
_SAID_OUT, _LIVE_BUTTON, _SAID_TO_BUY = -0.6, -0.4, -1.0


def state_shown(outline: Outline, heading: int) -> tuple[int, str, str] | None:
    """What says it best, a text near the heading or the button to buy: entry, words, attribute."""
    said = [
        (_near(outline, entry, heading) + weight - 0.01 * outline.text_length(entry), entry)
        for entry, weight in _states(outline)
    ]
    if said:
        best = max(said)[1]
        return best, outline.text(best), ""
    return _named_button(outline, heading)


def _named_button(outline: Outline, heading: int) -> tuple[int, str, str] | None:
    """A button to buy whose words nobody here can read, but whose markup says what it is."""
    found: list[tuple[float, int, str, str]] = []
    for entry, tag in enumerate(outline.tags):
        if tag not in _NAMED or not 0 < outline.text_length(entry) <= _LONGEST:
            continue
        for name in ("class", "id", "name", "data-testid"):
            words = outline.attribute(entry, name)[:200].split()
            word = next(filter(_IS_NAMED_SO, words), "")
            if word and _is_enabled(outline, entry):
                found.append((_near(outline, entry, heading), entry, word, name))
                break
    return max(found)[1:] if found else None


def _is_enabled(outline: Outline, entry: int) -> bool:
    node = outline.nodes[entry]
    return (
        node is not None
        and node.attr("disabled") is None
        and "disabled" not in (node.attr("class") or "")
    )


def _states(outline: Outline) -> Iterator[tuple[int, float]]:
    """Every entry that says whether something can be had, and how much that counts."""
    for entry, tag in enumerate(outline.tags):
        longest = _LONGEST_HEADING if tag in _HEADINGS else _LONGEST
        if not tag or tag in _NO_STATE or not 2 < outline.text_length(entry) <= longest:
            continue
        # Several boxes side by side are no saying.
        if outline.kids[entry] > 1 and not outline.own_text(entry):
            continue
        text = outline.text(entry)
        state, buys = read_availability(text), offers_to_buy(text)
        if state is False and not buys and not _is_choice(outline, entry, text):
            # Pages keep the words for a day without stock at hand, and do not show them.
            yield entry, _SAID_OUT
        elif state:
            yield entry, 0.0
        elif buys and state is None:
            yield entry, _LIVE_BUTTON if _is_live(outline, entry) else _SAID_TO_BUY


def _is_choice(outline: Outline, entry: int, text: str) -> bool:
    above = islice(outline.ancestors(entry), 3)
    said = _ONE_CHOICE.match(text)
    apart = said is not None and read_availability(said[0]) is None
    return apart or any(outline.tags[each] in _CHOICES for each in above)


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
