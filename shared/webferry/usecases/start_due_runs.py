"""Once a minute: starts every monitor that is due, each due moment once."""

import logging
from dataclasses import dataclass

from webferry.domain.errors import RequestError, Unavailable
from webferry.flow_ports import Flows
from webferry.ports import Clock
from webferry.usecases.start_run import StartRun
from webferry.usecases.wind_clock import Wound

# What one winding starts at most; the rest is a minute late, not lost.
GLANCE = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StartDueRuns:
    """Two clocks that wind at once start one run: the flow's due moment moves with its opening."""

    flows: Flows
    start: StartRun
    clock: Clock

    def __call__(self) -> Wound:
        """Raises: Unavailable: nobody knows what is due."""
        seen = failed = 0
        for account_id, flow_id in self.flows.due(self.clock.now_ms(), GLANCE):
            seen += 1
            try:
                self.start.when_due(account_id, flow_id)
            except RequestError:
                _log.info("a due flow was not started", exc_info=True)
            except Unavailable:
                _log.warning("a due flow has to wait", exc_info=True)
                failed += 1
        return Wound(seen, failed)
