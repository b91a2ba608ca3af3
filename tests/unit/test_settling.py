"""When a page counts as ready, tick by tick."""

from collections.abc import Iterable, Mapping
from typing import Any

from webferry.adapters.browser.settling import (
    BUSY_PATIENCE_MS,
    FETCH_STALL_MS,
    IDLE_STALL_MS,
    SHELL_PATIENCE_MS,
    TICK_MS,
    Outlook,
    Pulse,
    Settling,
)

Seen = Mapping[str, Any]
READABLE = Outlook(text=500, busy=False, scripts=True)


def ready_after(pulses: Iterable[Seen], outlook: Outlook = READABLE) -> int | None:
    """The number of ticks after which the page is ready; None if it never is."""
    settling = Settling()
    for tick, seen in enumerate(pulses, start=1):
        told: Seen = {"loaded": True, "changes": 0, "size": 10, "pending": 0, **seen}
        pulse = Pulse(at_ms=tick * TICK_MS, **told)
        if settling.is_quiet(pulse) and settling.is_ready(pulse, outlook):
            return tick
    return None


def test_two_calm_ticks_make_a_page_ready() -> None:
    assert ready_after([{}] * 5) == 2


def test_a_page_that_is_not_loaded_is_not_ready_however_calm() -> None:
    assert ready_after([{"loaded": False}] * 100) is None


def test_a_pending_request_a_change_and_a_late_answer_each_start_the_count_again() -> None:
    stirs: list[Seen] = [{"pending": 1}, {"changes": 3}, {"prompt": False}]
    for stir in stirs:
        assert ready_after([{}, stir, {}, {}]) == 4


def test_moving_on_to_another_page_starts_everything_again() -> None:
    assert ready_after([{}, {"loaded": False}, {}, {}]) == 4


def test_a_slow_request_is_waited_for_but_not_for_ever() -> None:
    waiting: list[Seen] = [{"pending": 1}] * 200

    assert ready_after([*waiting[:50], {}, {}]) == 52
    assert ready_after(waiting) == FETCH_STALL_MS / TICK_MS + 1


def test_a_page_that_moves_without_growing_is_ready_and_one_that_grows_is_not() -> None:
    ticking: list[Seen] = [{"changes": 1}] * 100
    growing: list[Seen] = [{"changes": 1, "size": 10 + n} for n in range(40)]

    assert ready_after(ticking) == IDLE_STALL_MS / TICK_MS + 1
    assert ready_after(growing) is None


def test_a_page_with_little_to_read_gets_time_from_its_load_on() -> None:
    shell = Outlook(text=0, busy=False, scripts=True)

    assert ready_after([{}] * 100, shell) == SHELL_PATIENCE_MS / TICK_MS + 1


def test_a_page_with_a_sign_to_wait_gets_time_from_each_stir() -> None:
    busy = Outlook(text=500, busy=True, scripts=True)
    patience = BUSY_PATIENCE_MS // TICK_MS

    assert ready_after([{}] * 100, busy) == patience + 1
    assert ready_after([*[{}] * 10, {"changes": 1}, *[{}] * 100], busy) == patience + 11


def test_a_page_without_scripts_has_nothing_to_wait_for() -> None:
    assert ready_after([{}] * 5, Outlook(text=0, busy=False, scripts=False)) == 2
