"""Browser set-up: finds what is there, asks apt once, and never stands in the way."""

import os
from pathlib import Path

import pytest

from setup import browser
from webferry.adapters.browser.finder import find_browser


def program(path: Path, script: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_the_named_browser_comes_first(tmp_path: Path) -> None:
    named = program(tmp_path / "mine")
    program(tmp_path / "bin/chromium")

    assert find_browser({"BROWSER_PATH": str(named), "PATH": str(tmp_path / "bin")}) == named


def test_a_named_browser_that_does_not_exist_is_not_replaced_by_another(tmp_path: Path) -> None:
    program(tmp_path / "chromium")

    assert find_browser({"BROWSER_PATH": "/no/such/file", "PATH": str(tmp_path)}) is None


def test_the_headless_shell_is_taken_before_the_full_browser(tmp_path: Path) -> None:
    program(tmp_path / "chromium")
    shell = program(tmp_path / "chromium-headless-shell")

    assert find_browser({"PATH": str(tmp_path)}) == shell


def test_the_newest_browser_of_playwright_is_found(tmp_path: Path) -> None:
    cache = tmp_path / ".cache/ms-playwright"
    program(cache / "chromium_headless_shell-999/chrome-linux/headless_shell")
    program(cache / "chromium-1100/chrome-linux/chrome")
    newest = program(cache / "chromium_headless_shell-1100/chrome-linux/headless_shell")

    assert find_browser({"HOME": str(tmp_path)}) == newest


@pytest.fixture
def bare_debian(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine of root's with apt and without any browser: its only folder of programs."""
    for name in ("BROWSER_PATH", "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(browser, "TRIED", tmp_path / "tried.txt")
    monkeypatch.setattr(browser, "APT_LISTS", tmp_path / "lists")
    return tmp_path / "bin"


def test_apt_is_asked_for_a_browser(bare_debian: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = bare_debian / "chromium-headless-shell"
    install = f'case "$*" in *install*) : > {shell}; /bin/chmod +x {shell};; esac'
    program(bare_debian / "apt-get", install)

    browser.main()

    assert find_browser(os.environ) == shell
    assert "installing" in capsys.readouterr().out


def test_a_failing_apt_is_asked_once_and_stops_nothing(
    bare_debian: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = bare_debian.parent / "asked"
    program(bare_debian / "apt-get", f"echo asked >> {asked}; echo no network >&2; exit 100")

    browser.main()
    browser.main()

    assert asked.read_text("utf-8").count("asked") == 1
    assert capsys.readouterr().out.count("no Chromium found") == 2
