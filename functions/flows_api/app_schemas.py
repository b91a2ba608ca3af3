"""Wire shapes of connected applications."""

from typing import Self

from flows_api.schemas import iso_seconds
from webferry.domain.grants import Grant
from webferry.domain.keys import Scope
from webferry.web.wire import Wire


class ListedApp(Wire):
    """One application, as it named itself."""

    id: str
    name: str
    client_id: str
    scopes: list[Scope]
    created_at: str
    last_used_at: str

    @classmethod
    def of(cls, grant: Grant) -> Self:
        """The application that a grant is for; it is used whenever its tokens are renewed."""
        return cls(
            id=grant.id,
            name=grant.client_name,
            client_id=grant.client_id,
            scopes=list(grant.scopes),
            created_at=iso_seconds(grant.created_at_ms),
            last_used_at=iso_seconds(grant.last_used_at_ms),
        )


class AppList(Wire):
    """The applications, and how many there are."""

    data: list[ListedApp]
    total: int
