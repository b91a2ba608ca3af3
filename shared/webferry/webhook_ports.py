"""Sockets of webhooks: who brings them, who waits for them, who is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from webferry.domain.dispatches import Dispatch, Place
from webferry.domain.jobs import Job


class Posted(NamedTuple):
    """What came of a POST: a status and the beginning of the answer, or an error."""

    status: int | None
    error: str
    sample: bytes
    duration_ms: int


class Poster(Protocol):
    """Brings webhooks to their receivers."""

    async def check(self, url: str) -> None:
        """Refuse what could never be posted to.

        Raises: InvalidRequest.
        """

    async def post(self, url: str, headers: Mapping[str, str], content: bytes) -> Posted:
        """One attempt; whatever a receiver does is an outcome."""


class Dispatches(Protocol):
    """Deliveries on their way. Every method may raise Unavailable."""

    def add(self, dispatch: Dispatch) -> None:
        """Store one that no job's end has stored."""

    def load(self, delivery_ids: Iterable[str]) -> dict[str, Dispatch]:
        """Those that are there, by their ids."""

    def find(self, account_id: str, delivery_id: str) -> Dispatch:
        """Raises: NotFound: no such delivery of this account."""

    def save(self, dispatch: Dispatch) -> Dispatch | None:
        """The dispatch as it is kept now; None if another version of it stands."""

    def due(self, now_ms: int, limit: int) -> list[str]:
        """The ids of those that somebody should look at."""

    def page(self, account_id: str, after: Place | None, limit: int) -> list[Dispatch]:
        """An account's deliveries after that place in its list, the newest first."""


class Senders(Protocol):
    """Functions that make first attempts."""

    def call(self, delivery_ids: Sequence[str]) -> None:
        """Have attempts made for these soon.

        Raises: Unavailable: not all of them may have been heard.
        """


class Drivers(Protocol):
    """Executions of the state machine that wait and have attempts made."""

    def start(self, dispatch: Dispatch, *, wait_s: int) -> None:
        """Start the execution that the dispatch names; it may have been started before.

        Raises: Unavailable.
        """


class SlowReceivers(Protocol):
    """Who has kept senders waiting. Every method may raise Unavailable."""

    def is_slow(self, receiver: str, now_ms: int) -> bool:
        """Whether a mark still stands."""

    def mark(self, receiver: str, until_ms: int) -> None:
        """Let it count as slow until then."""


class SealedSecrets(NamedTuple):
    """An account's signing secrets as they are stored."""

    current: bytes
    next: bytes | None = None
    next_alone_at_ms: int | None = None


class SecretStore(Protocol):
    """Keeps the signing secrets of accounts. Every method may raise Unavailable."""

    def secrets_of(self, account_id: str) -> SealedSecrets:
        """Raises: NotFound: no such account."""

    def replace_secrets(self, account_id: str, before: SealedSecrets, after: SealedSecrets) -> bool:
        """False if others stand by now."""


class Changes(NamedTuple):
    """What a stream of changes has brought: jobs that ended, deliveries to be made."""

    ended: list[Job]
    deliveries: list[str]
    unreadable: int


class EventBus(Protocol):
    """Tells whoever listens what has happened."""

    def publish(self, ended: Sequence[Job]) -> None:
        """Tell how jobs have ended: at least once, in no order.

        Raises: Unavailable: some of them may not be told.
        """
