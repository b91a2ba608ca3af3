"""What is around this process: a browser, names it is reached under, somebody who follows it."""

from contextlib import AbstractContextManager, nullcontext

from webferry import observability
from webferry.adapters.browser.finder import NO_BROWSER, find_browser
from webferry.settings import Settings, is_traced


def missing_browser(settings: Settings | None = None) -> str:
    """What to do to have a browser; empty where there is one."""
    told = settings or Settings.of_process()
    # A function that runs on this machine has only the browser that is on it.
    search = told.browser_search
    found = search is None or find_browser(search)
    return "" if found and told.browser_function else NO_BROWSER


def own_hosts(domain: str) -> list[str]:
    """The names under which callers may reach the doors."""
    return Settings.of_process().own_hosts(domain)


def traced(name: str) -> AbstractContextManager[None]:
    """A stretch of work, in the trace if X-Ray follows this invocation."""
    return observability.segment(name) if is_traced() else nullcontext()
