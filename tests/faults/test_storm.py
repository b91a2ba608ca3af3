"""A small storm over the running product; `make storm` is the large one."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.books import audit, wait_for_ends
from tests.faults.crowd import Crowd
from tests.faults.misfortune import Misfortune
from tests.faults.shop import Shop, hurried_copy
from tests.faults.site import Site, running_site

JOBS = 16
# By jobs and not by seconds: a machine that is slow is not struck more often.
STRIKE_EVERY = 4
LEASE_S = 20
# Enough for a lease and three attempts on a busy machine; a calm one needs a fifth.
PATIENCE_S = 150


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path, site: Site) -> Iterator[Shop]:
    shop = Shop(
        tmp_path / "data",
        egress_allow=site.host,
        source=hurried_copy(tmp_path / "copy", lease_s=LEASE_S),
        faults=tmp_path / "faults.json",
    )
    shop.trouble(0.0)
    shop.start()
    yield shop
    shop.kill()


@pytest.mark.promise("jobs.storm")
def test_no_accepted_job_is_lost_doubled_or_stranded(shop: Shop, site: Site) -> None:
    crowd = Crowd(shop, site.host, timeout_ms=3000)
    misfortune = Misfortune(shop, crowd, 0.08, random.Random(7))
    shop.trouble(misfortune.rate)
    with crowd.submitting(JOBS, per_second=12):
        for enough in range(STRIKE_EVERY, JOBS, STRIKE_EVERY):
            while len(crowd.accepted) < enough:
                time.sleep(0.05)
            misfortune.kill_worker()
            misfortune.double_letters()
    misfortune.poison()
    misfortune.kill_launcher()
    shop.trouble(0.0)

    wait_for_ends(shop, PATIENCE_S, wind_every_s=1)
    verdict = audit(shop, crowd)

    assert misfortune.met["workers killed"]
    assert (verdict.lost, verdict.doubled, verdict.not_terminal) == (0, 0, 0), verdict
    assert verdict.wrong == []
    assert sum(verdict.ended.values()) == JOBS
    assert verdict.codes["ok"] > JOBS * 5 / 2
