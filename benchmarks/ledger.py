"""The ledger's machine, four times as long as in the tests: steps, seconds, violations."""

import logging
import time

from tests.jobs.test_ledger import Ledger, run

EXAMPLES = 600
STEPS = 50
WANTED = 20_000


def main() -> None:
    # Workers that break down say so, thousands of times.
    logging.disable(logging.WARNING)
    started = time.perf_counter()
    run(Ledger, EXAMPLES, STEPS)
    seconds = time.perf_counter() - started
    assert Ledger.steps >= WANTED, f"{Ledger.steps} steps are fewer than {WANTED}"
    print(f"ledger: {Ledger.steps} steps in {seconds:.0f} s, 0 violations")


if __name__ == "__main__":
    main()
