"""What a key, a label or a class name means, and how much two of them mean the same."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from webferry.content.records.vocabulary import VOCABULARY

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORDS = re.compile(r"[^\w]+|_+")
_LONGEST = 120
# "product name" and "name of the product" ask for the name; "product" alone is one too.
ENTITIES = frozenset(
    [
        "product",
        "item",
        "article",
        "job",
        "book",
        "event",
        "course",
        "movie",
        "film",
        "recipe",
        "listing",
        "page",
        "news",
        "story",
        "post",
        "company",
        "shop",
        "store",
        "the",
        "a",
        "an",
        "of",
        "full",
        "main",
        "all",
        "current",
        "data",
        "text",
        "value",
        "field",
        "info",
        "offer",
        "produkt",
        "produit",
        "producto",
        "artikel",
        "товара",
        "товар",
        "der",
        "die",
        "das",
        "des",
        "de",
        "la",
        "le",
        "el",
        "los",
        "las",
        "du",
    ]
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: the kind of its values, its words, and where schema.org keeps it."""

    name: str
    kind: str
    words: tuple[str, ...]
    paths: tuple[str, ...]


def _read(vocabulary: str) -> Iterator[Concept]:
    for line in re.sub(r"\n ", " ", vocabulary).strip().splitlines():
        head, _, rest = line.partition(":")
        name, kind = head.split()
        said, _, paths = rest.partition("<")
        words = tuple(phrase(word) for word in said.split(","))
        yield Concept(name, kind, words, tuple(paths.split()))


@lru_cache(maxsize=4096)
def phrase(text: str) -> str:
    """Words of a key, label or class name: lower case, camel case parted, without signs."""
    parted = _CAMEL.sub(" ", text[:_LONGEST])
    plain = unicodedata.normalize("NFKC", parted).casefold()
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


@lru_cache(maxsize=16_384)
def singular(words: str) -> str:
    """Words without their plural endings, so that `prices` is `price` and `цены` is `цена`."""
    return " ".join(_stem(word) for word in words.split())


def _stem(word: str) -> str:
    if len(word) < 4:
        return word
    return word.rstrip("ыиаяоеуюйь") if "а" <= word[-1] <= "я" else word.removesuffix("s")


CONCEPTS = {concept.name: concept for concept in _read(VOCABULARY)}
BY_PHRASE: dict[str, str] = {}
for _concept in CONCEPTS.values():
    for _word in (_concept.name.replace("_", " "), *_concept.words):
        BY_PHRASE.setdefault(_word, _concept.name)
for _word, _name in list(BY_PHRASE.items()):
    BY_PHRASE.setdefault(singular(_word), _name)


@lru_cache(maxsize=4096)
def concept_of(text: str) -> Concept | None:
    """The concept a key or label names, entity words and plurals aside."""
    words = phrase(text)
    for attempt in _attempts(words):
        if name := BY_PHRASE.get(attempt):
            return CONCEPTS[name]
    return None


def _attempts(words: str) -> Iterator[str]:
    yield words
    yield singular(words)
    parts = words.split()
    inner = [part for part in parts if part not in ENTITIES]
    if inner and len(inner) < len(parts):
        yield " ".join(inner)
        yield singular(" ".join(inner))
    if 1 < len(parts) <= 3:
        yield parts[-1]
        yield singular(parts[-1])


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What there is to compare of a key or label, found once."""

    words: str
    bare: str
    tokens: frozenset[str]
    exact: str
    loose: str


@lru_cache(maxsize=16_384)
def _meaning(text: str) -> _Meaning:
    words = phrase(text)
    bare = singular(words)
    exact = BY_PHRASE.get(words) or BY_PHRASE.get(bare) or ""
    loose = concept_of(text)
    return _Meaning(words, bare, frozenset(bare.split()), exact, loose.name if loose else "")


@lru_cache(maxsize=32_768)
def likeness(key: str, label: str) -> float:
    """How much a label says the same as a key: 1 for the same words, .9 for the same concept."""
    wanted, said = _meaning(key), _meaning(label)
    if not wanted.words or not said.words:
        return 0.0
    if wanted.bare == said.bare:
        return 1.0
    shared = len(wanted.tokens & said.tokens) / len(wanted.tokens | said.tokens)
    if wanted.exact and said.exact:
        return 0.9 if wanted.exact == said.exact else 0.4 * shared
    if wanted.loose and wanted.loose == said.loose:
        return max(0.7, 0.85 * shared)
    if not shared:
        return 0.95 if wanted.words.replace(" ", "") == said.words.replace(" ", "") else 0.0
    return 0.75 if wanted.tokens <= said.tokens or said.tokens <= wanted.tokens else 0.7 * shared
