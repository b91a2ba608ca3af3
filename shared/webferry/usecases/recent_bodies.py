"""Bodies that this process has just seen: what lies at a place never changes, so it may be kept."""

from dataclasses import dataclass, field

from webferry.domain.parts import StoredBody

MAX_BYTES = 16 * 1024 * 1024


@dataclass
class RecentBodies:
    """The longest unused go first."""

    _bodies: dict[StoredBody, bytes] = field(default_factory=dict)
    _size: int = 0

    def get(self, place: StoredBody) -> bytes | None:
        """What lies there, if it is known."""
        content = self._bodies.pop(place, None)
        if content is not None:
            self._bodies[place] = content
        return content

    def put(self, place: StoredBody, content: bytes) -> None:
        """Remember what lies there."""
        self._size += len(content) - len(self._bodies.pop(place, b""))
        self._bodies[place] = content
        while self._size > MAX_BYTES:
            self._size -= len(self._bodies.pop(next(iter(self._bodies))))
