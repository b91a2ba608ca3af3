"""Turns what stands in a page into the type that is wanted, or into nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from webferry.content.document import Document
from webferry.content.patterns import later
from webferry.content.records.values.dates import read_date
from webferry.content.records.values.money import read_money
from webferry.content.records.values.numbers import LONGEST, read_number
from webferry.content.records.values.states import offers_to_buy, read_availability, read_boolean

Value = str | int | float | bool | dict[str, "str | float | None"] | None

LONGEST_STRING = 20_000
_WEB = later(r"(?:https?:)?//|/|\.{0,2}/|\?|[\w.-]+(?:/|\.\w{2,5}(?:[?#]|$))", re.IGNORECASE)
_STATES = {"instock": True, "in stock": True, "outofstock": False, "out of stock": False}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of values must know about the page."""

    document: Document
    language: str = ""
    currency: str = ""

    def address(self, raw: str) -> str | None:
        """An address in full; nothing if it leads nowhere."""
        raw = raw.strip()
        if not raw or raw.startswith("#") or len(raw) > 4_000 or not _WEB.match(raw):
            return None
        address = self.document.absolute(raw)
        known = address.startswith(("http://", "https://")) or not self.document.url
        return (
            address
            if known and ":" not in address[:6].replace("https:", "").replace("http:", "")
            else None
        )

    def coerce(self, kind: str, raw: str) -> Value:
        """The value a raw string has as this type; nothing if it has none."""
        return _READERS[kind](self, raw)


def _string(_: Reading, raw: str) -> Value:
    return " ".join(raw[:LONGEST_STRING].split()) or None


def _number(reading: Reading, raw: str) -> Value:
    if len(raw) > LONGEST:
        return None
    money = read_money(raw, bare=False)
    value = money.amount if money else read_number(raw, reading.language)
    return int(value) if value is not None and value.is_integer() else value


def _integer(reading: Reading, raw: str) -> Value:
    value = _number(reading, raw)
    return value if isinstance(value, int) else None


def _boolean(_: Reading, raw: str) -> Value:
    state = read_boolean(raw)
    return True if state is None and offers_to_buy(raw) else state


def _date(reading: Reading, raw: str) -> Value:
    return read_date(raw, reading.language)


def _url(reading: Reading, raw: str) -> Value:
    return reading.address(raw)


def _price(reading: Reading, raw: str) -> Value:
    money = read_money(raw)
    if not money:
        return None
    amount = int(money.amount) if money.amount.is_integer() else money.amount
    ambiguous = len(money.currency) != 3 or not money.currency.isalpha()
    currency = reading.currency if ambiguous and reading.currency else money.currency
    return {"amount": amount, "currency": currency or None}


_READERS: dict[str, Callable[[Reading, str], Value]] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "url": _url,
    "image": _url,
    "price": _price,
}
KINDS = frozenset(_READERS)


def choice_of(options: tuple[str, ...], raw: str) -> str | None:
    """The option a raw string says, spelt as the schema spells it; states are understood."""
    said = " ".join(raw[:LONGEST].casefold().split())
    for option in options:
        if option.casefold() in (said, said.rpartition("/")[2]):
            return option
    state = read_availability(said)
    if state is None and offers_to_buy(said):
        state = True
    meant = (option for option in options if _STATES.get(option.casefold()) is state)
    return next(meant, None) if state is not None else None
