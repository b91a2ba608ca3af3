"""JSON bodies: one meaning for every reader, or a refusal with a reason."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.errors import InvalidRequest
from webferry.web.body import parse_json

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    # What a lone surrogate would become, no other reader could tell.
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(json_values)
def test_what_json_can_say_is_read_as_it_was_meant(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary())
def test_any_bytes_are_refused_or_can_be_written_again(body: bytes) -> None:
    with suppress(InvalidRequest):
        json.dumps(parse_json(body), ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{", "Expecting property name"),
        (b'{"a":1,"a":1}', "a key appears twice"),
        (b"[NaN]", "NaN is not JSON"),
        (b"[1e999]", "a number is too large"),
        (b"[" + b"9" * 5000 + b"]", "Exceeds the limit"),
        (b"\xff", "not UTF-8"),
        (b'"\\ud800"', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 66 + b"]" * 66, "max 64 levels"),
    ],
)
def test_a_refusal_says_why(body: bytes, why: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_json(body)
    assert str(refused.value.details["body"]).startswith(why)


def test_a_pair_of_surrogates_is_one_sign() -> None:
    assert parse_json(b'"\\ud83d\\ude80"') == "🚀"


def test_sixty_four_levels_are_deep_enough() -> None:
    assert parse_json(b"[" * 65 + b"]" * 65)
