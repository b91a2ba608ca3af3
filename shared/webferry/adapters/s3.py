"""Bodies as objects of a bucket, which forgets them when no job can lead to them any more."""

from collections.abc import Callable
from typing import Any, Protocol

from botocore.exceptions import ClientError

from webferry.adapters.aws_errors import translated
from webferry.domain.errors import NotFound


class S3Client(Protocol):
    """The part of the S3 client that we use."""

    def generate_presigned_url(self, method: str, **request: object) -> str:
        """The client's own."""

    def put_object(self, **request: object) -> dict[str, Any]:
        """The API's own call."""

    def get_object(self, **request: object) -> dict[str, Any]:
        """The API's own call."""


class S3Bodies:
    """One object holds the results of one moment; a result is a stretch of it."""

    def __init__(self, client: Callable[[], S3Client], bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, content: bytes) -> None:
        """Raises: Unavailable."""
        with translated():
            self._client().put_object(Bucket=self._bucket, Key=key, Body=content)

    def get(self, key: str, start: int, length: int) -> bytes:
        """Raises: NotFound, Unavailable."""
        stretch = f"bytes={start}-{start + length - 1}"
        with translated():
            try:
                answer = self._client().get_object(Bucket=self._bucket, Key=key, Range=stretch)
            except ClientError as error:
                if error.response["Error"]["Code"] == "NoSuchKey":
                    raise NotFound("Result not found") from error
                raise
            with answer["Body"] as body:
                content: bytes = body.read()
        return content

    def put_link(self, key: str, seconds: int) -> str:
        """An address at which anybody may put this one object for a while."""
        place = {"Bucket": self._bucket, "Key": key}
        return self._client().generate_presigned_url("put_object", Params=place, ExpiresIn=seconds)
