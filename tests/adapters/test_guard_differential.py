"""Two tiers read a URL: what the guard lets through names the same host to every reader."""

import os
from collections.abc import Iterator, Sequence

import ada_url
import pytest

from tests.adapters.mutated_urls import absolute, relative
from tests.adapters.second_readers import Reading, read_by_browser, read_by_library
from webferry.adapters.browser.finder import find_browser
from webferry.adapters.egress.allowance import Allowance
from webferry.adapters.egress.guard import EgressGuard, Target
from webferry.domain.errors import PageError

SEED = 20_261_121
BASE = "http://public.test:8080/a/b?c"
# The whole run, of more than 200,000, is `python -m benchmarks.url_readers`.
COUNT = 12_000
GUARD = EgressGuard(Allowance.parse("0.0.0.0/0,[::/0]"))
_DEFAULT_PORTS = {"http": 80, "https": 443}

Accepted = list[tuple[str, str | None, Target]]


def accepted(count: int, seed: int = SEED) -> Accepted:
    """Of that many bent URLs those that the guard would fetch, as they came and as it reads them.

    The guard has everything opened here: only what it reads is tested, not what it refuses.
    """
    half = count // 2
    pairs: Iterator[tuple[str, str | None]] = iter(
        [(url, None) for url in absolute(half, seed)]
        + [(url, BASE) for url in relative(half, seed + 1)]
    )
    found = []
    for url, base in pairs:
        try:
            full = ada_url.join_url(base, url) if base else url
            found.append((url, base, GUARD.target(full)))
        except (ValueError, PageError):
            continue
    return found


def reading_of(target: Target) -> Reading:
    default = target.port == _DEFAULT_PORTS[target.scheme]
    return target.scheme, target.host, "" if default else str(target.port)


def differences(found: Accepted, readings: Sequence[Reading]) -> list[str]:
    """Every URL that somebody reads otherwise, with both readings."""
    return [
        f"{url!r} ({base}): {reading_of(target)} is {reading} to others"
        for (url, base, target), reading in zip(found, readings, strict=True)
        if reading != reading_of(target)
    ]


def test_enough_of_the_bent_urls_are_let_through_to_mean_something() -> None:
    found = accepted(COUNT)

    assert len(found) > COUNT / 10
    assert len({target.host for _, _, target in found}) > COUNT / 100


@pytest.mark.promise("egress.one-guard")
def test_the_url_that_is_handed_on_is_read_alike_by_the_standard_library() -> None:
    found = accepted(COUNT)
    readings = [read_by_library(target.url) for _, _, target in found]

    assert differences(found, readings) == []


@pytest.mark.promise("egress.one-guard")
def test_the_url_that_is_handed_on_stays_as_it_is() -> None:
    again = [(GUARD.target(target.url), target) for _, _, target in accepted(COUNT)]

    assert [pair for pair in again if pair[0] != pair[1]] == []


@pytest.mark.browser
@pytest.mark.promise("egress.one-guard")
def test_a_browser_reads_every_url_as_the_guard_does() -> None:
    browser = find_browser(os.environ)
    assert browser, "make test installs a Chromium"
    found = accepted(COUNT)

    as_given = read_by_browser(browser, [(url, base) for url, base, _ in found])
    as_handed_on = read_by_browser(browser, [(target.url, None) for _, _, target in found])

    assert differences(found, as_given) == []
    assert differences(found, as_handed_on) == []
