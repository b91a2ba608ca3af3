"""Who calls a tool: found at the door, asked for by the tools."""

from contextvars import ContextVar

from webferry.domain.keys import Caller, Scope

_CALLER: ContextVar[Caller] = ContextVar("caller")


def admit(caller: Caller) -> None:
    """From here on, this request is that caller's."""
    _CALLER.set(caller)


def caller_with(scope: Scope) -> Caller:
    """The caller of this request.

    Raises: Forbidden.
    """
    caller = _CALLER.get()
    caller.require(scope)
    return caller
