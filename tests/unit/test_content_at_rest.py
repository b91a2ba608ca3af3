"""What the workbench leaves undone until it is needed, and lets rest while it works."""

import gc
import re
import subprocess
import sys

import pytest

from webferry.content.collector import without_collector
from webferry.content.feeds import read_time
from webferry.content.patterns import later

MODULES = "main_content.choice markdown.rendering metadata feeds sitemaps records.extraction"
LOADED = (
    "import sys, importlib\n"
    f"for name in {MODULES.split()!r}: importlib.import_module('webferry.content.' + name)\n"
    "print(sorted({'email', 'socket', 'numpy', 'lightgbm', 'asyncio'} & set(sys.modules)))"
)


def test_the_room_is_imported_without_heavy_company() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_time_of_a_feed_is_read_all_the_same() -> None:
    assert read_time("Tue, 03 Jun 2003 09:39:21 GMT") == "2003-06-03T09:39:21Z"


def test_a_later_pattern_does_what_a_pattern_does() -> None:
    words = later(r"(?P<word>[a-z]+)", re.IGNORECASE)
    found = words.search("1 Word")
    assert found is not None
    assert found["word"] == "Word"
    assert words.sub("x", "a 1 b") == "x 1 x"
    assert words.findall("ab C") == ["ab", "C"]


def test_a_later_pattern_that_cannot_be_read_says_so_when_it_is_used() -> None:
    broken = later("(")
    with pytest.raises(re.error):
        broken.search("")


@without_collector
def is_collecting(*, fails: bool = False) -> bool:
    if fails:
        raise ZeroDivisionError
    return gc.isenabled()


def test_the_collector_rests_while_a_page_is_read_and_wakes_whatever_happens() -> None:
    assert not is_collecting()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        is_collecting(fails=True)
    assert gc.isenabled()


def test_who_works_without_the_collector_goes_on_without_it() -> None:
    gc.disable()
    try:
        assert not is_collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
