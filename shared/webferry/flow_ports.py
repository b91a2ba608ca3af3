"""Sockets of flows: what their use cases need from the world, and the errors it may answer with."""

import builtins
from typing import Protocol

from webferry.domain.errors import Unavailable
from webferry.domain.flow_secrets import Pouch
from webferry.domain.flows import Flow
from webferry.domain.runs import Run
from webferry.domain.schedules import Schedule
from webferry.domain.walks import Walk, WalkOrder


class Flows(Protocol):
    """Flows and their runs. Every method may raise Unavailable."""

    def add(self, flow: Flow) -> bool:
        """Store a flow; False if its id is taken."""

    def get(self, account_id: str, flow_id: str) -> Flow:
        """Raises: NotFound."""

    def list(self, account_id: str) -> list[Flow]:
        """Every flow of the account, in no order."""

    def replace(self, flow: Flow, *, forgive: bool) -> bool:
        """Store a changed flow where the version before it stands; False if it does not.

        To forgive is to count a monitor's failures from now on.
        """

    def remove(self, account_id: str, flow_id: str) -> None:
        """Raises: NotFound."""

    def due(self, now_ms: int, limit: int) -> builtins.list[tuple[str, str]]:
        """Account and flow of what is due, the longest due first."""

    def run(self, account_id: str, run_id: str) -> Run:
        """A run as it was opened, or as it ended; in between, its job knows more.

        Raises: NotFound.
        """

    def runs(self, account_id: str) -> builtins.list[Run]:
        """Every run of the account, in no order."""


class Pouches(Protocol):
    """The secrets of accounts. Every method may raise Unavailable."""

    def of(self, account_id: str) -> Pouch:
        """All secrets of an account; an empty pouch if it has none."""

    def replace(self, pouch: Pouch) -> bool:
        """Store a pouch where the version before it stands; False if it does not."""


class Calendar(Protocol):
    """Knows when schedules are due."""

    def next_ms(self, schedule: Schedule, after_ms: int, owner: str) -> int | None:
        """The first due moment after this one; None if there never is one.

        Raises: InvalidRequest: nobody can read this schedule.
        """


class NotBegun(Unavailable):
    """Nobody could be found to take the steps: none of them has been taken."""


class Walker(Protocol):
    """Does the steps of flows in a browser."""

    @property
    def missing(self) -> str:
        """What to do to have a browser; empty where there is one."""

    async def walk(self, order: WalkOrder) -> Walk:
        """Everything up to the last step, or to the one that failed.

        Raises: PageError, InvalidRequest, NotBegun; Unavailable: nobody knows how far it came.
        """
