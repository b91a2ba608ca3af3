"""Changes a flow: only what is named, and only where nobody else changed it meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from webferry.domain.errors import Unavailable
from webferry.domain.flows import Flow, FlowStatus
from webferry.flow_ports import Calendar, Flows
from webferry.ports import Clock
from webferry.usecases.check_flow import check_flow

ROUNDS = 12


@dataclass(frozen=True, slots=True)
class ChangeFlow:
    """Two changes at once are both made, one after the other."""

    flows: Flows
    calendar: Calendar
    clock: Clock

    def __call__(self, account_id: str, flow_id: str, changes: Mapping[str, Any]) -> Flow:
        """The flow as it is afterwards.

        Raises: NotFound, InvalidRequest, PageError, Unavailable.
        """
        for _ in range(ROUNDS):
            flow, now_ms = self.flows.get(account_id, flow_id), self.clock.now_ms()
            changed = replace(flow, **changes, updated_at_ms=now_ms, version=flow.version + 1)
            changed = check_flow(changed, self.calendar, now_ms)
            forgive = changes.get("set_status") is FlowStatus.ACTIVE
            if self.flows.replace(changed, forgive=forgive):
                return self.flows.get(account_id, flow_id) if forgive else changed
        raise Unavailable("Too many change the flow at once")
