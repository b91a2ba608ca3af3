"""Finds the Chromium that this machine already has, if any."""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

NO_BROWSER = (
    "No browser is installed here: add one with `apt-get install chromium-headless-shell`,"
    " or name one in BROWSER_PATH"
)
NAMES = (
    "chromium-headless-shell",
    "headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
)
MAC_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PROGRAMS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PLAYWRIGHT_CACHES = (
    ".cache/ms-playwright",
    "Library/Caches/ms-playwright",
    "AppData/Local/ms-playwright",
)
PLAYWRIGHT_PROGRAMS = (
    "*/headless_shell",
    "*/chrome-headless-shell",
    "*/chrome",
    "*/*.exe",
    "*/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser(environment: Mapping[str, str]) -> Path | None:
    """The browser named by BROWSER_PATH, else on PATH, else installed, else Playwright's own."""
    named = environment.get("BROWSER_PATH")
    if named:
        return Path(named) if Path(named).is_file() else None
    return next(_candidates(environment), None)


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    for name in NAMES:
        found = shutil.which(name, path=environment.get("PATH", ""))
        if found:
            yield Path(found)
    yield from filter(Path.is_file, _installed_applications(environment))
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "/")
    for cache in PLAYWRIGHT_CACHES:
        yield from _playwright_browsers(home / cache)


def _installed_applications(environment: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from (Path("/Applications", name) for name in MAC_APPLICATIONS)
    folders = (
        environment.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    )
    for folder in filter(None, folders):
        yield from (Path(folder, name) for name in WINDOWS_PROGRAMS)


def _playwright_browsers(cache: Path) -> Iterator[Path]:
    """The newest first, and the headless shell before the full browser of the same age."""
    folders = [*cache.glob("chromium-*"), *cache.glob("chromium_headless_shell-*")]
    for folder in sorted(folders, key=_revision_and_kind, reverse=True):
        for program in PLAYWRIGHT_PROGRAMS:
            yield from filter(Path.is_file, folder.glob(program))


def _revision_and_kind(folder: Path) -> tuple[int, str]:
    digits = re.search(r"\d+$", folder.name)
    return (int(digits.group()) if digits else 0, folder.name)
