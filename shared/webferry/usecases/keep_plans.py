"""Keeps what a flow's runs have learnt of its pages, so that the next one reads them by it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webferry.content.records.plan import BadPlan, Plan
from webferry.domain.errors import NotFound, Unavailable
from webferry.domain.flow_orders import FlowOrder
from webferry.domain.jobs import Job
from webferry.ports import Bodies

MAX_PLAN_BYTES = 4_000_000
# What a model has found is kept for good; all else is cheap to find, so it is found anew each day.
MEMORY_MS = 24 * 3600 * 1000
_FILLED = 0.5
_KEPT = 0.6
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A plan, and whether a model had a part in it."""

    plan: Mapping[str, Any]
    by_model: bool = False

    def is_worth_keeping(self, known: Mapping[str, Any] | None) -> bool:
        """Whether later pages are better read by it than by none or by the one known before.

        A page that says less than usual may be out of order: what it teaches is soon wrong.
        """
        filled: Mapping[str, float] = self.plan["coverage"]
        before: Mapping[str, float] = known["coverage"] if known is not None else {}
        if any(filled.get(key, 0) < _KEPT * share for key, share in before.items()):
            return False
        # One record is found as quickly without; taking it for all there is would hide a list.
        whole = self.plan["kind"] != "single" and min(filled.values(), default=0) >= _FILLED
        return self.by_model or whole


@dataclass(frozen=True, slots=True)
class KeepPlans:
    """A plan only saves work: where it cannot be had or kept, the run goes on without it.

    One that was made for another page or another schema is of no use, so it is not given out.
    """

    bodies: Bodies

    def read(self, job: Job, order: FlowOrder, url: str) -> Mapping[str, Any] | None:
        """What the last run that learnt something has learnt."""
        try:
            kept = json.loads(self.bodies.get(_place(job, order), 0, MAX_PLAN_BYTES))
            old = not kept["by_model"] and job.created_at_ms - kept["at_ms"] > MEMORY_MS
            if old or kept["asked"] != _asked(order, url):
                return None
            Plan.from_json(kept["plan"])
        except NotFound:
            return None
        except (Unavailable, BadPlan, ValueError, KeyError, TypeError):
            _log.warning("the plan of a flow cannot be read", exc_info=True)
            return None
        plan: Mapping[str, Any] = kept["plan"]
        return plan

    def keep(self, job: Job, order: FlowOrder, url: str, lesson: Lesson) -> None:
        """For the runs to come; of two that learn at once either may be remembered."""
        told = {
            "asked": _asked(order, url),
            "at_ms": job.created_at_ms,
            "by_model": lesson.by_model,
            "plan": lesson.plan,
        }
        try:
            self.bodies.put(_place(job, order), json.dumps(told).encode())
        except Unavailable:
            _log.warning("the plan of a flow cannot be kept", exc_info=True)


def _place(job: Job, order: FlowOrder) -> str:
    return f"runs/plans/{job.account_id}/{order.flow_id}.json"


def _asked(order: FlowOrder, url: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(order.text())
    return {"url": url, "schema": told["output_schema"], "steps": told["steps"]}
