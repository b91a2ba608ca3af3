"""Who calls a tool: found at the door, asked for by the tools."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from webferry.domain.keys import Caller, Scope
from webferry.domain.rates import RateKind, Standing
from webferry.wiring import house


@dataclass(slots=True)
class Visit:
    """A caller, and what the tools have missed of its scopes."""

    caller: Caller
    missing: list[Scope] = field(default_factory=list)
    standing: Standing | None = None

    @property
    def named(self) -> dict[str, str]:
        """Whose visit it is, for the log."""
        return {"account_id": self.caller.account_id, "key_id": self.caller.key_id}

    def count(self, kind: RateKind) -> None:
        """One more of what the caller may do only so often.

        Raises: RateLimited.
        """
        self.standing = house().reception.limit_rate(self.caller, kind)
        if self.standing:
            self.standing.check()


_VISIT: ContextVar[Visit] = ContextVar("visit")


def admit(caller: Caller) -> Visit:
    """From here on, this request is that caller's."""
    visit = Visit(caller)
    _VISIT.set(visit)
    return visit


def caller_with(scope: Scope) -> Caller:
    """The caller of this request.

    Raises: Forbidden.
    """
    visit = _VISIT.get()
    if scope not in visit.caller.scopes:
        visit.missing.append(scope)
    visit.caller.require(scope)
    return visit.caller


def worker_with(scope: Scope) -> Caller:
    """The caller of this request, for whom work is to be done.

    Raises: Forbidden, RateLimited.
    """
    caller = caller_with(scope)
    _VISIT.get().count(RateKind.WORK)
    return caller


def known_caller(*scopes: Scope) -> Caller:
    """The caller of this request, if it has one of these scopes.

    Raises: Forbidden.
    """
    held = [scope for scope in scopes if scope in _VISIT.get().caller.scopes]
    return caller_with(held[0] if held else scopes[0])
