"""CSS selectors that people write: refused when they are none, or could take the parser forever."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

MAX_LENGTH = 1_000
MAX_HAS = 8
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_BRACKET = re.compile(r":has\(|\\.|[()]", re.IGNORECASE | re.DOTALL)
_ESCAPED_NAME = re.compile(r":[\w-]*\\[^:]*\(")


class BadSelector(ValueError):
    """This is no CSS selector, or one that is not allowed."""


@contextmanager
def reading(selector: str) -> Iterator[None]:
    """What the parser says of a selector is said our way. Raises: BadSelector."""
    if len(selector) > MAX_LENGTH:
        raise BadSelector(f"A selector has at most {MAX_LENGTH} characters.")
    if "(" in selector:
        _check_has(_STRING.sub('""', selector))
    try:
        yield
    except ValueError as error:
        raise BadSelector(str(error) or "This is no CSS selector.") from error


def _check_has(selector: str) -> None:
    """Each `:has()` costs the parser a walk of the page, one in another a walk for every node."""
    if _ESCAPED_NAME.search(selector):
        raise BadSelector("The name of a pseudo-class is written without escapes.")
    open_brackets: list[bool] = []
    count = 0
    for bracket in _BRACKET.findall(selector):
        if bracket == ")":
            del open_brackets[-1:]
        elif bracket == "(":
            open_brackets.append(False)
        elif bracket.lower() == ":has(":
            count += 1
            if any(open_brackets):
                raise BadSelector("A :has() cannot stand in another :has().")
            open_brackets.append(True)
    if count > MAX_HAS:
        raise BadSelector(f"A selector has at most {MAX_HAS} times :has().")
