"""How the failures of AWS read to us."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions

from webferry.domain.errors import Unavailable

_BUSY = frozenset(
    {
        "InternalServerError",
        "InternalServiceError",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceException",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """What may pass by itself becomes Unavailable; what will not is a fault, and escapes.

    Raises: Unavailable.
    """
    try:
        yield
    except exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in _BUSY and not _is_its_own_fault(error):
            raise
        raise Unavailable("A service we rely on is busy") from error
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise Unavailable("A service we rely on cannot be reached") from error


def _is_its_own_fault(error: exceptions.ClientError) -> bool:
    """S3 and others have many names for a bad moment, and one number range."""
    status: int = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500
