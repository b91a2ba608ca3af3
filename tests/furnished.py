"""A house on the engine: a fresh account, its table and its pepper, and every use case."""

from dataclasses import dataclass
from typing import Any, Protocol

from boto3 import Session

from webferry.domain.keys import Caller
from webferry.settings import Settings
from webferry.wiring import House

TABLE = "Accounts"
JOBS_TABLE = "Jobs"
SENDER = "webhook_sender"
DELIVERY = "webhook-delivery"
TRAFFIC_TABLE = "Traffic"
FLOWS_TABLE = "Flows"
GRANTS_TABLE = "Grants"
PEPPER_SECRET = "KeyPepper"
PASSWORD = "correct horse battery"


class Engine(Protocol):
    """What these tests need of the engine."""

    @property
    def endpoint(self) -> str: ...

    def session(self) -> Session: ...


@dataclass(frozen=True)
class Furnished:
    """A house, and the environment variables that would lead a function to it."""

    house: House
    session: Session
    environment: dict[str, str]

    def open_account(self, email: str) -> Caller:
        """A new account's operator."""
        return Caller.operator(self.house.open_account(email, PASSWORD).account.id)

    def key_of(self, email: str) -> str:
        """A key with every scope, of a new account."""
        return self.house.issue_key(self.open_account(email), "First key").text


def furnish(engine: Engine, *, egress_allow: str = "") -> Furnished:
    """Create what the template would create, in an account of its own."""
    session = engine.session()
    create_accounts_table(session)
    _create_plain_table(session, TRAFFIC_TABLE)
    _create_plain_table(session, GRANTS_TABLE)
    _create_flows_table(session)
    session.client("secretsmanager").create_secret(Name=PEPPER_SECRET, SecretString="p" * 64)
    named = {
        "WEBFERRY_ACCOUNTS_TABLE": TABLE,
        "WEBFERRY_KEY_PEPPER_SECRET": PEPPER_SECRET,
        "WEBFERRY_TRAFFIC_TABLE": TRAFFIC_TABLE,
        "WEBFERRY_FLOWS_TABLE": FLOWS_TABLE,
        "WEBFERRY_RATE_LIMITS": "60000/5000,60000/5000",
        "WEBFERRY_GRANTS_TABLE": GRANTS_TABLE,
        "WEBFERRY_EGRESS_ALLOW": egress_allow,
        **create_job_plumbing(session),
    }
    credentials = session.get_credentials()
    assert credentials is not None
    aws = {
        "AWS_ENDPOINT_URL": engine.endpoint,
        "AWS_ACCESS_KEY_ID": str(credentials.access_key),
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    return Furnished(House.of(Settings.from_env(named), session), session, named | aws)


def create_accounts_table(session: Session) -> None:
    """The table of accounts, their keys and their credits."""
    _create_plain_table(session, TABLE)


def _create_plain_table(session: Session, name: str) -> None:
    session.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
    )


def create_job_plumbing(session: Session) -> dict[str, str]:
    """Table, bucket and queue of jobs; the variables that name them."""
    keys = {"pk": "S", "sk": "S", "listed_for": "S", "created_at_ms": "N"}
    names = {**keys, "due_shelf": "S", "due_at_ms": "N"}
    session.client("dynamodb").create_table(
        TableName=JOBS_TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in names.items()
        ],
        GlobalSecondaryIndexes=[
            _index("by_due", "due_shelf", "due_at_ms"),
            _index("by_owner", "listed_for", "created_at_ms"),
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    credentials = session.get_credentials()
    assert credentials is not None
    bucket = f"pages-{credentials.access_key}"
    session.client("s3").create_bucket(Bucket=bucket)
    queue = session.client("sqs").create_queue(QueueName="PageTasks")
    arn = f"arn:aws:states:us-east-1:{credentials.access_key}:stateMachine:{DELIVERY}"
    return {
        "WEBFERRY_WEBHOOK_SENDER": SENDER,
        "WEBFERRY_WEBHOOK_DELIVERY": arn,
        "WEBFERRY_EVENT_BUS": "default",
        "WEBFERRY_PUBLIC_URL": "https://api.example.com",
        "WEBFERRY_JOBS_TABLE": JOBS_TABLE,
        "WEBFERRY_PAGES_BUCKET": bucket,
        "WEBFERRY_PAGE_TASKS_QUEUE": queue["QueueUrl"],
    }


def _create_flows_table(session: Session) -> None:
    names = {"pk": "S", "sk": "S", "due_shelf": "S", "due_at_ms": "N"}
    session.client("dynamodb").create_table(
        TableName=FLOWS_TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": kind} for name, kind in names.items()
        ],
        GlobalSecondaryIndexes=[_index("by_due", "due_shelf", "due_at_ms")],
    )


def _index(name: str, partition: str, order: str) -> Any:
    keys_only = {"ProjectionType": "KEYS_ONLY"}
    return {"IndexName": name, "KeySchema": _keys(partition, order), "Projection": keys_only}


def _keys(partition: str, order: str) -> Any:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": order, "KeyType": "RANGE"},
    ]
