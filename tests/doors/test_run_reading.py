"""Runs that end in the very moment in which they are read."""

import pytest

from tests.doors.flow_runs import EXPECTED, flow_of, start
from tests.doors.scrape_jobs import work
from tests.furnished import Furnished
from tests.raw_site import RawSite
from webferry.adapters.dynamodb.flows import DynamoFlows
from webferry.domain.jobs import JobState
from webferry.domain.runs import Run


class SlowFlows(DynamoFlows):
    """A table from whose first answer to its arrival the workers do all there is to do."""

    def __init__(self, flows: DynamoFlows, furnished: Furnished) -> None:
        self.__dict__.update(vars(flows))
        self.furnished, self.asked = furnished, 0

    def run(self, account_id: str, run_id: str) -> Run:
        found = super().run(account_id, run_id)
        self._meanwhile()
        return found

    def runs(self, account_id: str) -> list[Run]:
        found = super().runs(account_id)
        self._meanwhile()
        return found

    def _meanwhile(self) -> None:
        self.asked += 1
        if self.asked == 1:
            work(self.furnished)


@pytest.mark.parametrize("listed", [False, True])
def test_a_run_that_ends_while_it_is_read_shows_all_that_it_brought(
    furnished: Furnished, site: RawSite, own: str, *, listed: bool
) -> None:
    name = start(own, flow_of(own, f"{site.url}/shelf")).json["data"]["id"]
    account = furnished.house.authenticate(own).account_id
    reading = furnished.house.flow_desk.runs
    flows = reading.flows
    assert isinstance(flows, DynamoFlows)
    slow = type(reading)(SlowFlows(flows, furnished), reading.jobs, reading.papers)

    run = slow.all(account)[0] if listed else slow.one(account, name)

    assert (run.id, run.state, run.report.items) == (name, JobState.SUCCEEDED, 6)
    assert slow.papers_of(run).items == tuple(EXPECTED)
