"""The error tree: drawn as it is, one class to a code."""

import re
from collections.abc import Iterator

from webferry.domain import errors
from webferry.domain.errors import ErrorCode, WebferryError


def below(kind: type[WebferryError]) -> Iterator[type[WebferryError]]:
    for child in kind.__subclasses__():
        # A narrower kind that one room alone knows is none of the tree's names.
        if child.__module__ == errors.__name__:
            yield child
            yield from below(child)


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    drawn = re.findall(r"^ *(?:- )?([A-Z]\w+)(?: {2,}.*)?$", errors.__doc__ or "", re.MULTILINE)

    assert drawn == ["WebferryError", *(kind.__name__ for kind in below(WebferryError))]


def test_no_two_classes_share_a_code() -> None:
    leaves = [kind for kind in below(WebferryError) if not list(below(kind))]
    codes = [kind.code for kind in leaves]

    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(ErrorCode)
