"""How a fetch introduces itself, per kind of device: the same to a server as to its scripts."""

from dataclasses import dataclass

from webferry.domain.pages import UserAgentProfile

# The Chromium of the browser function; a version of its own would contradict what pages measure.
CHROME = 156


@dataclass(frozen=True, slots=True)
class Device:
    """What a device says of itself, and the window it shows pages in."""

    user_agent: str
    hints: tuple[tuple[str, str], ...]
    width: int
    height: int
    scale: float = 1.0
    touch: bool = False


def _chrome(system: str, mobile: str = "") -> str:
    return (
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko)"
        f" Chrome/{CHROME}.0.0.0{mobile} Safari/537.36"
    )


def _hints(platform: str, mobile: str) -> tuple[tuple[str, str], ...]:
    brands = f'"Chromium";v="{CHROME}", "Google Chrome";v="{CHROME}", "Not.A/Brand";v="99"'
    return (
        ("sec-ch-ua", brands),
        ("sec-ch-ua-mobile", mobile),
        ("sec-ch-ua-platform", f'"{platform}"'),
    )


DEVICES = {
    UserAgentProfile.DEFAULT: Device(
        _chrome("X11; Linux x86_64"), _hints("Linux", "?0"), width=1366, height=768
    ),
    UserAgentProfile.MOBILE: Device(
        _chrome("Linux; Android 10; K", " Mobile"),
        _hints("Android", "?1"),
        width=412,
        height=915,
        scale=2.625,
        touch=True,
    ),
    # Safari sends no hints.
    UserAgentProfile.TABLET: Device(
        "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
        " Version/18.6 Safari/604.1",
        (),
        width=820,
        height=1180,
        scale=2.0,
        touch=True,
    ),
}
USER_AGENTS = {profile: device.user_agent for profile, device in DEVICES.items()}
