"""Lets a key ask as often as it may: mostly out of a lease, which costs no call at all."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from webferry.domain.errors import Unavailable
from webferry.domain.keys import Caller
from webferry.domain.rates import Lease, Rate, RateKind, Standing
from webferry.ports import Clock
from webferry.traffic_ports import Buckets

# An environment meets few keys at a time; forgetting a lease only wastes it.
MAX_LEASES = 1000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LimitRate:
    """One environment's way to the buckets that all of them share."""

    buckets: Buckets
    clock: Clock
    rates: Mapping[RateKind, Rate]
    _leases: dict[str, Lease] = field(default_factory=dict)

    def __call__(self, caller: Caller, kind: RateKind) -> Standing | None:
        """Where the caller stands now; None if nobody can tell, which limits nobody."""
        rate, now_us = self.rates[kind], self.clock.now_ms() * 1000
        name = f"{caller.account_id}#{caller.key_id}#{kind}"
        lease = self._leases.get(name)
        if lease is None or not lease.covers(now_us):
            try:
                taken = self._take(name, rate, lease, now_us)
            except Unavailable:
                _log.warning("rates are not limited: the buckets cannot be reached", exc_info=True)
                return None
            if isinstance(taken, Standing):
                return taken
            self._keep(name, lease := taken)
        lease.spent += 1
        return Standing.admitted(rate, lease, now_us)

    def _take(self, name: str, rate: Rate, last: Lease | None, now_us: int) -> Lease | Standing:
        size = last.successor(now_us, rate.most_per_lease) if last else 1
        believed_us = last.free_at_us if last else 0
        taken, free_at_us = self.buckets.take(name, rate, size, now_us, believed_us)
        if not taken and rate.room(free_at_us, now_us):
            size = 1
            taken, free_at_us = self.buckets.take(name, rate, size, now_us, free_at_us)
        if not taken:
            return Standing.refused(rate, free_at_us, now_us)
        return Lease(now_us, free_at_us, size)

    def _keep(self, name: str, lease: Lease) -> None:
        if len(self._leases) >= MAX_LEASES:
            del self._leases[next(iter(self._leases))]
        self._leases[name] = lease
