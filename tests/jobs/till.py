"""An account with credits beside a workshop, and what its books say."""

from dataclasses import dataclass
from typing import Any

from tests.furnished import TABLE, create_accounts_table
from tests.jobs.workshop import ACCOUNT, AT_ONCE, Workshop
from webferry.adapters.dynamodb.accounts import DynamoAccounts
from webferry.adapters.dynamodb.items import unpacked
from webferry.adapters.dynamodb.table import Table
from webferry.adapters.dynamodb.wallets import DynamoWallets
from webferry.domain.accounts import Account
from webferry.domain.credits import EntryKind, LedgerEntry, Wallet
from webferry.domain.jobs import Job, JobKind
from webferry.domain.webhooks import delivery_id
from webferry.usecases.submit_job import JobOrder

TOOL = "web-scraper"
RECEIVER = "https://receiver.example/hook"


@dataclass(frozen=True)
class Till:
    """Submits paid jobs and reads what became of their credits."""

    workshop: Workshop
    wallets: DynamoWallets

    @classmethod
    def of(cls, workshop: Workshop, credits: int = 50, account: str = ACCOUNT) -> "Till":
        create_accounts_table(workshop.session)
        table = Table(workshop.dynamodb, TABLE)
        till = cls(workshop, DynamoWallets(table))
        till.open_account(account, credits)
        return till

    def open_account(self, account_id: str, credits: int) -> None:
        table = Table(self.workshop.dynamodb, TABLE)
        account = Account(account_id, f"{account_id}@example.com", 1)
        entry = LedgerEntry(EntryKind.WELCOME, "sign-up", credits, 1)
        assert DynamoAccounts(table).open(account, password="x", secret=b"x", entry=entry)

    def order(self, *urls: str, account: str = ACCOUNT, price: int = 1) -> JobOrder:
        kind, urls = JobKind.SCRAPE, urls or ("http://a/good",)
        return JobOrder(kind, account, urls, "{}", AT_ONCE, TOOL, price, RECEIVER)

    def submit(self, *urls: str, account: str = ACCOUNT, price: int = 1) -> Job:
        return self.workshop.engine.submit.job(self.order(*urls, account=account, price=price))

    def wallet(self, account: str = ACCOUNT) -> tuple[int, int]:
        wallet: Wallet = self.wallets.read(account)
        return wallet.balance, wallet.held

    def entries(self, job: Job | None = None) -> list[tuple[str, int]]:
        """What the ledger says, in the order in which it happened."""
        items = [
            item
            for item in self.items(TABLE)
            if item["sk"].startswith("ledger#") and (not job or item["reference"] == job.id)
        ]
        items.sort(key=lambda item: item["sk"])
        return [(item["kind"], item["credits"]) for item in items]

    def free_runs_used(self) -> int:
        items = self.items(TABLE)
        return sum(item["used"] for item in items if item["sk"].startswith("free#"))

    def delivery(self, job: Job) -> dict[str, Any] | None:
        """What is owed for a job."""
        found = [item for item in self.items("Jobs") if item["pk"] == delivery_id(job.id)]
        return found[0] if found else None

    def items(self, table: str) -> list[dict[str, Any]]:
        client: Any = self.workshop.session.client("dynamodb")
        pages = client.get_paginator("scan").paginate(TableName=table)
        return [unpacked(item) for page in pages for item in page["Items"]]
