"""When a page built by scripts is ready: a rule over what was seen of it, tick by tick."""

from dataclasses import dataclass

TICK_MS = 100
QUIET_TICKS = 2
# An answer to our question later than this means that the page is at work, not that it rests.
PROMPT_MS = 60
# What a page with little to read gets from its load on, one with a sign to wait from each stir.
SHELL_PATIENCE_MS = 1_500
BUSY_PATIENCE_MS = 4_000
SHELL_TEXT = 60
# A page that fetches or moves without growing is as complete as it will be.
IDLE_STALL_MS = 3_000
FETCH_STALL_MS = 10_000
GROWTH = 1.02


@dataclass(frozen=True, slots=True)
class Pulse:
    """What one tick saw: changes since the last, elements now, requests that the page waits for."""

    at_ms: float
    loaded: bool
    changes: int
    size: int
    pending: int
    prompt: bool = True


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a quiet page looks like: much to read, a sign to wait, scripts that may yet act."""

    text: int
    busy: bool
    scripts: bool


class Settling:
    """No request pending and the DOM quiet, two ticks in a row; or no growth for long enough."""

    def __init__(self, ready_since_ms: float | None = None) -> None:
        self._ready_since_ms = ready_since_ms
        self._calm_ticks = 0
        self._peak = 0
        self._loaded_at_ms: float | None = None
        self._grew_at_ms = 0.0
        self._stirred_at_ms = 0.0
        self._waited_at_ms = 0.0

    def is_quiet(self, pulse: Pulse) -> bool:
        """Take a tick in; whether the page rests now."""
        if not pulse.loaded:
            self._calm_ticks, self._peak, self._loaded_at_ms = 0, 0, None
            self._ready_since_ms = None
            return False
        if self._loaded_at_ms is None:
            self._loaded_at_ms = self._stirred_at_ms = pulse.at_ms
            if self._ready_since_ms is not None:
                self._loaded_at_ms = self._ready_since_ms
        if pulse.size > self._peak * GROWTH:
            self._peak, self._grew_at_ms = pulse.size, pulse.at_ms
        calm = not pulse.pending and not pulse.changes and pulse.prompt
        self._calm_ticks = self._calm_ticks + 1 if calm else 0
        if not calm:
            self._stirred_at_ms = pulse.at_ms
        if pulse.pending:
            self._waited_at_ms = pulse.at_ms
        return self._calm_ticks >= QUIET_TICKS or self._has_stalled(pulse)

    def is_first_calm(self) -> bool:
        """Whether the last tick was the first calm one after a lively one."""
        return self._calm_ticks == 1

    def is_ready(self, pulse: Pulse, outlook: Outlook) -> bool:
        """Whether a quiet page is worth no more waiting."""
        if not outlook.scripts:
            return True
        if outlook.busy:
            since_ms = self._stirred_at_ms if self._calm_ticks else self._grew_at_ms
            return pulse.at_ms - since_ms >= BUSY_PATIENCE_MS
        loaded_ms = pulse.at_ms - (self._loaded_at_ms or 0)
        return outlook.text >= SHELL_TEXT or loaded_ms >= SHELL_PATIENCE_MS

    def _has_stalled(self, pulse: Pulse) -> bool:
        """An answer that has just come must have its chance to be shown."""
        idle_since_ms = max(self._grew_at_ms, self._waited_at_ms)
        return (
            pulse.at_ms - idle_since_ms >= IDLE_STALL_MS
            or pulse.at_ms - self._grew_at_ms >= FETCH_STALL_MS
        )
