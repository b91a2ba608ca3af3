"""Fuse box: the only place where sockets and plumbing meet."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from webferry.adapters.aes_gcm import AesGcmSealer
from webferry.adapters.argon2_passwords import Argon2Passwords
from webferry.adapters.cron_calendar import CronCalendar
from webferry.adapters.dynamodb.accounts import DynamoAccounts
from webferry.adapters.dynamodb.books import Books
from webferry.adapters.dynamodb.flows import DynamoFlows
from webferry.adapters.dynamodb.jobs import DynamoJobs
from webferry.adapters.dynamodb.keys import DynamoKeys
from webferry.adapters.dynamodb.pouches import DynamoPouches
from webferry.adapters.dynamodb.table import Table
from webferry.adapters.dynamodb.wallets import DynamoWallets
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.page_shelf import AwsPageShelf
from webferry.adapters.s3 import S3Bodies
from webferry.adapters.s3_pictures import S3Pictures
from webferry.adapters.secrets_manager import SecretsManagerPepper
from webferry.adapters.sqs import SqsErrandQueue
from webferry.adapters.system import SystemChance, SystemClock
from webferry.cloud_wiring import Cloud
from webferry.domain.jobs import JobKind
from webferry.model_wiring import Models
from webferry.ports import Fetcher
from webferry.settings import Settings, lanes_of
from webferry.surroundings import missing_browser
from webferry.traffic_wiring import Reception
from webferry.usecases.authenticate import Authenticate
from webferry.usecases.disable_account import DisableAccount
from webferry.usecases.enable_account import EnableAccount
from webferry.usecases.find_account import FindAccount
from webferry.usecases.flow_desk import FlowDesk
from webferry.usecases.grant_credits import GrantCredits
from webferry.usecases.issue_key import IssueKey
from webferry.usecases.job_engine import JobEngine
from webferry.usecases.list_keys import ListKeys
from webferry.usecases.open_account import OpenAccount
from webferry.usecases.read_credits import ReadCredits
from webferry.usecases.revoke_key import RevokeKey
from webferry.usecases.run_page_errands import RunPageErrands
from webferry.usecases.scraping import Scraping
from webferry.webhook_wiring import PostOffice

if TYPE_CHECKING:
    from webferry.adapters.lambda_renderer import LambdaRenderer

clock = SystemClock()
chance = SystemChance()


@dataclass(frozen=True)
class House(Cloud):
    """Every use case, furnished when it is first asked for."""

    @cached_property
    def authenticate(self) -> Authenticate:
        """The text of a key → its caller."""
        return Authenticate(self._keys, self._pepper, clock)

    @cached_property
    def reception(self) -> Reception:
        """What is remembered of requests."""
        return Reception(
            self.settings,
            lambda: self.dynamodb,
            lambda: self._s3,
            lambda: self._pepper,
            chance,
            clock,
        )

    @cached_property
    def open_account(self) -> OpenAccount:
        """Email and password → a new account."""
        sealer = AesGcmSealer(self._pepper, chance)
        return OpenAccount(self._accounts, Argon2Passwords(), sealer, chance, clock)

    @cached_property
    def find_account(self) -> FindAccount:
        """An id or an email → the account."""
        return FindAccount(self._accounts)

    @cached_property
    def disable_account(self) -> DisableAccount:
        """Switch an account off."""
        return DisableAccount(self._accounts)

    @cached_property
    def enable_account(self) -> EnableAccount:
        """Switch an account on again."""
        return EnableAccount(self._accounts)

    @cached_property
    def issue_key(self) -> IssueKey:
        """A caller and a name → a new key."""
        return IssueKey(self._keys, self._pepper, chance, clock)

    @cached_property
    def list_keys(self) -> ListKeys:
        """An account → its keys, the newest first."""
        return ListKeys(self._keys)

    @cached_property
    def revoke_key(self) -> RevokeKey:
        """Void a key of an account."""
        return RevokeKey(self._keys)

    @cached_property
    def grant_credits(self) -> GrantCredits:
        """Give credits to an account, once per reference."""
        return GrantCredits(self._wallets, clock)

    @cached_property
    def read_credits(self) -> ReadCredits:
        """An account → its wallet."""
        return ReadCredits(self._wallets)

    @cached_property
    def scraping(self) -> Scraping:
        """Pages: now, and by jobs."""
        bodies = S3Bodies(lambda: self._s3, self.settings.pages_bucket)
        return Scraping(
            fetcher=lambda: self._fetcher,
            renderer=lambda: self._renderer,
            shelf=AwsPageShelf(WideTable(self.dynamodb, self.settings.traffic_table), bodies),
            pictures=S3Pictures(lambda: self._s3, self.settings.pages_bucket, chance),
            sealer=AesGcmSealer(self._pepper, chance),
            answer_prompt=self.models.answer_prompt,
            chance=chance,
            clock=clock,
            images=lambda: self.models.images,
            sites=self.settings.shop.tool_sites,
            read_records=self.models.read_records,
        )

    @cached_property
    def job_engine(self) -> JobEngine:
        """Jobs: submit, read, cancel, watch over."""
        books = Books(self.settings.accounts_table, self.settings.flows_table)
        jobs = DynamoJobs(WideTable(self.dynamodb, self.settings.jobs_table), books)
        queue = SqsErrandQueue(lambda: self._sqs, self.settings.page_tasks_queue, clock)
        bodies = S3Bodies(lambda: self._s3, self.settings.pages_bucket)
        return JobEngine(jobs, queue, bodies, chance, clock, self.settings.billing)

    @cached_property
    def flow_desk(self) -> FlowDesk:
        """Flows: describe, run, watch, read what came of it."""
        table = WideTable(self.dynamodb, self.settings.flows_table)
        flows, pouches = DynamoFlows(table), DynamoPouches(table)
        # Whoever only starts what is due has no business with the pepper.
        return FlowDesk(
            flows,
            self.job_engine,
            CronCalendar(),
            pouches,
            lambda: AesGcmSealer(self._pepper, chance),
            clock,
        )

    @cached_property
    def page_worker(self) -> RunPageErrands:
        """Errands of pages → their results."""
        from webferry.adapters.lambda_walker import LambdaWalker

        bodies = S3Bodies(lambda: self._s3, self.settings.pages_bucket)
        flow = self.flow_desk.runner(self.scraping, LambdaWalker(self._renderer, bodies))
        page, tool = self.scraping.task, self.scraping.tool
        run = self.job_engine.worker({JobKind.SCRAPE: page, JobKind.TOOL: tool, JobKind.FLOW: flow})
        return self.scraping.worker(run)

    @cached_property
    def post_office(self) -> PostOffice:
        """Webhooks, and the events of the bus."""
        # Whoever only tells of ends has no business with the pepper.
        return PostOffice(
            self.settings, self.client, lambda: AesGcmSealer(self._pepper, chance), chance, clock
        )

    @cached_property
    def models(self) -> Models:
        """Answers to prompts, and records, with a model where one is configured."""
        return Models(self.settings, lambda: self.client("secretsmanager"))

    @cached_property
    def _accounts(self) -> DynamoAccounts:
        return DynamoAccounts(self._accounts_table)

    @cached_property
    def _keys(self) -> DynamoKeys:
        return DynamoKeys(self._accounts_table)

    @cached_property
    def _wallets(self) -> DynamoWallets:
        return DynamoWallets(self._accounts_table)

    @cached_property
    def _accounts_table(self) -> Table:
        return Table(self.dynamodb, self.settings.accounts_table)

    @cached_property
    def _pepper(self) -> SecretsManagerPepper:
        return SecretsManagerPepper(self.client("secretsmanager"), self.settings.key_pepper_secret)

    @cached_property
    def _fetcher(self) -> Fetcher:
        # TLS, HTTP/2 and the decoders: only the first page needs them, and health does not wait.
        from webferry.adapters.http_fetcher import HttpFetcher

        return HttpFetcher(EgressGuard(Allowance.parse(self.settings.egress_allow)), clock)

    @cached_property
    def _renderer(self) -> "LambdaRenderer":
        from webferry.adapters.lambda_renderer import LambdaRenderer, fleet_of

        missing, memory_mb = missing_browser(self.settings), self.settings.browser_memory_mb
        fleet = fleet_of(memory_mb, lanes_of(memory_mb))
        return LambdaRenderer(lambda: self._lambda, self.settings.browser_function, missing, fleet)


@cache
def house() -> House:
    """The house of this process, as its environment describes it.

    Raises: MissingSettings.
    """
    return House(Settings.of_process())
