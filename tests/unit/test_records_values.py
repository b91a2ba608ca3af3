"""Single values: prices, numbers, dates and states of many countries, and the limits of each."""

# Words of several languages look alike to the linter.
# ruff: noqa: RUF001

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.content.document import parse
from webferry.content.records.values.coercion import KINDS, Reading, choice_of
from webferry.content.records.values.dates import read_date
from webferry.content.records.values.money import Money, read_money
from webferry.content.records.values.numbers import read_number
from webferry.content.records.values.states import read_availability, read_boolean

READING = Reading(parse("", "https://shop.example/a/b"), "en", "CAD")


@pytest.mark.promise("extract.coercion")
@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$79.99", 79.99, "$"),
        ("1.299,00 €", 1299, "EUR"),
        ("1 299 ₽", 1299, "RUB"),
        ("1\u202f299,50\u00a0€", 1299.5, "EUR"),
        ("$1,299", 1299, "$"),
        ("$ 2.449", 2449, "$"),
        ("CHF 1\u2019299.90", 1299.9, "CHF"),
        ("R$ 689,99", 689.99, "BRL"),
        ("₹1,29,999", 129999, "INR"),
        ("KWD 12.500", 12.5, "KWD"),
        ("49,-€", 49, "EUR"),
        ("30,000원", 30000, "KRW"),
        ("44 890 тг.", 44890, "KZT"),
        ("Was $99.99 Now $79.99", 79.99, "$"),
        ("2 for $5", 5, "$"),
        ("19.50", 19.5, ""),
    ],
)
def test_prices_are_read_as_they_are_written(text: str, amount: float, currency: str) -> None:
    assert read_money(text) == Money(amount, currency)


@pytest.mark.parametrize("text", ["Free", "from 3 items", "100% off", "12:30", "", "v1.2.3"])
def test_what_is_no_price_is_none(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("4.5 out of 5", "", 4.5),
        ("15,000 posts", "", 15000),
        ("1.2K", "", 1200),
        ("-5", "", -5),
        ("Three", "", 3),
        ("4,7", "ru", 4.7),
        ("1.299", "de", 1299),
        ("1.299", "en", 1.299),
        ("2 500 3 600", "", 2500),
        ("none", "", None),
    ],
)
def test_numbers_are_read_in_their_language(text: str, language: str, value: float | None) -> None:
    assert read_number(text, language) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-18T12:00:00Z", "2026-03-18T12:00:00Z"),
        ("March 3, 2026", "2026-03-03"),
        ("3 марта 2026", "2026-03-03"),
        ("3. März 2026", "2026-03-03"),
        ("le 14 juillet 2025", "2025-07-14"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("03.04.2026", "2026-04-03"),
        ("3/14/2026", "2026-03-14"),
        ("14/3/2026", "2026-03-14"),
        ("Mar 2026", "2026-03"),
        ("3 days ago", None),
        ("2026-13-45", None),
        ("31.02.2026", None),
    ],
)
def test_days_are_read_and_never_guessed(text: str, day: str | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("In stock", True),
        ("Out of stock", False),
        ("Auf Lager", True),
        ("Nicht verfügbar", False),
        ("Нет в наличии", False),
        ("В наличии", True),
        ("Rupture de stock", False),
        ("https://schema.org/InStock", True),
        ("Blue", None),
    ],
)
def test_states_are_understood_in_several_languages(text: str, *, state: bool | None) -> None:
    assert read_availability(text) is state


def test_yes_and_no_are_booleans() -> None:
    assert [read_boolean(text) for text in ("Yes", "нет", "✓", "maybe")] == [
        True,
        False,
        True,
        None,
    ]


def test_an_enumeration_is_spelt_as_the_schema_spells_it() -> None:
    options = ("InStock", "OutOfStock")
    assert choice_of(options, "https://schema.org/OutOfStock") == "OutOfStock"
    assert choice_of(options, "Add to cart") == "InStock"
    assert choice_of(options, "Blue") is None
    assert choice_of(("red", "blue"), "Blue") == "blue"


def test_a_price_has_an_amount_and_a_currency() -> None:
    assert READING.coerce("price", "1.299,00 €") == {"amount": 1299, "currency": "EUR"}
    # The sign could be several countries' and the page has declared which.
    assert READING.coerce("price", "$5.50") == {"amount": 5.5, "currency": "CAD"}


def test_addresses_are_absolute_or_nothing() -> None:
    said = [
        "../c",
        "//cdn.example/x.png",
        "#top",
        "javascript:void(0)",
        "data:image/png;base64,AA",
        "",
    ]
    assert [READING.coerce("url", each) for each in said] == [
        "https://shop.example/c",
        "https://cdn.example/x.png",
        None,
        None,
        None,
        None,
    ]


def test_an_integer_is_whole() -> None:
    assert READING.coerce("integer", "1,204 views") == 1204
    assert READING.coerce("integer", "4.5") is None


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=400))
def test_no_string_breaks_a_reader(kind: str, raw: str) -> None:
    value = READING.coerce(kind, raw)
    assert value is None or isinstance(value, str | int | float | bool | dict)


@pytest.mark.parametrize("mark", ["9", "1,", "1 ", "$", "€1.", "a", "-", "1/", ".", "\u00a0"])
def test_long_strings_cost_nothing(mark: str) -> None:
    for kind in KINDS:
        READING.coerce(kind, mark * 20_000)
