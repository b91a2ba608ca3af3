"""Fuse box of webhooks: who tells of a job's end, who sends, who retries, who may ask for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webferry.adapters.dynamodb.books import Books
from webferry.adapters.dynamodb.buckets import DynamoBuckets
from webferry.adapters.dynamodb.changes import changes_of
from webferry.adapters.dynamodb.dispatches import DynamoDispatches
from webferry.adapters.dynamodb.jobs import DynamoJobs
from webferry.adapters.dynamodb.signing_secrets import DynamoSecretStore
from webferry.adapters.dynamodb.slow_receivers import DynamoSlowReceivers
from webferry.adapters.dynamodb.wide_table import WideTable
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard
from webferry.adapters.event_bridge import EventBridgeBus
from webferry.adapters.lambda_senders import LambdaSenders
from webferry.adapters.s3 import S3Bodies
from webferry.adapters.s3_pictures import S3Pictures
from webferry.adapters.step_functions import StepFunctionsDrivers
from webferry.ports import Chance, Clock, Sealer
from webferry.settings import Settings
from webferry.usecases.compose_payload import ComposePayload
from webferry.usecases.deliver_webhook import DeliverWebhook
from webferry.usecases.drive_deliveries import DriveDeliveries
from webferry.usecases.freeze_payload import FreezePayload
from webferry.usecases.list_deliveries import ListDeliveries
from webferry.usecases.read_results import ReadResults
from webferry.usecases.read_tool_result import ReadToolResult
from webferry.usecases.send_again import SendAgain, SendTest
from webferry.usecases.send_deliveries import SendDeliveries
from webferry.usecases.signing_secrets import ReadSigningSecrets, RotateSigningSecret
from webferry.usecases.spare_senders import SpareSenders
from webferry.usecases.tell_ends import TellEnds
from webferry.webhook_ports import Poster


@dataclass(frozen=True)
class PostOffice:
    """Each function is told only what it needs, and furnishes only what it uses."""

    settings: Settings
    client: Callable[[str], Any]
    make_sealer: Callable[[], Sealer]
    chance: Chance
    clock: Clock

    def tell(self, records: Iterable[Mapping[str, Any]]) -> int:
        """Records of the stream → events and webhooks; how many nobody could read.

        Raises: Unavailable.
        """
        changes = changes_of(records)
        TellEnds(self._bus, self._senders)(changes)
        return changes.unreadable

    @cached_property
    def send(self) -> SendDeliveries:
        """Attempts: first ones in groups, later ones for the state machine."""
        bodies = S3Bodies(lambda: self._s3, self.settings.pages_bucket)
        jobs = DynamoJobs(self._jobs_table, Books(self.settings.accounts_table))
        results = ReadResults(jobs, bodies)
        pictures = S3Pictures(lambda: self._s3, self.settings.pages_bucket, self.chance)
        read = ReadToolResult(results, pictures)
        compose = ComposePayload(jobs, results, read, self.settings.public_url)
        freeze = FreezePayload(bodies, compose, self.chance)
        deliver = DeliverWebhook(
            self.dispatches,
            freeze,
            self.secrets,
            self.poster,
            self._drivers,
            self.chance,
            self.clock,
        )
        return SendDeliveries(self.dispatches, deliver, self._spare)

    @cached_property
    def drive(self) -> DriveDeliveries:
        """See to deliveries that nobody drives."""
        return DriveDeliveries(self.dispatches, self._senders, self._drivers, self.clock)

    @cached_property
    def dispatches(self) -> DynamoDispatches:
        """Deliveries on their way."""
        return DynamoDispatches(self._jobs_table)

    @cached_property
    def list_deliveries(self) -> ListDeliveries:
        """An account → its deliveries."""
        return ListDeliveries(self.dispatches)

    @cached_property
    def send_again(self) -> SendAgain:
        """A delivery, once more."""
        return SendAgain(self.dispatches, self.clock)

    @cached_property
    def send_test(self) -> SendTest:
        """A try of a receiver."""
        return SendTest(self.dispatches, self.poster, self.chance, self.clock)

    @cached_property
    def secrets(self) -> ReadSigningSecrets:
        """An account → what signs its webhooks."""
        return ReadSigningSecrets(self._secret_store, self._sealer, self.clock)

    @cached_property
    def rotate_secret(self) -> RotateSigningSecret:
        """A new secret for an account."""
        store, read = self._secret_store, self.secrets
        return RotateSigningSecret(store, self._sealer, read, self.chance, self.clock)

    @cached_property
    def poster(self) -> Poster:
        """Checks receivers, and posts to them."""
        # TLS and its roots: those who only list deliveries do not wait for them.
        from webferry.adapters.http_poster import HttpPoster

        guard = EgressGuard(Allowance.parse(self.settings.egress_allow))
        return HttpPoster(guard, self.clock)

    @cached_property
    def _spare(self) -> SpareSenders:
        traffic = WideTable(self._dynamodb, self.settings.traffic_table)
        return SpareSenders(DynamoSlowReceivers(traffic), DynamoBuckets(traffic), self.clock)

    @cached_property
    def _bus(self) -> EventBridgeBus:
        return EventBridgeBus(lambda: self._events, self.settings.event_bus)

    @cached_property
    def _senders(self) -> LambdaSenders:
        return LambdaSenders(lambda: self._lambda, self.settings.webhook_sender)

    @cached_property
    def _drivers(self) -> StepFunctionsDrivers:
        return StepFunctionsDrivers(lambda: self._machines, self.settings.webhook_delivery)

    @cached_property
    def _sealer(self) -> Sealer:
        return self.make_sealer()

    @cached_property
    def _secret_store(self) -> DynamoSecretStore:
        return DynamoSecretStore(WideTable(self._dynamodb, self.settings.accounts_table))

    @cached_property
    def _jobs_table(self) -> WideTable:
        return WideTable(self._dynamodb, self.settings.jobs_table)

    @cached_property
    def _dynamodb(self) -> Any:  # noqa: ANN401
        return self.client("dynamodb")

    @cached_property
    def _lambda(self) -> Any:  # noqa: ANN401
        return self.client("lambda")

    @cached_property
    def _machines(self) -> Any:  # noqa: ANN401
        return self.client("stepfunctions")

    @cached_property
    def _events(self) -> Any:  # noqa: ANN401
        return self.client("events")

    @cached_property
    def _s3(self) -> Any:  # noqa: ANN401
        return self.client("s3")
