"""The worked example of the docs: one file on the shelf is a whole tool, behind the same door."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.knocking import knock
from tests.doors.tool_jobs import credits, ended, execute
from tests.furnished import Furnished
from tests.raw_site import RawSite
from tools_api.handler import handler
from webferry import tools
from webferry.tools.catalogue import catalogue

PAGE = Path(__file__).parents[2] / "docs/tools-api.md"
EXAMPLE = re.compile(r"## A new tool\n.*?```python\n(.*?)```", re.DOTALL)


@pytest.fixture
def headings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The example of the docs, saved as it says."""
    found = EXAMPLE.search(PAGE.read_text())
    assert found
    (tmp_path / "headings.py").write_text(found[1])
    monkeypatch.setattr(tools, "__path__", [*tools.__path__, str(tmp_path)])
    catalogue.cache_clear()
    yield "headings"
    catalogue.cache_clear()
    del sys.modules["webferry.tools.headings"]


@pytest.mark.promise("tool.one-file")
def test_one_file_is_listed_checked_run_and_paid_for(
    furnished: Furnished, site: RawSite, key: str, headings: str
) -> None:
    before = credits(key)
    listed = knock(handler, "tools_list", key=key, path=f"/api/v1/tools/{headings}").json["data"]
    refused = execute(key, tool=headings, url=1)

    job = ended(furnished, key, execute(key, tool=headings, url=f"{site.url}/", javascript=False))

    assert (listed["name"], listed["credits"], listed["available"]) == ("Headings", 1, True)
    assert set(listed["inputSchema"]["properties"]) == {"url", "javascript"}
    assert (refused.status, list(refused.json["details"])) == (400, ["url"])
    assert job["result"]["items"] == [
        {"url": f"{site.url}/", "data": {"level": 1, "text": "Example Domain"}}
    ]
    after = credits(key)
    assert (job["creditsUsed"], before["balance"] - after["balance"]) == (1, 1)
    assert after["freeRuns"][headings] == 3


def test_one_file_that_finds_nothing_costs_nothing(
    furnished: Furnished, site: RawSite, key: str, headings: str
) -> None:
    before = credits(key)
    job = ended(furnished, key, execute(key, tool=headings, url=f"{site.url}/lamps"))

    assert (job["status"], job["errorCode"], job["creditsUsed"]) == ("failed", "EMPTY_PAGE", 0)
    assert credits(key)["balance"] == before["balance"]
