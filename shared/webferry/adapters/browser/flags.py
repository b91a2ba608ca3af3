"""The browser's command line and environment: every flag with the reason it is there."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from webferry.domain.rendering import Asset


class ProcessModel(StrEnum):
    """How many processes a browser consists of."""

    SINGLE = "single"
    MULTI = "multi"


_FEATURES_OFF = (
    # Announcements on the local network are traffic that passes no proxy.
    "WebRtcHideLocalIpsWithMdns",
    "MediaRouter",
    "DialMediaRouteProvider",
    "OptimizationHints",
    "Translate",
    "AcceptCHFrame",
    "HttpsUpgrades",
)
_ALWAYS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    # Software drawing inside the browser process: one process less, and no card is needed.
    "--disable-gpu",
    "--in-process-gpu",
    # /dev/shm is tiny in Lambda and in containers.
    "--disable-dev-shm-usage",
    # Nothing calls home, updates itself, or reports its crashes.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-logging",
    "--no-pings",
    "--mute-audio",
    "--hide-scrollbars",
    "--password-store=basic",
    "--use-mock-keychain",
    # The profile lives in memory: writing one to the disk costs a fifth of the start.
    "--incognito",
    "--disk-cache-size=1",
    # Nobody steers this browser: it shows a page as the reader's own would.
    "--disable-blink-features=AutomationControlled",
    # Hidden is what every page here is; its timers shall run all the same.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--js-flags=--max-old-space-size=512",
    f"--disable-features={','.join(_FEATURES_OFF)}",
)
# window.open answers null: a page that opens a hundred others opens none.
_ONE_WINDOW = ("--block-new-web-contents",)
# Whoever steers may need what a click opens, and attaches beside the pipe, on a port nobody chose.
_STEERED = ("--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0")
# Each of the first three leaves a way around the proxy open if it stands alone.
_PROXIED = (
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
)
# Making ready to draw in three dimensions is a fifth of the start, and adds nothing to be read.
_UNSEEN = ("--disable-software-rasterizer",)


@dataclass(frozen=True, slots=True)
class Launch:
    """What one browser is started with."""

    program: Path
    directory: Path
    proxy_port: int
    user_agent: str
    model: ProcessModel
    sandboxed: bool
    not_fetched: frozenset[Asset]
    steered: bool = False
    seen: bool = True

    @property
    def command(self) -> list[str]:
        """The program and its arguments."""
        return [
            str(self.program),
            *_ALWAYS,
            *self._processes(),
            *(_STEERED if self.steered else _ONE_WINDOW),
            f"--proxy-server=http://127.0.0.1:{self.proxy_port}",
            *_PROXIED,
            f"--user-data-dir={self.directory}",
            f"--user-agent={self.user_agent}",
            *([] if self.seen else _UNSEEN),
            *(["--blink-settings=imagesEnabled=false"] if Asset.IMAGES in self.not_fetched else []),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of ours: a page that breaks out of the browser finds no secret there."""
        own = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            **dict.fromkeys(own, str(self.directory)),
        }

    def _processes(self) -> list[str]:
        if self.model is ProcessModel.SINGLE:
            return ["--single-process", "--no-zygote", "--no-sandbox"]
        # The sandbox needs the zygote; without one, a process less has to be started.
        return [] if self.sandboxed else ["--no-zygote", "--no-sandbox"]
