"""Sockets of credits and of lists of jobs: what is read back of them."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from webferry.domain.credits import LedgerEntry, Pot, Refund
from webferry.domain.packs import Pack, Purchase


class Ledgers(Protocol):
    """Ledgers, read only: what moves credits writes its entries itself. May raise Unavailable."""

    def page(
        self, account_id: str, after: str | None, limit: int
    ) -> tuple[list[LedgerEntry], str | None]:
        """Entries, the newest first, and the place after which to go on, if there are more."""

    def entries(self, account_id: str) -> list[LedgerEntry]:
        """All of them, the oldest first."""

    def pots(self, account_id: str) -> Mapping[Pot, int]:
        """What the wallet says.

        Raises: NotFound: no such account.
        """

    def free_runs_used(self, account_id: str, day: str) -> Mapping[str, int]:
        """By tool, how many of the free runs of a day are used."""

    def accounts(self) -> Iterator[str]:
        """Everybody who has a wallet."""


class JobLists(Protocol):
    """The tool jobs of an account."""

    def page(
        self, account_id: str, after: tuple[int, str] | None, limit: int
    ) -> list[tuple[int, str]]:
        """When they were opened, and their ids, the newest first, after that one.

        Raises: Unavailable.
        """


class Refunds(Protocol):
    """Takes back credits whose money went back."""

    def take(self, refund: Refund, now_ms: int) -> int | None:
        """How many credits were taken, all that are left at most; None if it was done before.

        Raises: NotFound: no such account; Unavailable.
        """


class Payments(Protocol):
    """Takes money for packs."""

    @property
    def missing(self) -> str:
        """What to configure to sell packs; empty where they are sold."""

    async def checkout(self, pack: Pack, account_id: str, back_url: str) -> str:
        """The address at which an account pays for a pack.

        Raises: Unavailable.
        """

    def read(self, message: bytes, signature: str) -> Purchase | Refund | None:
        """What a message of the payment service says was bought, or given back; None if neither.

        Raises: InvalidRequest: the message is not the service's own, or too old; Unavailable.
        """
