"""Kept pages: an index in the Traffic table, and one object for the large ones of a moment.

Items of the `Traffic` table that are ours, by partition key and sort key:

    page#<digest>   page   when it was fetched, and the page itself or where it lies
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.wide_table import Key, WideTable
from webferry.adapters.s3 import S3Bodies
from webferry.domain.errors import Unavailable
from webferry.domain.kept_pages import KeptPlace
from webferry.domain.parts import InlineBody, StoredBody


class AwsPageShelf:
    """Nothing depends on it, so every fault of the cloud reads the same: not there just now."""

    def __init__(self, table: WideTable, bodies: S3Bodies) -> None:
        self._table = table
        self._bodies = bodies

    def find(self, names: Iterable[str]) -> dict[str, KeptPlace]:
        """Raises: Unavailable."""
        with _forgiven():
            items = self._table.get_many([_key(name) for name in names])
        return {key.pk.partition("#")[2]: _place_of(item) for key, item in items.items()}

    def put(self, places: Mapping[str, KeptPlace], kept_ms: int) -> None:
        """Raises: Unavailable."""
        with _forgiven():
            self._table.put_many(_item(name, place, kept_ms) for name, place in places.items())

    def read(self, body: StoredBody) -> bytes:
        """Raises: NotFound, Unavailable."""
        with _forgiven():
            return self._bodies.get(body.key, body.start, body.length)

    def store(self, key: str, content: bytes) -> None:
        """Raises: Unavailable."""
        with _forgiven():
            self._bodies.put(key, content)


@contextmanager
def _forgiven() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("Kept pages cannot be reached") from error


def _key(name: str) -> Key:
    return Key(f"page#{name}", "page")


def _item(name: str, place: KeptPlace, kept_ms: int) -> Values:
    item: Values = {
        **_key(name)._asdict(),
        "fetched_at_ms": place.fetched_at_ms,
        "expires_at": (place.fetched_at_ms + kept_ms) // 1000,
    }
    match place.body:
        case InlineBody(content):
            return item | {"body": content}
        case StoredBody(key, start, length):
            return item | {"object": key, "start": start, "length": length}


def _place_of(item: Values) -> KeptPlace:
    fetched_at_ms: int = item["fetched_at_ms"]
    if "body" in item:
        return KeptPlace(fetched_at_ms, InlineBody(item["body"]))
    return KeptPlace(fetched_at_ms, StoredBody(item["object"], item["start"], item["length"]))
