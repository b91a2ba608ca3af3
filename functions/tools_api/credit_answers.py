"""Wire shapes of the tools dialect: credits."""

from typing import Annotated, Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from webferry.domain.credits import EntryKind, LedgerEntry, Pot
from webferry.domain.job_events import iso_ms
from webferry.domain.packs import Pack
from webferry.domain.urls import MAX_URL_BYTES
from webferry.usecases.read_books import BooksNow
from webferry.web.wire import Wire


class Credits(Wire):
    """What can be spent, what open jobs hold, and each tool's free runs left until a moment."""

    balance: int
    held: int
    spent: int
    free_runs: dict[str, int]
    resets_at: str

    @classmethod
    def of(cls, books: BooksNow) -> Self:
        """The books, as they stand."""
        return cls(
            balance=books.pots[Pot.BALANCE],
            held=books.pots[Pot.HELD],
            spent=books.pots[Pot.SPENT],
            free_runs=dict(books.free_runs),
            resets_at=iso_ms(books.resets_at_ms),
        )


class CreditsAnswer(Wire):
    """The wallet."""

    data: Credits


class PackOut(Wire):
    """Credits as they are sold; the price is in hundredths of the currency."""

    id: str
    credits: int
    price_cents: int
    currency: str
    available: bool
    unavailable_reason: str | None

    @classmethod
    def of(cls, pack: Pack, missing: str) -> Self:
        """The pack, and whether it can be bought here."""
        return cls(
            id=pack.id,
            credits=pack.credits,
            price_cents=pack.price_cents,
            currency=pack.currency,
            available=not missing,
            unavailable_reason=missing or None,
        )


class PackList(Wire):
    """What can be bought."""

    data: list[PackOut]


class BuyPack(Wire):
    """Where to come back to after paying, or not paying."""

    return_url: Annotated[str | None, Field(min_length=1, max_length=MAX_URL_BYTES)] = None


class Checkout(Wire):
    """Where to pay."""

    checkout_url: str


class CheckoutAnswer(Wire):
    """An opened payment."""

    data: Checkout


class EntryOut(Wire):
    """One movement: `credits` went from one pot to another, because of `reference`."""

    kind: EntryKind
    credits: int
    source: Pot
    target: Pot
    reference: str
    tool_slug: str | None
    created_at: str

    @classmethod
    def of(cls, entry: LedgerEntry) -> Self:
        """The entry, as it was written."""
        source, target = entry.kind.way
        return cls(
            kind=entry.kind,
            credits=entry.credits,
            source=source,
            target=target,
            reference=entry.reference,
            tool_slug=entry.tool or None,
            created_at=iso_ms(entry.created_at_ms),
        )


class Ledger(Wire):
    """Entries; `nextCursor` brings those before."""

    data: list[EntryOut]
    next_cursor: str | SkipJsonSchema[None] = None
