"""Regular expressions that are compiled when first used: importing this room must be quick."""

import re
from typing import cast


class _Later:
    """Stands for a pattern until one of its methods is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self._asked = (source, flags)

    def __getattr__(self, name: str) -> object:
        method = getattr(re.compile(*self._asked), name)
        self.__dict__[name] = method
        return method


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, not yet compiled: its methods are what it may be used by."""
    return cast(re.Pattern[str], _Later(source, flags))
