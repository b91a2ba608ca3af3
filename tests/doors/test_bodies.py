"""What a body may be, and what a bad one meets."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.doors.all_doors import every_door, message_of
from tests.doors.knocking import Handler, knock

DEEP = b'{"input":' + b"[" * 100_000
BAD_BODIES: list[tuple[bytes, int]] = [
    (b"", 400),
    (b"{", 400),
    (b'{"name":"a","name":"b"}', 400),
    (b'{"urls":[NaN]}', 400),
    (b'{"urls":[-Infinity]}', 400),
    (b'{"urls":[1e999]}', 400),
    (b'{"urls":[' + b"9" * 5000 + b"]}", 400),
    (b'{"urls":["\\ud800"],"name":"\\ud800"}', 400),
    (b'"\xff"', 400),
    (b"\xef\xbb\xbf{}", 400),
    (b"null", 400),
    (b"[]", 400),
    (b"1", 400),
    (DEEP, 400),
    (DEEP + b"]" * 100_000 + b"}", 400),
    (b'{"input":' + b"[" * 65 + b"]" * 65 + b"}", 400),
    (b'{"name":"' + b"x" * 1024 * 1024 + b'"}', 413),
]


@pytest.mark.promise("dialect.error.bad-json", "request.size")
@pytest.mark.parametrize(("body", "status"), BAD_BODIES, ids=range(len(BAD_BODIES)))
@every_door
def test_a_bad_body_is_a_clear_4xx_in_the_dialects_form(
    key: str, handler: Handler, event: str, with_body: str, body: bytes, status: int
) -> None:
    answer = knock(handler, with_body, key=key, body=body)

    assert answer.status == status
    assert message_of(answer)


@every_door
def test_another_content_type_is_a_415_and_none_is_taken_for_json(
    key: str, handler: Handler, event: str, with_body: str
) -> None:
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "json", "x" * 9000):
        answer = knock(handler, with_body, key=key, headers={"content-type": content_type})
        assert (answer.status, bool(message_of(answer))) == (415, True)
    usual = knock(handler, with_body, key=key, headers={"content-type": "Application/JSON; a=b"})
    absent = knock(handler, with_body, key=key, headers={"content-type": None})
    assert usual.status == absent.status != 415


# One list for all: what is right at one door is wrong at the others.
FIELDS = st.sampled_from(
    [
        "urls",
        "mode",
        "format",
        "config",
        "timeoutMs",
        "jitterMs",
        "min",
        "prompt",
        "input",
        "url",
        "webhookUrl",
        "name",
        "scopes",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
    | st.sampled_from(["sync", "both", "http://127.0.0.1/", "flows:read", "file:///"]),
    lambda children: st.lists(children, max_size=6) | st.dictionaries(FIELDS, children),
    max_leaves=12,
)


@every_door
@settings(max_examples=60, deadline=None)
@given(body=VALUES | st.dictionaries(FIELDS, VALUES))
def test_no_json_at_all_is_a_fault_of_ours(
    key: str, handler: Handler, event: str, with_body: str, body: object
) -> None:
    answer = knock(handler, with_body, key=key, body=json.dumps(body).encode())

    assert answer.status in (201, 400, 403, 503), answer.text
