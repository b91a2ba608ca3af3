"""Lock files: one resolution, hashed, and silent about where it was made."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime", "local", "dev")


def text_of(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")


def pins_of(lock: str) -> set[str]:
    # Where something is needed on fewer systems, the pin says so behind a semicolon.
    return set(re.findall(r"^\S+==[^\\\s;]+", text_of(lock), re.MULTILINE))


def test_what_runs_in_the_cloud_is_part_of_what_runs_here_and_is_tested() -> None:
    assert pins_of("runtime") < pins_of("local") < pins_of("dev")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_line_names_an_index_or_a_folder(lock: str) -> None:
    lines = text_of(lock).splitlines()
    hashes = [line for line in lines if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)]
    pins = [line for line in lines if re.fullmatch(r"[a-z0-9._-]+==[^/@]+ \\", line)]

    assert len(pins) + len(hashes) == len(lines)
    assert len(pins) == len(pins_of(lock))
