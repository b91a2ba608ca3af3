"""What a sentence asks for: the concepts that its words name."""

from webferry.content.patterns import later
from webferry.content.records.concepts import BY_PHRASE, CONCEPTS, ENTITIES, Concept, singular

_NOT_WORDS = later(r"[^\w]+|_+")
# In a sentence these words are about the request, or too common to name a key.
_NOT_ASKED = frozenset(
    [
        "all",
        "every",
        "each",
        "get",
        "extract",
        "find",
        "list",
        "give",
        "show",
        "me",
        "from",
        "on",
        "in",
        "of",
        "with",
        "and",
        "or",
        "for",
        "to",
        "by",
        "at",
        "is",
        "are",
        "be",
        "it",
        "its",
        "that",
        "this",
        "there",
        "please",
        "only",
        "type",
        "key",
        "no",
        "number",
        "start",
        "end",
        "day",
        "when",
        "time",
        "until",
        "position",
        "level",
        "make",
        "event",
        "role",
        "project",
        "package",
        "thread",
        "topic",
        "question",
        "story",
        "page",
        "pages",
        "website",
        "site",
        "text",
        "body",
        "details",
        "about",
        "first",
        "last",
        "new",
        "user",
        "users",
        "bis",
        "von",
        "par",
        "por",
        "art",
        "art.",
        "du",
        "de",
        "me",
        "you",
        "their",
        "which",
        "what",
        "where",
        "region",
        "area",
        "place",
        "section",
        "units",
        "store",
        "business",
        "owner",
        "creator",
        "records",
        "entries",
        "results",
        "table",
        "rows",
        "search",
    ]
)


def said_concepts(text: str) -> list[Concept]:
    """The concepts a sentence asks for, in its order; words for records are not keys."""
    words = _words(text)
    found: dict[str, Concept] = {}
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            said = words[place : place + length]
            concept = _asked(said)
            if concept:
                found.setdefault(concept.name, concept)
                place += length - 1
                break
        place += 1
    return list(found.values())


def _words(text: str) -> list[str]:
    """The words of a sentence, lower case."""
    return _NOT_WORDS.sub(" ", text[:2_000].casefold()).split()


def _asked(said: list[str]) -> Concept | None:
    if len(said) == 1 and (
        said[0] in _NOT_ASKED
        or (singular(said[0]) in ENTITIES | _NOT_ASKED and said[0] != "company")
    ):
        return None
    if said[0] in _NOT_ASKED or said[-1] in _NOT_ASKED:
        return None
    attempts = [" ".join(said), singular(" ".join(said))]
    inner = [word for word in said if singular(word) not in ENTITIES]
    if inner and len(inner) < len(said) and len(said) == 2:
        attempts += [inner[0], singular(inner[0])]
    name = next((BY_PHRASE[each] for each in attempts if each in BY_PHRASE), None)
    return CONCEPTS[name] if name else None
