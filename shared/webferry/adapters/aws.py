"""How every AWS client of ours is made: to fail soon rather than late."""

from typing import Any

import boto3
from botocore.config import Config

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 4},
    # Our own code builds every request; checking them again costs 8 % of a call.
    parameter_validation=False,
)
_OWN = {
    # A function answers when its work is done, and work must not be asked for twice.
    "lambda": _CONFIG.merge(Config(read_timeout=130, retries={"total_max_attempts": 1})),
    # Links signed the old way never expire.
    "s3": _CONFIG.merge(Config(signature_version="s3v4")),
}


def client(service: str, session: boto3.Session | None = None) -> Any:  # noqa: ANN401
    """A low-level client, of the environment's own session unless another is given."""
    maker: Any = session or boto3.Session()
    return maker.client(service, config=_OWN.get(service, _CONFIG))
