"""Reads an account's books: the pots, the free runs left today, the entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from webferry.credit_ports import Ledgers
from webferry.domain.credits import FREE_RUNS_PER_DAY, LedgerEntry, Pot
from webferry.domain.days import day_after_ms, utc_day
from webferry.ports import Clock


@dataclass(frozen=True, slots=True)
class BooksNow:
    """What is in each pot, and the free runs that are left of each tool until the day is over."""

    pots: Mapping[Pot, int]
    free_runs: Mapping[str, int]
    resets_at_ms: int


@dataclass(frozen=True, slots=True)
class ReadBooks:
    """Everything as of this moment."""

    ledgers: Ledgers
    clock: Clock

    def __call__(self, account_id: str, tools: Iterable[str]) -> BooksNow:
        """Raises: NotFound, Unavailable."""
        now_ms = self.clock.now_ms()
        used = self.ledgers.free_runs_used(account_id, utc_day(now_ms))
        left = {tool: max(0, FREE_RUNS_PER_DAY - used.get(tool, 0)) for tool in tools}
        return BooksNow(self.ledgers.pots(account_id), left, day_after_ms(now_ms))

    def entries(
        self, account_id: str, after: str | None, limit: int
    ) -> tuple[list[LedgerEntry], str | None]:
        """The newest first, and where to go on.

        Raises: Unavailable.
        """
        return self.ledgers.page(account_id, after, limit)
