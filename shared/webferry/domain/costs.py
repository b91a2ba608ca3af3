"""Costs: what a task used up, and the one price table that turns it into money.

The prices are AWS's list prices for us-east-1 on arm64, without any free allowance. What comes in
over the network is free, so requests and bytes are recorded but priced at nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

_NANO_USD = 1_000_000_000
_MB_MS_PER_GB_S = 1024 * 1000


@dataclass(frozen=True, slots=True)
class TaskCost:
    """What one task used up: its share of the function's time, and what it sent and received."""

    mb_ms: int = 0
    requests: int = 0
    received_bytes: int = 0


@dataclass(slots=True)
class Bill:
    """What other functions did for a task, in megabytes times milliseconds."""

    mb_ms: float = 0.0


_bill: ContextVar[Bill | None] = ContextVar("bill", default=None)


@contextmanager
def billing() -> Iterator[Bill]:
    """The bill of what is done in the block, failures included; not of what is done beside it."""
    bill = Bill()
    before = _bill.set(bill)
    try:
        yield bill
    finally:
        _bill.reset(before)


def note_cost(mb_ms: float) -> None:
    """Add to the bill of whoever asked for this; nobody's if it was no task."""
    bill = _bill.get()
    if bill is not None:
        bill.mb_ms += mb_ms


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices as of one day; a job is counted by the table it was opened under.

    `part_nano_usd` is what the tasks of a part share: 9.6 write units (0.625 USD per million) to
    open, claim and end it, index entries and doubled transactions included. `task_nano_usd` is what
    each adds besides computing: three queue requests (0.4 USD per million, ten letters each), its
    1.3 write units, its share of a stored object (5 USD per million, ten results each), and 4 write
    units for the page that is remembered. Measured by `tests/jobs/test_costs.py`.
    """

    gb_second_nano_usd: float
    task_nano_usd: int
    part_nano_usd: int = 0
    request_nano_usd: int = 0
    received_gb_nano_usd: int = 0

    def nano_usd(self, cost: TaskCost, companions: int = 1) -> int:
        """The price of one of so many tasks of a part, rounded up so that no task is free."""
        computing = cost.mb_ms / _MB_MS_PER_GB_S * self.gb_second_nano_usd
        requests = cost.requests * self.request_nano_usd
        traffic = cost.received_bytes / 1e9 * self.received_gb_nano_usd
        share = self.part_nano_usd / companions
        return self.task_nano_usd + requests + ceil(computing + traffic + share)


PRICE_TABLES: Mapping[str, PriceTable] = MappingProxyType(
    {
        "2026-11": PriceTable(gb_second_nano_usd=13_333.4, task_nano_usd=120 + 6250 + 500),
        "2026-11-21": PriceTable(
            gb_second_nano_usd=13_333.4,
            task_nano_usd=120 + 812 + 500 + 2500,
            part_nano_usd=6000,
        ),
    }
)
CURRENT_PRICES = "2026-11-21"


def usd(nano_usd: int) -> float:
    """An amount as people read it."""
    return nano_usd / _NANO_USD
