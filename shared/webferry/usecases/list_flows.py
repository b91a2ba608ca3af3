"""Lists the flows of an account, the newest first."""

from dataclasses import dataclass

from webferry.domain.flows import Flow, FlowMode, FlowStatus
from webferry.flow_ports import Flows


@dataclass(frozen=True, slots=True)
class ListFlows:
    """All that match; whoever asks cuts the list into pages."""

    flows: Flows

    def __call__(
        self, account_id: str, status: FlowStatus | None = None, mode: FlowMode | None = None
    ) -> list[Flow]:
        """Raises: Unavailable."""
        found = [
            flow
            for flow in self.flows.list(account_id)
            if status in (None, flow.status) and mode in (None, flow.mode)
        ]
        return sorted(found, key=lambda flow: flow.id, reverse=True)
