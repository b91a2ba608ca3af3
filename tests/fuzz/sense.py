"""What no schema can tell a generator: which pages there are, and what goes with what.

Requests that are meant to be accepted get values that make sense; those meant to be refused stay.
"""

from collections.abc import Callable
from typing import Any

Body = dict[str, Any]
WANTED = {"name": "string"}
BROWSER_FORMATS = {"screenshot", "pdf"}


def sensible(method: str, path: str, body: Body, page: str) -> Body:
    """The body of a request to an operation, for a product that can reach one page."""
    mend = _OF.get((method, path))
    told = {key: page if key in _ADDRESSES and isinstance(value, str) else value
            for key, value in body.items()}  # fmt: skip
    return mend(told, page) if mend else told


_ADDRESSES = {"url", "webhookUrl", "returnUrl"}


def _scrape(body: Body, page: str) -> Body:
    urls = [f"{page}?{number}" for number in range(len(body.get("urls", [1])))]
    body["urls"] = urls if body.get("mode") == "async" else urls[:1]
    # This product has no model.
    body.pop("prompt", None)
    formats = body.get("formats")
    if "schema" in body:
        body["schema"] = WANTED
        body["formats"] = sorted({*(formats or []), "records"})
    if isinstance(body.get("config"), dict):
        body["config"] = _config(dict(body["config"]), page)
        if BROWSER_FORMATS & set(body.get("formats") or []) or body["config"].get("waitFor"):
            body["config"].pop("engine", None)
            body["config"].pop("javascript", None)
    return body


def _config(config: Body, page: str) -> Body:
    if "javascript" in config:
        config.pop("engine", None)
    jitter = config.get("jitterMs")
    if jitter:
        config["jitterMs"] = {"min": 0, "max": 0}
    if "waitFor" in config:
        config["waitFor"] = "p"
    if config.get("proxy") is not None:
        config["proxy"] = page.rstrip("/")
    told = {
        "includeSelectors": ["p"],
        "excludeSelectors": ["nav"],
        "headers": {"X-Note": "1"},
        "cookies": {"note": "1"},
    }
    return config | {key: value for key, value in told.items() if key in config}


def _flow(body: Body, page: str) -> Body:
    if body.get("outputSchema") is not None:
        body["outputSchema"] = WANTED
    if body.get("schedule") is not None:
        body["schedule"] = {"everyMinutes": 60}
    if body.get("noise") is not None:
        body["noise"] = {**body["noise"], "ignorePatterns": ["[0-9]+"]}
    if body.get("status") == "error":
        body["status"] = "draft"
    if body.get("steps"):
        body["steps"] = [_step(dict(step), page) for step in body["steps"]]
    return body


def _step(step: Body, page: str) -> Body:
    if step.get("url") is not None:
        step["url"] = page
    if step.get("type") == "wait":
        step = {"type": "wait", "ms": 10}
    return step


def _extraction(body: Body, page: str) -> Body:
    del page
    if body.get("schema") is not None:
        body["schema"] = WANTED
    return body


_OF: dict[tuple[str, str], Callable[[Body, str], Body]] = {
    ("post", "/v1/scrape"): _scrape,
    ("post", "/api/flows"): _flow,
    ("put", "/api/flows/{flow_id}"): _flow,
    ("post", "/api/extract"): _extraction,
    ("post", "/api/runs/{run_id}/replay"): _extraction,
}


def tool_input(slug: str, page: str) -> Body:
    """What a tool can be run on."""
    if slug == "instagram-scraper":
        return {"username": "lanterns"}
    if slug == "ai-generator":
        return {"prompt": "A lantern"}
    return {"url": page}
