"""Shows a user the applications that are connected, and cuts one off."""

from dataclasses import dataclass

from webferry.access_ports import Grants
from webferry.domain.errors import NotFound
from webferry.domain.grants import APP_PREFIX, REFRESH_LIFE_MS, Grant
from webferry.ports import Clock


@dataclass(frozen=True, slots=True)
class ListApps:
    """The newest first."""

    grants: Grants
    clock: Clock

    def __call__(self, account_id: str) -> list[Grant]:
        """Raises: Unavailable."""
        since_ms = self.clock.now_ms() - REFRESH_LIFE_MS
        alive = [
            grant for grant in self.grants.list(account_id) if grant.last_used_at_ms > since_ms
        ]
        return sorted(alive, key=lambda grant: (grant.created_at_ms, grant.id), reverse=True)


@dataclass(frozen=True, slots=True)
class DisconnectApp:
    """From the next request on, all tokens of the application are refused."""

    grants: Grants

    def __call__(self, account_id: str, app_id: str) -> None:
        """Raises: NotFound, Unavailable."""
        family = app_id.removeprefix(APP_PREFIX)
        if family == app_id or not self.grants.revoke(account_id, family):
            raise NotFound("App not found")
