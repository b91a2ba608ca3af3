"""Compares the texts of two versions of a page so that noise stays silent and edits are heard."""

from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from hashlib import sha256
from typing import Any

from webferry.content.change.masks import LONGEST_LINE, masked

MAX_LINES = 20_000
# Shorter lines are too likely to stand somewhere by chance, so they have to stand there as a line.
_CHANCE = 10
# How many characters may be searched for lines that stand within others.
_SEARCHED = 400_000_000


class Sensitivity(StrEnum):
    """What counts as a change."""

    ALL_TEXT = "all-text"
    MAIN = "main"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version: the lines of its main content as read, and all of its text as compared."""

    main: tuple[str, ...]
    whole: tuple[str, ...]
    digest: str

    def to_json(self) -> dict[str, Any]:
        """The snapshot as plain data."""
        return {"main": list(self.main), "whole": list(self.whole), "digest": self.digest}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Snapshot":
        """A snapshot read back."""
        return cls(tuple(data["main"]), tuple(data["whole"]), data["digest"])


@dataclass(frozen=True, slots=True)
class TextChange:
    """The lines that went and the lines that came."""

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return bool(self.removed or self.added)


def snapshot_of(main: str, whole: str) -> Snapshot:
    """A version from its main content (text or Markdown) and all of its text, line by line."""
    read = _lines(main) or _lines(whole)
    compared = [mask for line in _lines(whole) if (mask := masked(line))]
    digest = sha256("\n".join(compared).encode()).hexdigest()
    return Snapshot(tuple(read), tuple(compared), digest)


def _lines(text: str) -> list[str]:
    """The lines of a text, very long ones parted between words."""
    found: list[str] = []
    for line in text.splitlines():
        rest = line.strip()
        while len(rest) > LONGEST_LINE:
            cut = rest.rfind(" ", 1, LONGEST_LINE)
            cut = cut if cut > 0 else LONGEST_LINE
            found.append(rest[:cut])
            rest = rest[cut:].lstrip()
        if rest:
            found.append(rest)
        if len(found) >= MAX_LINES:
            break
    return found[:MAX_LINES]


def compare_texts(
    old: Snapshot, new: Snapshot, sensitivity: Sensitivity = Sensitivity.MAIN
) -> TextChange:
    """What changed from one version to the next."""
    if old.digest == new.digest:
        return TextChange()
    if sensitivity is Sensitivity.ALL_TEXT:
        return _all_text(old, new)
    return TextChange(_absent(old.main, new.whole), _absent(new.main, old.whole))


def _absent(lines: tuple[str, ...], whole: tuple[str, ...]) -> tuple[str, ...]:
    """The main lines of one version that stand nowhere in the other: moved text is no change."""
    said = "".join(whole)
    alone = set(whole)
    searches = _SEARCHED // (len(said) + 1)
    missing = []
    for line in lines:
        mask = masked(line)
        if not mask or mask in alone:
            continue
        searches -= 1
        if len(mask) <= _CHANCE or searches < 0 or mask not in said:
            missing.append(line)
    return tuple(dict.fromkeys(missing))


def _all_text(old: Snapshot, new: Snapshot) -> TextChange:
    before, after = set(old.whole), set(new.whole)
    removed = tuple(line for line in old.whole if line not in after)
    added = tuple(line for line in new.whole if line not in before)
    return TextChange(removed, added)


def report(old: Snapshot, new: Snapshot) -> str:
    """The main lines of both versions as a unified diff, for people to read."""
    return "\n".join(unified_diff(old.main, new.main, "before", "after", lineterm="", n=1))
