"""What passes by itself is told apart from what does not."""

import pytest
from botocore.exceptions import ClientError

from webferry.adapters.aws_errors import translated
from webferry.domain.errors import Unavailable


def failure(code: str, status: int) -> ClientError:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "Anything")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("SlowDown", 503),
        ("InternalError", 500),
        ("a name of next year", 502),
        ("ThrottlingException", 400),
        ("ProvisionedThroughputExceededException", 400),
    ],
)
def test_a_bad_moment_of_a_service_is_a_reason_to_try_again(code: str, status: int) -> None:
    with pytest.raises(Unavailable), translated():
        raise failure(code, status)


@pytest.mark.parametrize(
    ("code", "status"), [("ValidationException", 400), ("AccessDeniedException", 400)]
)
def test_a_mistake_of_ours_is_not_hidden(code: str, status: int) -> None:
    with pytest.raises(ClientError), translated():
        raise failure(code, status)
