"""Devices for the browser: the window and the words with which a page meets each of them."""

from typing import Any

from webferry.adapters.user_agents import Device
from webferry.domain.rendering import Viewport

# A page that is only read is drawn as small as it goes, which no script can tell.
_UNSEEN_SCALE = 0.1


def window(device: Device, wanted: Viewport | None, *, seen: bool) -> dict[str, Any]:
    """The size that a page is laid out for, and, if it is to be seen, drawn at."""
    return {
        "width": wanted.width if wanted else device.width,
        "height": wanted.height if wanted else device.height,
        "deviceScaleFactor": device.scale,
        "mobile": device.touch,
        "scale": 1 if seen else _UNSEEN_SCALE,
    }


def introduction(device: Device) -> dict[str, Any]:
    """What scripts read in `navigator`: the same that the server reads in the headers."""
    hints = {name: value.strip('"') for name, value in device.hints}
    introduction: dict[str, Any] = {
        "userAgent": device.user_agent,
        "acceptLanguage": "en-US,en",
    }
    if "sec-ch-ua-platform" in hints:
        platform = hints["sec-ch-ua-platform"]
        introduction["platform"] = "Linux armv81" if device.touch else "Linux x86_64"
        introduction["userAgentMetadata"] = {
            "brands": _brands(dict(device.hints)["sec-ch-ua"]),
            "platform": platform,
            "platformVersion": "10" if device.touch else "",
            "architecture": "" if device.touch else "x86",
            "model": "K" if device.touch else "",
            "mobile": device.touch,
        }
    return introduction


def _brands(header: str) -> list[dict[str, str]]:
    pairs = (part.strip().split(";v=") for part in header.split(","))
    return [{"brand": name.strip('"'), "version": version.strip('"')} for name, version in pairs]
