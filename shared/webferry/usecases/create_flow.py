"""Makes a flow of what its owner describes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from webferry.domain.errors import Conflict, Unavailable
from webferry.domain.flows import MAX_FLOWS, Flow, flow_id
from webferry.flow_ports import Calendar, Flows
from webferry.ports import Clock
from webferry.usecases.check_flow import check_flow

# As many flows as could want the same millisecond.
ATTEMPTS = 1000


@dataclass(frozen=True, slots=True)
class CreateFlow:
    """Ids are moments, and no two flows share one: whoever comes second takes the next."""

    flows: Flows
    calendar: Calendar
    clock: Clock

    def __call__(self, account_id: str, described: Mapping[str, Any]) -> Flow:
        """Raises: InvalidRequest, PageError: no URL that could be fetched; Conflict: too many."""
        now_ms = self.clock.now_ms()
        born: dict[str, Any] = {
            "account_id": account_id,
            "created_at_ms": now_ms,
            "updated_at_ms": now_ms,
        }
        flow = check_flow(Flow(**described, **born, id=flow_id(now_ms)), self.calendar, now_ms)
        if len(self.flows.list(account_id)) >= MAX_FLOWS:
            raise Conflict(f"An account has {MAX_FLOWS} flows at most")
        for moment_ms in range(now_ms, now_ms + ATTEMPTS):
            named = check_flow(replace(flow, id=flow_id(moment_ms)), self.calendar, now_ms)
            if self.flows.add(named):
                return named
        raise Unavailable("No free flow id was found")
