"""Measurements → a table of medians, and the goals with what was reached."""

import statistics
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOALS = Path(__file__).with_name("goals.toml")


@dataclass(frozen=True)
class Measurement:
    """One turn of one player on one set of pages."""

    set: str
    player: str
    cpu_ms: float
    pss_mb: float
    missed: int
    took_ms: list[float]
    complaints: tuple[str, ...] = ()

    def __str__(self) -> str:
        quick = f"{self.set:8} {self.player:20} {self.cpu_ms:8.2f} ms CPU {self.pss_mb:7.1f} MB"
        return f"{quick} {self.missed} missed {' '.join(self.complaints)}"


Figures = dict[tuple[str, str], dict[str, float]]


def medians(measured: Iterable[Measurement]) -> Figures:
    """Per set and player; of what is missed the worst turn counts."""
    turns: dict[tuple[str, str], list[Measurement]] = defaultdict(list)
    for one in measured:
        turns[one.set, one.player].append(one)
    return {
        place: {
            "cpu_ms": statistics.median(turn.cpu_ms for turn in played),
            "pss_mb": statistics.median(turn.pss_mb for turn in played),
            "p50_ms": statistics.median(ms for turn in played for ms in turn.took_ms),
            "missed": max(turn.missed for turn in played),
            "pages": len(played[0].took_ms),
        }
        for place, played in turns.items()
    }


def verdict(goal: Mapping[str, Any], figures: Figures) -> tuple[str, bool | None]:
    """What was reached, and whether that is enough; None when it could not be measured."""
    ours = figures.get((goal["set"], goal["ours"]))
    theirs = figures.get((goal["set"], goal["theirs"])) if "theirs" in goal else None
    if ours is None or ("theirs" in goal and theirs is None):
        return "not measured", None
    reached = ours[goal["figure"]] / (theirs[goal["figure"]] if theirs else 1)
    return f"{reached:.2f}", reached <= goal["at_most"]


def report(measured: Iterable[Measurement], left_out: Iterable[str]) -> int:
    """Print everything; 1 when a goal is missed."""
    figures = medians(measured)
    print(f"\n{'set':8} {'player':20} {'CPU ms':>8} {'p50 ms':>8} {'PSS MB':>8}  complete")
    for (name, player), row in figures.items():
        complete = f"{row['pages'] - row['missed']:.0f} of {row['pages']:.0f}"
        numbers = f"{row['cpu_ms']:8.2f} {row['p50_ms']:8.1f} {row['pss_mb']:8.1f}"
        print(f"{name:8} {player:20} {numbers}  {complete}")
    print(f"\n{'goal':68} {'at most':>8} {'reached':>12}")
    missed = 0
    for goal in tomllib.loads(GOALS.read_text())["goal"]:
        reached, enough = verdict(goal, figures)
        mark = {True: "yes", False: "NO", None: ""}[enough]
        print(f"{goal['name']:68} {goal['at_most']:8} {reached:>12} {mark}")
        missed += enough is False
    for reason in sorted(left_out):
        print(f"left out: {reason}")
    return 1 if missed else 0
