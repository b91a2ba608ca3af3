"""Stands where steps cannot be taken, and says so."""

from webferry.domain.errors import Unavailable
from webferry.domain.walks import Walk, WalkOrder


class NoWalker:
    """Flows that need no steps run all the same."""

    @property
    def missing(self) -> str:
        """What to do."""
        return "Steps that act on a page are not in this release"

    async def walk(self, order: WalkOrder) -> Walk:
        """Raises: Unavailable."""
        raise Unavailable(self.missing)
