"""Reads prices: an amount and the currency beside it, in any of the usual orders."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from dataclasses import dataclass

from webferry.content.patterns import later
from webferry.content.records.values.numbers import LONGEST, NUMBER, has_figure, plain_value

_NAMES = {
    "EUR": "€ euro euros eur",
    "GBP": "£ gbp",
    "RUB": "₽ руб рублей rub",
    "UAH": "₴ грн uah",
    "KZT": "₸ тг тенге kzt",
    "BYN": "byn",
    "PLN": "zł zl pln",
    "CZK": "kč kc czk",
    "HUF": "ft huf",
    "RON": "lei ron",
    "BGN": "лв bgn",
    "HRK": "kn hrk",
    "CHF": "chf sfr",
    "INR": "₹ inr",
    "KRW": "₩ 원 krw",
    "TRY": "₺ try",
    "ILS": "₪ ils",
    "THB": "฿ thb",
    "VND": "₫ vnd",
    "PHP": "₱ php",
    "NGN": "₦ ngn",
    "BRL": "r$ brl",
    "USD": "us$ usd",
    "CAD": "ca$ c$ cad",
    "AUD": "au$ a$ aud",
    "NZD": "nz$ nzd",
    "HKD": "hk$ hkd",
    "SGD": "s$ sgd",
    "TWD": "nt$ twd",
    "MXN": "mx$ mxn",
    "JPY": "円 jpy",
    "CNY": "元 cny rmb",
    "SAR": "ر.س sar",
    "AED": "د.إ aed",
    "KWD": "kwd",
    "BHD": "bhd",
    "OMR": "omr",
    "JOD": "jod",
    "TND": "tnd",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "ZAR": "zar",
    "ARS": "ars",
    "CLP": "clp",
    "COP": "cop",
    "IDR": "idr",
    "MYR": "rm myr",
    "PKR": "pkr",
    "EGP": "egp",
}
# Written alike in several countries: these stay as they are written.
_SHARED = "$ ¥ kr rs tl р dollars"
_CODE_OF = {name: code for code, names in _NAMES.items() for name in names.split()}
_THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND"})
_EVERY = sorted({*_CODE_OF, *_SHARED.split()}, key=len, reverse=True)
_UNITS = "|".join(
    rf"{re.escape(name)}(?![^\W\d])" if name[-1].isalpha() else re.escape(name) for name in _EVERY
)
_BEFORE = rf"(?<!\w)(?P<before>{_UNITS}|R\$|Rs\.)\.?[\s:]{{0,3}}(?P<number>{NUMBER})"
_BEHIND = rf"(?P<number>{NUMBER})(?:[.,][-–—]{{1,2}})?\s{{0,3}}(?P<behind>{_UNITS})"
_ORDERS = (later(_BEFORE, re.IGNORECASE), later(_BEHIND, re.IGNORECASE))
_BARE = later(rf"^[^\w$€£]{{0,5}}(?P<number>{NUMBER})(?:[.,][-–—]{{1,2}})?[^\w%]{{0,5}}$")
_NOT_THE_PRICE = later(
    r"(?:was|save|you save|rrp|msrp|list|reg(?:ular)?(?: price)?|instead of|statt|uvp|avant|antes|"
    r"было|off|over|shipping|versand|delivery)[\s:.]{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; `currency` is an ISO code, or the sign as written when it could be several."""

    amount: float
    currency: str = ""


def read_money(text: str, *, bare: bool = True) -> Money | None:
    """The price a text names; a lone number is one too, if `bare`."""
    if not has_figure(text[:LONGEST]):
        return None
    text = " ".join(text[:LONGEST].split())
    found = [match for order in _ORDERS for match in order.finditer(text)]
    # Forints are written `Ft`; `8ft` are feet.
    found = [match for match in found if match.groupdict().get("behind") != "ft"]
    found.sort(
        key=lambda match: (bool(_NOT_THE_PRICE.search(text[: match.start()])), match.start())
    )
    if found:
        return _money(found[0])
    lone = _BARE.match(text) if bare else None
    return Money(plain_value(lone["number"], money=True)) if lone else None


def currency_code(written: str) -> str:
    """The ISO code of a sign or code; the sign itself when several countries write it."""
    plain = written.strip().lower().rstrip(".")
    return _CODE_OF.get(
        plain, written.strip() if len(written.strip()) != 3 else written.strip().upper()
    )


def _money(match: re.Match[str]) -> Money:
    parts = match.groupdict()
    currency = currency_code(parts.get("before") or parts.get("behind") or "")
    fine = currency in _THREE_DECIMALS
    return Money(plain_value(parts["number"], money=True, fine=fine), currency)


def currency_mark(text: str) -> str | None:
    """The sign or code of a currency as it stands in a text."""
    text = " ".join(text[:LONGEST].split())
    for order in _ORDERS:
        if found := order.search(text):
            parts = found.groupdict()
            return parts.get("before") or parts.get("behind")
    return text if text.casefold() in _EVERY else None
