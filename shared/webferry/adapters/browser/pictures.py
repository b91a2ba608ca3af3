"""Pictures of a page: what its window shows, all of it, one element, or a PDF."""

import json
from base64 import b64decode
from typing import Any

from webferry.adapters.browser import page_scripts
from webferry.adapters.browser.tab import Tab
from webferry.domain.errors import FetchFailed
from webferry.domain.rendering import Capture, CaptureKind

# Beyond this the browser repeats itself, and its memory is gone.
MAX_SIDE = 16_384
MAX_PIXELS = 40_000_000

Clip = dict[str, float]


async def take(tab: Tab, capture: Capture, scale: float) -> bytes:
    """PNG, or PDF. Raises: FetchFailed, CallFailed, BrowserGone."""
    if capture.kind is CaptureKind.PDF:
        printed = await tab.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return b64decode(printed["data"])
    taken: dict[str, Any] = {"format": "png"}
    clip = await _clip(tab, capture)
    if clip:
        pixels = clip["width"] * clip["height"] * scale * scale
        if pixels > MAX_PIXELS:
            clip["height"] = max(1.0, clip["height"] * MAX_PIXELS / pixels)
        taken |= {"clip": clip | {"scale": 1}, "captureBeyondViewport": True}
    shot = await tab.call("Page.captureScreenshot", **taken)
    return b64decode(shot["data"])


async def _clip(tab: Tab, capture: Capture) -> Clip | None:
    """The part of the page to show; None is what the window shows."""
    if capture.kind is CaptureKind.VIEWPORT:
        return None
    if capture.kind is CaptureKind.FULL_PAGE:
        size = (await tab.call("Page.getLayoutMetrics"))["cssContentSize"]
        return _bounded(0, 0, size["width"], size["height"])
    place = await tab.evaluate(page_scripts.PLACE % {"selector": json.dumps(capture.selector)})
    if not place or place["width"] < 1 or place["height"] < 1:
        raise FetchFailed("The page has no visible element for the selector", retryable=False)
    return _bounded(place["x"], place["y"], place["width"], place["height"])


def _bounded(x: float, y: float, width: float, height: float) -> Clip:
    return {
        "x": max(0.0, x),
        "y": max(0.0, y),
        "width": min(MAX_SIDE, max(1.0, width)),
        "height": min(MAX_SIDE, max(1.0, height)),
    }
