"""Reading a page makes thousands of small things that live as long as it: none is garbage yet."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def without_collector(work: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """The work with Python's cycle collector at rest, which would look at all of it over again."""

    @wraps(work)
    def unhurried(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        if not gc.isenabled():
            return work(*given, **named)
        gc.disable()
        try:
            return work(*given, **named)
        finally:
            gc.enable()

    return unhurried
