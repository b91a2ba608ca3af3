"""Flows and their runs as a test handles them: describe, start, work off, read."""

from typing import Any

from flows_api.handler import handler
from tests.doors.conftest import SCRIPT
from tests.doors.knocking import Answer, knock
from tests.doors.scrape_jobs import work
from tests.furnished import Furnished
from tests.raw_site import html

SCHEMA = {"name": "string", "price": "number"}
PRICES = {"Storm": 12.5, "Harbour": 30.0, "Signal": 9.9, "Pier": 17.25, "Reef": 8.0, "Bow": 44.1}
EXPECTED = [{"name": f"{name} lantern", "price": price} for name, price in PRICES.items()]
SHELF = "".join(
    f'<li class="item"><h2><a href="/l/{name}">{name} lantern</a></h2>'
    f'<span class="price">${price:.2f}</span></li>'
    for name, price in PRICES.items()
)
SHOP = f"<title>Lanterns</title><h1>All our lanterns</h1><ul>{SHELF}</ul>"
SCRIPT["/shelf"] = html(SHOP)


def get(key: str, path: str, **more: Any) -> Answer:
    return knock(handler, "flows_list", key=key, path=path, **more)


def flow_of(key: str, url: str, **more: Any) -> str:
    body = {"name": "Lanterns", "url": url, "mode": "extract", "outputSchema": SCHEMA} | more
    answer = knock(handler, "flows_create", key=key, body=body)
    assert answer.status == 201, answer.text
    return str(answer.json["data"]["id"])


def start(key: str, flow: str) -> Answer:
    return knock(handler, "runs_start", key=key, body={"flowId": flow})


def run(furnished: Furnished, key: str, flow: str) -> Any:
    """A run, started and worked off."""
    started = start(key, flow)
    assert started.status == 201, started.text
    work(furnished)
    return get(key, f"/api/runs/{started.json['data']['id']}").json["data"]
