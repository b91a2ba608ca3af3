"""What the engine answered: the code of a refusal, or many answers to many callers at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import ClientError

OK = "ok"
CROWD = 32


def code_of(call: Callable[[], object]) -> str:
    """The code of the error the engine answered with, or "ok"."""
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return OK


def crowd(call: Callable[[int], object], *, calls: int = CROWD) -> list[str]:
    """The answers to that many calls, made by 32 threads at once."""
    with ThreadPoolExecutor(CROWD) as threads:
        return list(threads.map(lambda number: code_of(lambda: call(number)), range(calls)))
