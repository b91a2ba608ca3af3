"""The guard against Chromium: whether any of many bent URLs names one host here and another there.

Usage: python -m benchmarks.url_readers [--count 240000] [--seed 1]. Needs a Chromium.
"""

import argparse
import os
import sys

from tests.adapters.second_readers import read_by_browser, read_by_library
from tests.adapters.test_guard_differential import accepted, differences
from webferry.adapters.browser.finder import NO_BROWSER, find_browser

BATCH = 40_000


def main() -> int:
    """Compare batch by batch; 1 when anything differed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=240_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    browser = find_browser(os.environ)
    if browser is None:
        print(NO_BROWSER)
        return 1
    compared, found = 0, []
    for number in range(-(-asked.count // BATCH)):
        pairs = accepted(BATCH, asked.seed + 2 * number)
        handed_on = [target.url for _, _, target in pairs]
        found += differences(pairs, read_by_browser(browser, [(u, b) for u, b, _ in pairs]))
        found += differences(pairs, read_by_browser(browser, [(url, None) for url in handed_on]))
        found += differences(pairs, [read_by_library(url) for url in handed_on])
        compared += len(pairs)
        print(f"{(number + 1) * BATCH} bent URLs, {compared} let through, {len(found)} differ")
    print("\n".join(found[:50]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
