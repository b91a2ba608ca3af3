"""Who calls a tool: found at the door, asked for by the tools."""

from contextvars import ContextVar
from dataclasses import dataclass, field

from webferry.domain.keys import Caller, Scope


@dataclass(slots=True)
class Visit:
    """A caller, and what the tools have missed of its scopes."""

    caller: Caller
    missing: list[Scope] = field(default_factory=list)


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


def known_caller(*scopes: Scope) -> Caller:
    """The caller of this request, if it has one of these scopes.

    Raises: Forbidden.
    """
    held = [scope for scope in scopes if scope in _VISIT.get().caller.scopes]
    return caller_with(held[0] if held else scopes[0])
