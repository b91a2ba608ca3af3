"""Sockets: what the use cases need from the world, and the errors that may come out of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from webferry.domain.accounts import Account
from webferry.domain.credits import LedgerEntry, Wallet
from webferry.domain.jobs import Job, Tally
from webferry.domain.kept_pages import KeptPlace
from webferry.domain.keys import ApiKey
from webferry.domain.once import Once
from webferry.domain.pages import Page, PageRequest
from webferry.domain.parts import Part, PartRef, StoredBody
from webferry.domain.rendering import Rendering, RenderOrder
from webferry.domain.work import ReadyErrand, SavedSteps, Step, Work


class Clock(Protocol):
    """Time, in two kinds."""

    def now_ms(self) -> int:
        """The time of day, as milliseconds since 1970."""

    def tick_ms(self) -> float:
        """A time that never jumps, to measure durations with."""


class Chance(Protocol):
    """Random values that nobody can foresee."""

    def base62(self, length: int) -> str:
        """That many random letters and digits."""

    def octets(self, length: int) -> bytes:
        """That many random bytes."""


class Pepper(Protocol):
    """The secret without which a stored key digest is worthless."""

    def value(self) -> bytes:
        """Raises: Unavailable."""


class Sealer(Protocol):
    """Encrypts what we must be able to read again."""

    def seal(self, text: str, *, owner: str) -> bytes:
        """Raises: Unavailable."""

    def unseal(self, sealed: bytes, *, owner: str) -> str:
        """What was sealed for this owner.

        Raises: Unavailable, InternalError: not sealed by us, or for somebody else.
        """


class Passwords(Protocol):
    """Hashes what we must never be able to read again."""

    def hash(self, password: str) -> str:
        """A slow, salted hash."""


class Accounts(Protocol):
    """Customers. Every method may raise Unavailable."""

    def open(self, account: Account, *, password: str, secret: bytes, entry: LedgerEntry) -> bool:
        """Store account, wallet and first ledger entry at once; False if the id is taken.

        `password` is its hash and `secret` the sealed webhook signing secret.

        Raises: Conflict: the email has an account.
        """

    def get(self, account_id: str) -> Account:
        """Raises: NotFound."""

    def get_by_email(self, email: str) -> Account:
        """Raises: NotFound."""

    def switch(self, account_id: str, *, enabled: bool) -> None:
        """Raises: NotFound."""


class Keys(Protocol):
    """API keys. Every method may raise Unavailable."""

    def add(self, key: ApiKey, digest: str) -> bool:
        """Store a key; False if its id is taken.

        Raises: NotFound: no such account.
        """

    def find(self, account_id: str, digest: str) -> tuple[ApiKey, bool] | None:
        """The key with this digest, and whether its account is enabled, as of this moment."""

    def list(self, account_id: str) -> list[ApiKey]:
        """Every key of the account, in no order."""

    def remove(self, account_id: str, key_id: str) -> None:
        """Raises: NotFound: no such key of this account."""

    def touch(self, account_id: str, digest: str, used_at_ms: int) -> None:
        """Remember when a key was used; a key removed meanwhile stays removed."""


class Wallets(Protocol):
    """Credits. Every method may raise Unavailable."""

    def read(self, account_id: str) -> Wallet:
        """Raises: NotFound: no such account."""

    def post(self, account_id: str, entry: LedgerEntry) -> None:
        """Move credits and record why, both or neither; the same entry again changes nothing.

        Raises: NotFound: no such account; Conflict: the reference stands for another sum.
        """


class Fetcher(Protocol):
    """Brings pages."""

    async def fetch(self, request: PageRequest) -> Page:
        """Raises: PageError."""


class Renderer(Protocol):
    """Shows pages to a browser."""

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""

    async def render(self, order: RenderOrder) -> Rendering:
        """The page as its scripts left it.

        Raises: PageError, Unavailable: there is no browser.
        """


class Bodies(Protocol):
    """Objects that are too large for a table. Every method may raise Unavailable."""

    def put(self, key: str, content: bytes) -> None:
        """Store an object, or replace it."""

    def get(self, key: str, start: int, length: int) -> bytes:
        """That stretch of an object.

        Raises: NotFound: no such object, or no longer.
        """


class Pictures(Protocol):
    """Screenshots and documents that a caller fetches by a link."""

    async def keep(self, content: bytes, kind: str) -> str:
        """Store a `png` or a `pdf`; its name.

        Raises: Unavailable.
        """

    def link(self, name: str) -> str:
        """An address that works for a while."""


class PageShelf(Protocol):
    """Where pages are kept for a while. Every method may raise Unavailable."""

    def find(self, names: Iterable[str]) -> dict[str, KeptPlace]:
        """Where the pages of these names lie, as far as they are kept."""

    def put(self, places: Mapping[str, KeptPlace], kept_ms: int) -> None:
        """Remember where pages lie, in place of what stood there; for so long from their fetch."""

    def read(self, body: StoredBody) -> bytes:
        """Raises: NotFound."""

    def store(self, key: str, content: bytes) -> None:
        """Store what some places lie in."""


class ErrandQueue(Protocol):
    """Brings errands to workers: at least once, in no order."""

    def send(self, errands: Sequence[ReadyErrand]) -> None:
        """Raises: Unavailable: not all of them are under way."""


class Jobs(Protocol):
    """Jobs and their parts. Every method may raise Unavailable."""

    def open(self, job: Job, parts: Sequence[Part], once: Once | None) -> str | None:
        """Store a job with all its parts, and set aside what it costs, at once.

        The id of the earlier one if it was opened before.

        Raises: Conflict: the name stands for another request; InsufficientCredits.
        """

    def find(self, job_id: str) -> Job:
        """A job with what of it is done.

        Raises: NotFound.
        """

    def load(self, refs: Iterable[PartRef]) -> dict[PartRef, Work]:
        """Parts with their jobs; what is not there is left out."""

    def save(self, steps: Sequence[Step]) -> SavedSteps:
        """Each step whose beginning still stands; the others, as they stand now.

        The aftermath of a job that a step ends is written with it, here and in `end`.
        """

    def tally(self, job: Job) -> Tally:
        """What of a job is done, summed over its parts."""

    def begin(self, job: Job) -> None:
        """Remember that a large job is being worked on."""

    def end(self, job: Job) -> bool:
        """Store how a large job ended; False if it had ended before."""

    def look_again(self, ref: PartRef, at_ms: int) -> None:
        """Have `due` name a large job again, later."""

    def set_aside(self, ref: PartRef, now_ms: int) -> None:
        """Have `due` never name a part again whose job was never opened, once that is certain."""

    def due(self, now_ms: int, limit: int) -> list[PartRef]:
        """What somebody should look at; a large job itself reads as its part 0."""
