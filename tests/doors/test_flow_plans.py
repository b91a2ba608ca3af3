"""Plans of flows: what a run learns serves the next; a page built otherwise is learnt anew."""

from collections.abc import Iterator

import pytest

from flows_api.handler import handler
from tests.doors.conftest import SCRIPT
from tests.doors.flow_runs import EXPECTED, SHOP, flow_of, run
from tests.doors.knocking import knock
from tests.furnished import Furnished
from tests.raw_site import RawSite, html

LEARNT = "The page is built otherwise now; looked for anew: "
OUT_OF_ORDER = (
    "<h1>Lanterns</h1><p>From $5.00 soon</p><ul><li><a href=/a>Us</a><li><a href=/b>You</a>"
)


@pytest.fixture
def shown() -> Iterator[str]:
    """A page that a test may change."""
    SCRIPT["/shown"] = html(SHOP)
    yield "/shown"
    del SCRIPT["/shown"]


def learnt(ended: dict[str, list[dict[str, str]]]) -> list[str]:
    return [line["message"] for line in ended["logs"] if line["message"].startswith(LEARNT)]


@pytest.mark.promise("extract.plan")
def test_what_a_run_learnt_is_kept_for_the_next_and_a_page_built_otherwise_is_learnt_anew(
    furnished: Furnished, site: RawSite, own: str, shown: str
) -> None:
    flow = flow_of(own, site.url + shown)
    first, second = run(furnished, own, flow), run(furnished, own, flow)
    SCRIPT[shown] = html(SHOP.replace('class="price"', 'class="cost-now"'))
    third, fourth = run(furnished, own, flow), run(furnished, own, flow)

    assert [each["outputPreview"] for each in (first, second, third, fourth)] == [EXPECTED] * 4
    assert [learnt(each) for each in (first, second, fourth)] == [[]] * 3
    assert learnt(third) == [f"{LEARNT}price"]
    assert [line["level"] for line in third["logs"] if line["message"] in learnt(third)] == ["warn"]


def test_a_page_that_was_out_of_order_once_teaches_nothing_for_good(
    furnished: Furnished, site: RawSite, own: str, shown: str
) -> None:
    flow = flow_of(own, site.url + shown)
    SCRIPT[shown] = html(OUT_OF_ORDER)
    run(furnished, own, flow)
    SCRIPT[shown] = html(SHOP)
    assert run(furnished, own, flow)["outputPreview"] == EXPECTED
    SCRIPT[shown] = html(OUT_OF_ORDER)
    run(furnished, own, flow)
    SCRIPT[shown] = html(SHOP)

    back = run(furnished, own, flow)

    assert (back["outputPreview"], learnt(back)) == (EXPECTED, [])


def test_a_flow_that_wants_something_else_now_is_not_read_by_the_old_plan(
    furnished: Furnished, site: RawSite, own: str, shown: str
) -> None:
    flow = flow_of(own, site.url + shown)
    run(furnished, own, flow)
    body = {"outputSchema": {"name": "string"}}
    knock(handler, "flows_create", key=own, method="PUT", path=f"/api/flows/{flow}", body=body)

    ended = run(furnished, own, flow)

    assert ended["outputPreview"] == [{"name": item["name"]} for item in EXPECTED]
    assert learnt(ended) == []
