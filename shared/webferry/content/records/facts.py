"""What the values of a column look like: the shares that fitting goes by, measured once."""

# Words and signs of many languages look alike to the linter.
# ruff: noqa: RUF001

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from webferry.content.patterns import later
from webferry.content.records.column import Column
from webferry.content.records.values.dates import read_date
from webferry.content.records.values.money import read_money
from webferry.content.records.values.numbers import LONGEST, read_number
from webferry.content.records.values.states import read_availability

_SAMPLE = 6
_CODE = later(r"^(?=\S*\d)[\w./#-]{3,30}$")
_PHONE = later(r"^\+?[\d\s().\-/]{7,20}$")
_EMAIL = later(r"^(?:mailto:)?[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,30}$")
_RELATIVE = later(
    r"(?<!\w)(?:\d+|an?)\s?\w{1,10}\s(?:ago|назад)|(?<!\w)(?:vor|il y a|hace)\s\w+|yesterday|"
    r"today|just now|вчера|"
    r"сегодня|gestern|heute|hier|aujourd|ayer|hoy|\d\d?:\d\d",
    re.IGNORECASE,
)
_CURRENCY = later(r"[$€£¥₽₹₩₺₴₸]|\b(?:usd|eur|gbp|chf|руб|zł|kč|kr)\b", re.IGNORECASE)
_NOISE = later(
    r"^(?:add to|quick|view|read more|learn more|see |show |buy|compare|share|save|more|details|"
    r"apply|shop now|select|choose|wishlist|подробнее|в корзину|купить|mehr|weiterlesen|details|"
    r"lire la suite|voir|leer más|ver más|reply|report|edit|delete)",
    re.IGNORECASE,
)
_WORD = later(r"[^\W_]{2,}")


@dataclass
class Facts:
    """A column and the shares of its values, each from 0 to 1."""

    column: Column
    language: str = ""
    slug: float = 0.0
    values: list[str] = field(init=False)

    def __post_init__(self) -> None:
        full = self.column.values()
        step = max(1, len(full) // _SAMPLE)
        self.values = [value[:LONGEST] for value in full[::step][:_SAMPLE]]

    @cached_property
    def coverage(self) -> float:
        """How many of the records have a value here."""
        return sum(map(bool, self.column.spots)) / (len(self.column.spots) or 1)

    @cached_property
    def distinct(self) -> float:
        """How many of the values are different."""
        return len(set(self.values)) / (len(self.values) or 1)

    @cached_property
    def length(self) -> float:
        """The mean length of a value."""
        return sum(map(len, self.values)) / (len(self.values) or 1)

    @cached_property
    def money(self) -> float:
        """Values that are prices, currency and all."""
        return self._share(
            lambda value: (
                len(value) < 60 and bool(_CURRENCY.search(value)) and bool(read_money(value))
            )
        )

    @cached_property
    def number(self) -> float:
        """Values that hold a number."""
        return self._share(
            lambda value: len(value) < 60 and read_number(value, self.language) is not None
        )

    @cached_property
    def purely_number(self) -> float:
        """Values that are nothing but a number, its unit aside; `08:15` is none."""
        return self._share(
            lambda value: bool(
                re.fullmatch(r"[^\w]*[\d.,\s'’]+[^\w]*\w{0,4}\W*", value)
                and not re.search(r"\d:\d", value)
            )
        )

    @cached_property
    def date(self) -> float:
        """Values that name a day."""
        return self._share(
            lambda value: len(value) < 80 and read_date(value, self.language) is not None
        )

    @cached_property
    def when(self) -> float:
        """Values that say when, if only from now."""
        return self._share(
            lambda value: len(value) < 60 and bool(_RELATIVE.search(value) or read_date(value))
        )

    @cached_property
    def state(self) -> float:
        """Values that say whether something can be had."""
        return self._share(lambda value: len(value) < 60 and read_availability(value) is not None)

    @cached_property
    def code(self) -> float:
        """Values that look like an article number."""
        return self._share(lambda value: bool(_CODE.match(value)))

    @cached_property
    def phone(self) -> float:
        """Values that look like a telephone number."""
        return self._share(lambda value: bool(_PHONE.match(value.removeprefix("tel:"))))

    @cached_property
    def email(self) -> float:
        """Values that look like an e-mail address."""
        return self._share(lambda value: bool(_EMAIL.match(value)))

    @cached_property
    def letters(self) -> float:
        """Values that are words rather than figures."""
        return self._share(
            lambda value: sum(map(str.isalpha, value)) * 2 >= len(value.replace(" ", "")) > 1
        )

    @cached_property
    def noise(self) -> float:
        """Values that are the words on a button."""
        return self._share(lambda value: bool(_NOISE.match(value)))

    @cached_property
    def clipped(self) -> float:
        """Values that break off in three dots."""
        return self._share(lambda value: value.endswith(("...", "…")))

    @cached_property
    def words(self) -> list[set[str]]:
        """The words of each sampled value."""
        return [{word.casefold() for word in _WORD.findall(value)} for value in self.values]

    def _share(self, test: Callable[[str], object]) -> float:
        return sum([bool(test(value)) for value in self.values]) / (len(self.values) or 1)
