"""One page in a browser: how it stands now, kept up to date by what DevTools tells."""

import asyncio
import re
from typing import Any

from webferry.adapters.browser import page_scripts
from webferry.adapters.browser.devtools import BrowserGone, CallFailed, DevTools, Params
from webferry.adapters.browser.toll import Toll
from webferry.adapters.browser.traffic import Traffic

# What a page may be; every other kind of address lets scripts of the web look behind it.
_HARMLESS = re.compile(r"(?:https?|data|blob):|about:(?:blank|srcdoc)|chrome-error:")
_WORLD = "webferry"
_MAX_NAVIGATIONS = 40
STRAGGLER_MS = 3_000


class Tab:
    """A page's state; `alarm` is set when there is no use in waiting any longer."""

    def __init__(self, devtools: DevTools, target: str, session: str) -> None:
        self._devtools = devtools
        self._session = session
        self._frame = target
        self._world: int | None = None
        self._clock = asyncio.get_running_loop().time
        self._about_to_move = False
        self._toll: Toll | None = None
        self.traffic = Traffic(target)
        self._ready_at_ms = 0.0
        self.dom_ready = asyncio.Event()
        self.loaded = asyncio.Event()
        self.crashed = asyncio.Event()
        self.astray = asyncio.Event()
        devtools.listen(session, self._take)

    @classmethod
    async def open(cls, devtools: DevTools) -> "Tab":
        """Raises: CallFailed, BrowserGone."""
        made = await devtools.call("Target.createTarget", {"url": "about:blank"})
        return await cls.of(devtools, made["targetId"])

    @classmethod
    async def of(cls, devtools: DevTools, target: str) -> "Tab":
        """A page that is open already. Raises: CallFailed, BrowserGone."""
        attached = await devtools.call(
            "Target.attachToTarget", {"targetId": target, "flatten": True}
        )
        return cls(devtools, target, attached["sessionId"])

    def send(self, method: str, **params: Any) -> asyncio.Future[Params]:  # noqa: ANN401
        """Tell the page something, without waiting."""
        return self._devtools.send(method, params, self._session)

    async def call(self, method: str, **params: Any) -> Params:  # noqa: ANN401
        """Raises: CallFailed, BrowserGone."""
        return await self.send(method, **params)

    def watch(self, toll: Toll) -> None:
        """From now on be told of everything that matters here, and keep out what must not run."""
        self._toll = toll
        self.send("Page.enable")
        self.send("Inspector.enable")
        self.send("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0)
        self.send("Network.setBypassServiceWorker", bypass=True)
        if toll.cookies:
            self.send("Network.setCookies", cookies=toll.cookies)
        if toll.patterns:
            self.send("Fetch.enable", patterns=toll.patterns)

    @property
    def has_answer(self) -> bool:
        """Whether anything has come of the page's own document."""
        return bool(self.traffic.document and self.traffic.document.status)

    @property
    def ready_since_ms(self) -> float | None:
        """When the page was there to be read; None while it is not."""
        return self._ready_at_ms if self.is_loaded else None

    @property
    def is_loaded(self) -> bool:
        """Whether all has come, or all but a straggler that nobody reads for."""
        waited_ms = self.now_ms() - self._ready_at_ms
        return self.loaded.is_set() or (self.dom_ready.is_set() and waited_ms > STRAGGLER_MS)

    def pending(self) -> int:
        """How many answers the page still waits for."""
        return self.traffic.pending(self.now_ms()) + self._about_to_move

    def now_ms(self) -> float:
        """The loop's own time."""
        return self._clock() * 1000

    async def evaluate(self, script: str) -> Any:  # noqa: ANN401
        """The value of a script in our own world of the page.

        Raises: CallFailed: the page has moved on meanwhile; BrowserGone.
        """
        if self._world is None:
            made = await self.call(
                "Page.createIsolatedWorld", frameId=self._frame, worldName=_WORLD
            )
            self._world = int(made["executionContextId"])
            self.send("Runtime.evaluate", expression=page_scripts.WATCH, contextId=self._world)
        answer = await self.call(
            "Runtime.evaluate",
            expression=script,
            contextId=self._world,
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in answer:
            raise CallFailed(str(answer["exceptionDetails"].get("text", "")))
        return answer["result"].get("value")

    async def catch_up(self) -> None:
        """Learn how far a page has come that was open before it was watched.

        Raises: CallFailed, BrowserGone.
        """
        state = await self.evaluate("document.readyState")
        if state in ("interactive", "complete"):
            self._ready()
        if state == "complete":
            self.loaded.set()

    async def stop_scripts(self) -> None:
        """End what the page is computing, so that it can be read once more."""
        try:
            async with asyncio.timeout(1):
                await self.call("Runtime.terminateExecution")
        except (CallFailed, BrowserGone, TimeoutError):
            return

    def _take(self, event: str, params: Params) -> None:
        domain, _, name = event.partition(".")
        if domain == "Network":
            self.traffic.take(name, params, self.now_ms())
        elif domain == "Page":
            self._page_event(name, params)
        elif event == "Fetch.requestPaused" and self._toll:
            method, answer = self._toll.decide(params)
            self.send(method, **answer)
        elif event == "Inspector.targetCrashed":
            self.crashed.set()

    def _page_event(self, name: str, params: Params) -> None:
        match name:
            case "frameNavigated":
                self._navigated(params["frame"])
            case "frameScheduledNavigation" if params["frameId"] == self._frame:
                # A page that sends its reader on after a while is a page; at once, it is none.
                self._about_to_move = float(params["delay"]) <= 5
            case "frameClearedScheduledNavigation" if params["frameId"] == self._frame:
                self._about_to_move = False
            case "domContentEventFired":
                self._ready()
            case "loadEventFired":
                self.loaded.set()
            case "frameStoppedLoading" if params["frameId"] == self._frame and self.has_answer:
                # Also said of a page that was cut short, which never says that it is ready.
                self._ready()
                self.loaded.set()
            case "javascriptDialogOpening":
                # Every question is answered no, but whether the page may be left.
                self.send("Page.handleJavaScriptDialog", accept=params["type"] == "beforeunload")
            case _:
                pass

    def _ready(self) -> None:
        if not self.dom_ready.is_set():
            self._ready_at_ms = self.now_ms()
            self.dom_ready.set()

    def _navigated(self, frame: Params) -> None:
        if not _HARMLESS.match(frame["url"]):
            self.astray.set()
        if frame["id"] != self._frame:
            return
        self._world = None
        self._about_to_move = False
        self.dom_ready.clear()
        self.loaded.clear()
        self.traffic.restart()
        if self.traffic.navigations > _MAX_NAVIGATIONS:
            self.astray.set()
