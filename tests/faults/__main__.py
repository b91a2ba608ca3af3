"""The storm: `python -m tests.faults [--jobs 1000]`; prints the verdict, fails unless spotless."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.books import Verdict, audit, wait_for_ends
from tests.faults.crowd import Crowd
from tests.faults.misfortune import Misfortune
from tests.faults.shop import Shop, hurried_copy
from tests.faults.site import Site, running_site

# What a worker may take, its margin, and one round of the clockwork.
LEASE_S, ROUND_S = 145, 60


def storm(options: argparse.Namespace, site: Site, directory: Path) -> Verdict:
    """One run, from the first job to the audit."""
    shop = Shop(
        directory / "data",
        egress_allow=site.host,
        source=hurried_copy(directory / "copy", lease_s=LEASE_S),
        faults=directory / "faults.json",
    )
    shop.trouble(0.0)
    shop.start()
    try:
        return weather(options, site, shop)
    finally:
        shop.kill()


def weather(options: argparse.Namespace, site: Site, shop: Shop) -> Verdict:
    """The storm and the calm after it."""
    crowd = Crowd(shop, site.host)
    misfortune = Misfortune(shop, crowd, options.rate, random.Random(options.seed))
    began = time.monotonic()
    shop.trouble(options.rate)
    kills = iter([options.jobs * (n + 1) // (options.kills + 1) for n in range(options.kills)])
    next_kill = next(kills, None)
    with crowd.submitting(options.jobs, options.per_second):
        while len(crowd.accepted) < options.jobs:
            time.sleep(options.pause)
            misfortune.strike()
            if next_kill is not None and len(crowd.accepted) >= next_kill:
                misfortune.kill_launcher()
                next_kill = next(kills, None)
    for _ in range(options.after):
        time.sleep(options.pause)
        misfortune.strike()
    shop.trouble(0.0)
    stormy = time.monotonic() - began
    calm = wait_for_ends(shop, LEASE_S + ROUND_S, wind_every_s=None)
    verdict = audit(shop, crowd)
    tasks = options.jobs * 5
    print(f"jobs {options.jobs}, tasks {tasks}, pages fetched {sum(site.visits.values())}")
    print(
        f"storm {stormy:.0f} s, then {calm:.0f} s until all had ended (allowed {LEASE_S + ROUND_S})"
    )
    print(f"asked again {crowd.asked_again}; {dict(misfortune.met)}")
    return verdict


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--per-second", type=float, default=8.0)
    parser.add_argument("--rate", type=float, default=0.08, help="of calls that fail")
    parser.add_argument("--kills", type=int, default=3, help="of the launcher")
    parser.add_argument("--pause", type=float, default=0.7, help="seconds between misfortunes")
    parser.add_argument("--after", type=int, default=20, help="misfortunes after the last job")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    # The last snapshot of a launcher that was killed may still be written.
    new_directory = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with running_site() as site, new_directory as directory:
        verdict = storm(options, site, Path(directory))
        tell(verdict)
    return 0 if verdict.spotless else 1


def tell(verdict: Verdict) -> None:
    """What was found, on the terminal."""
    print(f"accepted {verdict.accepted}: {dict(verdict.ended)}; pages {dict(verdict.codes)}")
    print(
        f"{verdict.lost} lost, {verdict.doubled} double-counted, "
        f"{verdict.not_terminal} left non-terminal, {len(verdict.wrong)} otherwise wrong"
    )
    print("\n".join(verdict.wrong[:10]))


if __name__ == "__main__":
    sys.exit(main())
