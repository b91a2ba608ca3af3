"""The scrape door's engines and devices: chosen by the caller, and named when somebody asks."""

from typing import Any

import pytest

from scrape_api.handler import handler
from tests.doors.knocking import knock
from tests.raw_site import RawSite


def scrape(key: str, site: RawSite, config: dict[str, Any]) -> Any:
    body = {"urls": [site.url], "config": config}
    return knock(handler, "scrape_sync", key=key, body=body).json


@pytest.mark.promise("tool.javascript.false", "tool.javascript.absent")
@pytest.mark.parametrize("javascript", [False, None])
def test_the_engines_are_named_to_who_asks(
    key: str, site: RawSite, *, javascript: bool | None
) -> None:
    metadata = scrape(key, site, {"javascript": javascript})["result"]["metadata"]

    assert metadata["engine"] == "http"
    assert metadata["enginesTried"] == ["http"]


def test_nobody_else_hears_of_them(key: str, site: RawSite) -> None:
    metadata = scrape(key, site, {"timeoutMs": 9000})["result"]["metadata"]

    assert not {"engine", "enginesTried"} & set(metadata)


@pytest.mark.parametrize("javascript", ["true", 1, "yes", []])
def test_the_flag_is_a_truth_value(key: str, site: RawSite, javascript: object) -> None:
    answer = scrape(key, site, {"javascript": javascript})

    assert answer["error"]["code"] == "INVALID_REQUEST"
    assert answer["error"]["message"].startswith("config.javascript")


@pytest.mark.promise("scrape.config.user-agent")
@pytest.mark.parametrize(
    ("profile", "device", "mobile"),
    [("default", "X11; Linux", "?0"), ("mobile", "Android", "?1"), ("tablet", "iPad", None)],
)
def test_a_profile_is_a_device_down_to_its_hints(
    key: str, site: RawSite, profile: str, device: str, mobile: str | None
) -> None:
    scrape(key, site, {"userAgentProfile": profile})

    head = site.requests[-1]
    assert device in head
    assert (f"sec-ch-ua-mobile: {mobile}" in head) == (mobile is not None)


@pytest.mark.promise("scrape.config.user-agent")
@pytest.mark.parametrize("profile", ["x\r\nHost: a", "Default", "", None, 1])
def test_no_other_profile_exists(key: str, site: RawSite, profile: object) -> None:
    answer = scrape(key, site, {"userAgentProfile": profile})

    assert answer["error"]["code"] == "INVALID_REQUEST"
