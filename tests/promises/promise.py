"""One promise: a sentence of a public document, under an id that never changes."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """What was said, where it was said, and which issue makes it true."""

    id: str
    source: str
    text: str
    issue: int


def read_promises(source: str, table: str) -> tuple[Promise, ...]:
    """Read lines of `issue id sentence`; an indented line carries its sentence on."""
    entries = re.split(r"\n(?=\d)", table.strip())
    return tuple(_promise(source, entry) for entry in entries)


def _promise(source: str, entry: str) -> Promise:
    issue, promise_id, *words = entry.split()
    return Promise(id=promise_id, source=source, text=" ".join(words), issue=int(issue))
