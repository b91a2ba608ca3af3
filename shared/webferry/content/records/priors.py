"""What makes a column a name, a price, a link … when no label says so."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from collections.abc import Callable

from webferry.content.patterns import later
from webferry.content.records.facts import Facts

_HEADING = later(r"(?:^|>)h[1-6](?:\.|>|$|#)")
_LINK = later(r"(?:^|>)a(?:\.|>|$|#)")
_BOLD = later(r"(?:^|>)(?:b|strong)(?:\.|>|$|#)")
_STRUCK = later(r"(?:^|>)(?:del|s|strike)(?:\.|>|$|#)|line-through|strike")
_OLD = later(
    r"old|was|before|crossed|regular|list-?price|rrp|msrp|original|compare|retail|uvp|prev"
)
_NOW = later(r"sale|special|current|now|final|actual|offer|discounted")
_STARS = later(r"rating|star|score|bewertung|note")
_SUMMARY = later(r"desc|summary|excerpt|snippet|abstract|teaser|blurb|intro|body|content")
_ACTION = later(
    r"#|javascript:|/cart|add[-_]?to|login|signin|share|wishlist|compare|facebook\.com|"
    r"twitter\.com|mailto:|tel:"
)

Prior = Callable[[Facts], float]


def _name(facts: Facts) -> float:
    column = facts.column
    if column.attribute not in ("", "own", "title", "alt", "aria-label", "by"):
        return 0.0
    if not 2 < facts.length < 200 or facts.letters < 0.2:
        return 0.0
    if facts.noise > 0.5 or facts.money > 0.5 or (facts.length < 60 and facts.when > 0.7):
        return 0.0
    score = 0.12 + 0.5 * facts.slug
    score += 0.45 * bool(_HEADING.search(column.path))
    score += 0.25 * bool(_LINK.search(column.path)) + 0.1 * bool(_BOLD.search(column.path))
    score -= 0.25 * (facts.length < 6) + 0.35 * (facts.length > 110)
    score -= 0.15 * (column.attribute in ("alt", "title", "aria-label")) + 0.5 * (
        column.attribute == "by"
    )
    looks = _bounded(score * facts.letters * (0.2 + 0.8 * facts.distinct))
    return looks * (1 - 0.5 * facts.clipped)


def _price(facts: Facts) -> float:
    path = facts.column.path
    score = 0.7 * facts.money
    score -= 0.5 * bool(_STRUCK.search(path)) + 0.35 * bool(_OLD.search(_last(path)))
    score += 0.12 * bool(_NOW.search(_last(path))) - 0.15 * (facts.length > 24)
    return _bounded(score)


def _original(facts: Facts) -> float:
    path = facts.column.path
    struck = bool(_STRUCK.search(path)) or bool(_OLD.search(_last(path)))
    return 0.75 * facts.money if struck else 0.0


def _url(facts: Facts) -> float:
    column = facts.column
    if column.attribute != "href":
        return 0.0
    acts = sum(bool(_ACTION.search(value)) for value in facts.values) / (len(facts.values) or 1)
    heading = bool(_HEADING.search(column.path))
    score = 0.5 + 0.2 * heading + 0.25 * facts.slug - 0.7 * acts
    return _bounded(score * (0.1 + 0.9 * facts.distinct))


def _image(facts: Facts) -> float:
    return 0.3 + 0.5 * facts.distinct if facts.column.attribute == "src" else 0.0


def _description(facts: Facts) -> float:
    column = facts.column
    if column.attribute not in ("", "own", "content") or facts.noise > 0.5 or facts.slug > 0.6:
        return 0.0
    if _HEADING.search(column.path):
        return 0.0
    score = 0.2 * (facts.length > 35) + 0.25 * (facts.length > 60) + 0.2 * (column.tag == "p")
    score += 0.15 * (facts.length > 15) * facts.letters
    return _bounded((score + 0.3 * bool(_SUMMARY.search(_last(column.path)))) * facts.distinct)


def _rating(facts: Facts) -> float:
    starry = bool(_STARS.search(_last(facts.column.path))) or facts.column.attribute == "aria-label"
    out_of = sum(
        bool(re.search(r"\d\s?(?:/|out of|von|sur|из|de)\s?\d", value)) for value in facts.values
    )
    score = 0.5 * out_of / (len(facts.values) or 1) + 0.25 * starry
    score += 0.3 * any("★" in value or "star" in value.lower() for value in facts.values)
    return _bounded(score * facts.number)


def _reviews(facts: Facts) -> float:
    said = sum(
        bool(
            re.search(
                r"^\(\s?[\d.,\s]+\)|review|rating|bewertung|avis|отзыв|reseña|opinion",
                v,
                re.IGNORECASE,
            )
        )
        for v in facts.values
    )
    return _bounded(0.6 * said / (len(facts.values) or 1) * facts.number)


def _author(facts: Facts) -> float:
    return 0.62 - 0.004 * facts.length if facts.column.attribute == "by" else 0.0


def _date(facts: Facts) -> float:
    timed = facts.column.attribute == "datetime" or facts.column.tag == "time"
    return _bounded(0.55 * max(facts.date, 0.8 * facts.when) + 0.35 * timed)


def _availability(facts: Facts) -> float:
    return 0.65 * facts.state


def _phone(facts: Facts) -> float:
    return 0.6 * facts.phone


def _email(facts: Facts) -> float:
    return 0.8 * facts.email


def _salary(facts: Facts) -> float:
    return 0.45 * facts.money


def _currency(facts: Facts) -> float:
    return 0.45 * facts.money


def _discount(facts: Facts) -> float:
    said = sum(
        bool(re.search(r"[-−]?\s?\d+\s?%|save|off", value, re.IGNORECASE)) for value in facts.values
    )
    return 0.6 * said / (len(facts.values) or 1)


def _counted(words: str) -> Prior:
    pattern = later(words, re.IGNORECASE)

    def prior(facts: Facts) -> float:
        said = sum(bool(pattern.search(value)) for value in facts.values) / (len(facts.values) or 1)
        return _bounded(0.6 * said * facts.number) if facts.length < 40 else 0.0

    return prior


PRIORS: dict[str, Prior] = {
    "name": _name,
    "price": _price,
    "original_price": _original,
    "url": _url,
    "image": _image,
    "description": _description,
    "text": _description,
    "rating": _rating,
    "reviews": _reviews,
    "author": _author,
    "date": _date,
    "availability": _availability,
    "phone": _phone,
    "email": _email,
    "salary": _salary,
    "discount": _discount,
    "currency": _currency,
    "points": _counted(r"\d\s?(?:points?|pts|upvotes?|likes?|votes?|stars?)(?!\w)"),
    "comments": _counted(
        r"\d\s?(?:comments?|repl(?:y|ies)|answers?|комм|kommentar|commentaire|comentario)"
    ),
    "views": _counted(r"\d\s?(?:views?|downloads?|plays?|просмотр|aufrufe|vues|vistas)"),
    "pages": _counted(r"\d\s?(?:pages?|seiten|стр|páginas)"),
    "rooms": _counted(r"\d\s?(?:beds?|bedrooms?|rooms?|br(?!\w)|zimmer|комн|pièces|habitaciones)"),
}


def prior_of(concept: str, facts: Facts) -> float:
    """How likely a column holds a concept, by its looks alone."""
    prior = PRIORS.get(concept)
    return prior(facts) if prior else 0.0


def _last(path: str) -> str:
    return ">".join(path.split(">")[-2:])


def _bounded(score: float) -> float:
    return max(0.0, min(score, 0.95))
