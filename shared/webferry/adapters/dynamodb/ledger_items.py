"""Ledger entries as items of their account, in the order in which credits moved."""

from webferry.adapters.dynamodb.items import Values
from webferry.adapters.dynamodb.table import Write, put, put_new
from webferry.domain.credits import EntryKind, LedgerEntry

LEDGER = "ledger#"


def put_entry(account_id: str, entry: LedgerEntry) -> Write:
    """Writes an entry; whoever does so sees to it that it happens once."""
    return put(
        account_id,
        entry_key(entry),
        kind=entry.kind,
        reference=entry.reference,
        credits=entry.credits,
        created_at_ms=entry.created_at_ms,
        tool=entry.tool or None,
    )


def claim_entry(account_id: str, entry: LedgerEntry) -> Write:
    """Refuses an entry whose kind and reference were posted before, with what stands there."""
    return put_new(
        account_id,
        f"entry#{entry.kind}#{entry.reference}",
        credits=entry.credits,
        created_at_ms=entry.created_at_ms,
    )


def entry_key(entry: LedgerEntry) -> str:
    """Its sort key: entries of one moment stand in the order of their reference and kind."""
    return f"{LEDGER}{entry.created_at_ms:015d}#{entry.reference}#{entry.kind}"


def entry_of(item: Values) -> LedgerEntry:
    """The entry that an item says."""
    return LedgerEntry(
        EntryKind(item["kind"]),
        item["reference"],
        item["credits"],
        item["created_at_ms"],
        item.get("tool", ""),
    )
