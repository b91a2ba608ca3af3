"""Webhooks: the form of their signing secrets, and what of a job's end has to be delivered."""

from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum

STANDARD_PREFIX = "whsec_"
SECRET_BYTES = 32


class DeliveryEvent(StrEnum):
    """What a receiver is told."""

    COMPLETED = "job.completed"
    FAILED = "job.failed"
    TEST = "webhook.test"
    CHANGED = "flow.changed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One job's end, owed to one address; written down in the write that ends the job."""

    id: str
    account_id: str
    job_id: str
    url: str
    event: DeliveryEvent
    created_at_ms: int


def delivery_id(job_id: str) -> str:
    """A job has one delivery, so its id follows from the job's."""
    return "msg_" + job_id.removeprefix("job_").replace("-", "")


def signing_secret(random_bytes: bytes) -> str:
    """The secret made of these bytes, in the form that Standard Webhooks libraries read."""
    return STANDARD_PREFIX + b64encode(random_bytes).decode()
