"""Set-up: looks for a Chromium, on Debian asks apt for one, and never stands in the way."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from webferry.adapters.browser.finder import find_browser

APT_LISTS = Path("/var/lib/apt/lists")
TRIED = Path(sys.prefix) / "webferry-browser-tried.txt"
PACKAGE = "chromium-headless-shell"
APT = ("apt-get", "-qq", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1")
APT_LIMIT_S = 300
HINT = (
    "no Chromium found: pages are fetched over plain HTTP. To add one: "
    f"apt-get install {PACKAGE}, or install Chrome, or set BROWSER_PATH."
)


def say(text: str) -> None:
    print(f"webferry setup: {text}", flush=True)


def apt_can_install() -> bool:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and shutil.which("apt-get") is not None


def apt_get(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            [*APT, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=APT_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"apt-get {arguments[0]}: {error}")
        return False
    if done.returncode != 0:
        say(f"apt-get {arguments[0]}: {done.stderr.strip().splitlines()[-1:] or 'failed'}")
    return done.returncode == 0


def install_with_apt() -> None:
    say(f"installing {PACKAGE} with apt-get, about half a minute")
    install = ("install", "-y", "--no-install-recommends", PACKAGE)
    if any(APT_LISTS.glob("*_Packages*")) and apt_get(*install):
        return
    if apt_get("update"):
        apt_get(*install)


def main() -> None:
    if find_browser(os.environ) is None and apt_can_install() and not TRIED.exists():
        TRIED.write_text(
            "apt-get was asked for a browser; delete this file to ask again\n", "utf-8"
        )
        install_with_apt()
    if find_browser(os.environ) is None:
        say(HINT)


if __name__ == "__main__":
    main()
