"""A worker that dies at a chosen call of its cloud, just before it or just after it took effect."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from webferry.domain.work import ReadyErrand
from webferry.usecases.claim_errands import ErrandRef


class Crash(BaseException):
    """The process is gone: nothing of ours may catch this."""


@dataclass
class CrashPlan:
    """Between two calls of the cloud nothing lasting happens: crashing at each is at every line."""

    moments_left: int | None = None
    crashes: int = 0

    def moment(self, **_: Any) -> None:
        if self.moments_left is None:
            return
        if self.moments_left == 0:
            self.crashes += 1
            raise Crash
        self.moments_left -= 1

    def watch(self, client: Any) -> Any:
        service = client.meta.service_model.service_name
        client.meta.events.register(f"before-send.{service}", self.moment)
        client.meta.events.register(f"after-call.{service}", self.moment)
        return client

    @contextmanager
    def at(self, moment: int | None) -> Iterator[None]:
        """Crash at that moment of the block, if it lasts so long."""
        self.moments_left = moment
        try:
            yield
        except Crash:
            pass
        finally:
            self.moments_left = None


@dataclass
class LooseQueue:
    """Delivers what it likes, in any order, as often as it likes."""

    moment: Callable[[], None] = lambda: None
    letters: list[ErrandRef] = field(default_factory=list)

    def send(self, errands: Sequence[ReadyErrand]) -> None:
        self.moment()
        for errand in errands:
            self.letters.append(ErrandRef(errand.ref, errand.number))
            self.moment()
