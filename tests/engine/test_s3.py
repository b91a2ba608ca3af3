"""Objects: presigned addresses that expire, ranges, writes under a condition, listing."""

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.engine.account import Account
from tests.engine.answers import CROWD, OK, code_of, crowd
from tests.engine.waiting import wait_until

BODY = b"0123456789"


def test_a_presigned_address_works_without_credentials_until_it_expires(account: Account) -> None:
    address = presigned(account, a_bucket_with_one_object(account), expires_in_s=3)

    assert get(address) == (200, BODY)
    assert wait_until(lambda: get(address)[0] != 200, 10)

    status, body = get(address)
    assert status == 403
    assert b"Request has expired" in body


def test_a_presigned_address_is_for_its_object_only(account: Account) -> None:
    address = presigned(account, a_bucket_with_one_object(account), expires_in_s=60)

    status, body = get(address.replace("/one?", "/two?"))

    assert status == 403
    assert b"SignatureDoesNotMatch" in body


def test_another_account_cannot_read_a_bucket(account: Account) -> None:
    bucket = a_bucket_with_one_object(account)
    stranger = Account(account.engine).client("s3")

    assert code_of(lambda: stranger.get_object(Bucket=bucket, Key="one")) == "AccessDenied"


def test_a_part_of_an_object_can_be_read(account: Account) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")

    def read(byte_range: str) -> tuple[bytes, str]:
        answer = s3.get_object(Bucket=bucket, Key="one", Range=f"bytes={byte_range}")
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
        with answer["Body"] as body:
            return body.read(), answer["ContentRange"]

    assert read("2-4") == (b"234", "bytes 2-4/10")
    assert read("7-") == (b"789", "bytes 7-9/10")
    assert read("-3") == (b"789", "bytes 7-9/10")
    assert code_of(lambda: read("50-60")) == "InvalidRange"


def test_a_put_that_must_be_the_first_is_refused_afterwards(account: Account) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")

    def put(key: str) -> str:
        return code_of(lambda: s3.put_object(Bucket=bucket, Key=key, Body=b"x", IfNoneMatch="*"))

    assert put("one") == "PreconditionFailed"
    assert put("two") == OK


def test_of_a_crowd_putting_the_first_object_one_succeeds(account: Account) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")

    answers = crowd(
        lambda number: s3.put_object(
            Bucket=bucket, Key="race", Body=str(number).encode(), IfNoneMatch="*"
        )
    )

    # AWS answers some of them with ConditionalRequestConflict instead.
    assert sorted(answers) == ["PreconditionFailed"] * (CROWD - 1) + [OK]


def test_a_put_can_ask_for_the_version_it_replaces(account: Account) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")
    etag = s3.head_object(Bucket=bucket, Key="one")["ETag"]

    def put() -> str:
        return code_of(lambda: s3.put_object(Bucket=bucket, Key="one", Body=b"new", IfMatch=etag))

    assert put() == OK
    assert put() == "PreconditionFailed"


@pytest.mark.parametrize("operation", ["get_object", "head_object"])
def test_a_missing_object_is_not_found(account: Account, operation: str) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")

    answer = code_of(lambda: getattr(s3, operation)(Bucket=bucket, Key="none"))

    assert answer in {"NoSuchKey", "404"}


def test_a_listing_goes_on_where_it_stopped(account: Account) -> None:
    bucket, s3 = a_bucket_with_one_object(account), account.client("s3")
    keys = [f"pages/{number}" for number in range(5)]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")

    pages = s3.get_paginator("list_objects_v2").paginate(
        Bucket=bucket, Prefix="pages/", PaginationConfig={"PageSize": 2}
    )

    assert [[found["Key"] for found in page["Contents"]] for page in pages] == [
        keys[:2],
        keys[2:4],
        keys[4:],
    ]


def a_bucket_with_one_object(account: Account) -> str:
    bucket, s3 = f"probe-{account.number}", account.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="one", Body=BODY, ContentType="text/plain")
    return bucket


def presigned(account: Account, bucket: str, *, expires_in_s: int) -> str:
    address: str = account.client("s3").generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": "one"}, ExpiresIn=expires_in_s
    )
    return address


def get(address: str) -> tuple[int, Any]:
    where = urlsplit(address)
    assert where.hostname is not None
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
    try:
        connection.request("GET", f"{where.path}?{where.query}")
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
