"""The fuse box of the Tools API: what only its door and the operator need."""

from dataclasses import dataclass
from functools import cache, cached_property

from webferry.adapters.dynamodb.job_lists import DynamoJobLists
from webferry.adapters.dynamodb.ledger_table import LedgerTable
from webferry.adapters.dynamodb.ledgers import DynamoLedgers
from webferry.adapters.dynamodb.refunds import DynamoRefunds
from webferry.adapters.dynamodb.table import Table
from webferry.adapters.dynamodb.wallets import DynamoWallets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.secrets_manager import SecretsManagerPepper
from webferry.credit_ports import Payments
from webferry.domain.images import NO_IMAGE_MODEL
from webferry.surroundings import missing_browser
from webferry.tools.tool import Need, Tool
from webferry.usecases.list_jobs import ListJobs
from webferry.usecases.read_books import ReadBooks
from webferry.usecases.read_tool_result import ReadToolResult
from webferry.usecases.refund_credits import RefundCredits
from webferry.usecases.sell_credits import SellCredits
from webferry.usecases.verify_books import VerifyBooks
from webferry.wiring import House, clock, house


@dataclass(frozen=True)
class ToolShop:
    """The use cases around the catalogue, each furnished when it is first asked for."""

    house: House

    @cached_property
    def read_books(self) -> ReadBooks:
        """An account → its pots, its free runs, its entries."""
        return ReadBooks(self._ledgers, clock)

    @cached_property
    def verify_books(self) -> VerifyBooks:
        """An account, or everybody → whether the books are right."""
        return VerifyBooks(self._ledgers, clock)

    @cached_property
    def sell_credits(self) -> SellCredits:
        """Packs: where to pay, and the credits once it is paid."""
        wallets = DynamoWallets(Table(self.house.dynamodb, self.house.settings.accounts_table))
        return SellCredits(self.payments, wallets, self.refund_credits, clock)

    @cached_property
    def refund_credits(self) -> RefundCredits:
        """Credits whose money went back: what is left of them is taken."""
        table = WideTable(self.house.dynamodb, self.house.settings.accounts_table)
        return RefundCredits(DynamoRefunds(table), clock)

    @cached_property
    def payments(self) -> Payments:
        """Who takes the money, if anybody does."""
        # TLS: only who buys needs it.
        from webferry.adapters.stripe_checkout import DEFAULT_URL, StripeCheckout

        told = self.house.settings.shop
        secret = self._stripe_secret if told.stripe_secret else None
        return StripeCheckout(secret, clock, told.stripe_url.rstrip("/") or DEFAULT_URL)

    @cached_property
    def list_jobs(self) -> ListJobs:
        """An account → its tool jobs, the newest first."""
        lists = DynamoJobLists(WideTable(self.house.dynamodb, self.house.settings.jobs_table))
        return ListJobs(lists, self.house.job_engine.jobs, clock)

    @cached_property
    def read_result(self) -> ReadToolResult:
        """A tool job → its items, with links that work, or why there are none."""
        return ReadToolResult(self.house.job_engine.results, self.house.scraping.pictures)

    def lacks(self, tool: Tool, *, javascript: bool | None = None) -> str:
        """Why a tool cannot be run here; empty if it can."""
        if Need.BROWSER in tool.needs or javascript:
            return missing_browser(self.house.settings)
        if Need.IMAGE_MODEL in tool.needs and not self.house.settings.shop.image_model:
            return NO_IMAGE_MODEL
        return ""

    def _stripe_secret(self) -> str:
        kept = SecretsManagerPepper(
            self.house.client("secretsmanager"), self.house.settings.shop.stripe_secret
        )
        return kept.value().decode()

    @cached_property
    def _ledgers(self) -> DynamoLedgers:
        return DynamoLedgers(LedgerTable(self.house.dynamodb, self.house.settings.accounts_table))


@cache
def shop() -> ToolShop:
    """The shop of this process.

    Raises: MissingSettings.
    """
    return ToolShop(house())
