"""What happens to the product while it works: a seeded list of misfortunes, one after the other."""

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.crowd import Crowd
from tests.faults.shop import Shop

POISON = (
    "not json",
    "[" * 5000,
    '{"v":9,"job":"job_1","part":0,"errand":0}',
    '{"v":1,"job":"../x","part":0,"errand":0}',
    '{"v":1,"job":"job_nobody","part":0,"errand":0}',
    '{"v":1,"job":"job_nobody","part":7,"errand":0}',
    "x" * 60_000,
)
OUTAGE_S = 3.0


@dataclass
class Misfortune:
    """Draws the next one; `restart` is whatever has to be done after the launcher was killed."""

    shop: Shop
    crowd: Crowd
    rate: float
    lot: random.Random
    met: Counter[str] = field(default_factory=Counter)

    def strike(self) -> None:
        """One of the misfortunes that leave the launcher alive."""
        often, sometimes = [self.kill_worker, self.double_letters], [self.poison, self.outage]
        self.lot.choice([*often, *often, *often, *sometimes])()

    def kill_launcher(self) -> None:
        """The whole product is gone at once, and comes back on what lies on the disk."""
        self.shop.kill()
        self.met["launcher killed"] += 1
        # The launcher itself is no function: its start is not what is tried here.
        self.shop.trouble(0.0)
        self.shop.start()
        self.shop.trouble(self.rate)

    def kill_worker(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        if pids := self.shop.worker_pids():
            self.shop.kill_worker(self.lot.choice(pids))
            self.met["workers killed"] += 1

    def double_letters(self) -> None:
        """Letters once more, in another order, of jobs that may have ended; some name no errand."""
        known = list(self.crowd.accepted)[-200:]
        if not known:
            return
        letters = [
            json.dumps({"v": 1, "job": job, "part": 0, "errand": self.lot.randrange(6)})
            for job in self.lot.choices(known, k=10)
        ]
        self.shop.send(letters, delay_s=self.lot.choice([0, 0, 1, 5, 20]))
        self.met["letters doubled"] += len(letters)

    def poison(self) -> None:
        """A letter that nobody can read, or that leads nowhere."""
        self.shop.send([self.lot.choice(POISON)])
        self.met["letters poisoned"] += 1

    def outage(self) -> None:
        """A whole service is away for a while."""
        service = self.lot.choice(["dynamodb", "s3", "sqs"])
        self.shop.trouble(self.rate, service)
        time.sleep(OUTAGE_S)
        self.shop.trouble(self.rate)
        self.met[f"{service} down"] += 1
