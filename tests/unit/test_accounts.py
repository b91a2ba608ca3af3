"""Emails and passwords: one spelling per person, and bounds that protect both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.accounts import check_password, normal_email
from webferry.domain.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("ada@example.com", "ada@example.com"),
        ("  Ada@Example.COM\n", "ada@example.com"),
        ("a.b+c@sub.example.co.uk", "a.b+c@sub.example.co.uk"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("ädä@bücher.example", "ädä@bücher.example"),
        ("\uff41da@example.com", "ada@example.com"),
        (f"{'x' * 64}@example.com", f"{'x' * 64}@example.com"),
    ],
)
def test_an_email_has_one_spelling(text: str, email: str) -> None:
    assert normal_email(text) == email
    assert normal_email(email) == email


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@@example.com",
        "a b@example.com",
        "ada@example..com",
        "ada@-example.com",
        "ada@example.com.",
        "ada@1.2.3.4",
        "a\0@example.com",
        "<ada@example.com>",
        "ada@example.com,bob@example.com",
        f"{'x' * 65}@example.com",
        f"a@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 60}.example.com",
    ],
)
def test_what_is_no_email_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        normal_email(text)


@given(st.text())
def test_an_email_is_read_the_same_twice_or_refused(text: str) -> None:
    try:
        email = normal_email(text)
    except InvalidRequest:
        return
    assert normal_email(email) == email


@pytest.mark.parametrize("length", [0, 7, 257])
def test_a_password_out_of_bounds_is_refused(length: int) -> None:
    with pytest.raises(InvalidRequest):
        check_password("x" * length)


@pytest.mark.parametrize("length", [8, 256])
def test_a_password_within_bounds_is_accepted(length: int) -> None:
    check_password("x" * length)
