"""Engine choice: shells of every make go to the browser, pages that a server wrote do not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.site.pages import site_pages
from webferry.content.document import parse
from webferry.content.engine_choice import ENOUGH, ShellSign, shell_sign

PAGES = Path(__file__).with_name("engine_choice")
SHELLS = sorted((PAGES / "shells").glob("*.html"))
SERVED = sorted((PAGES / "served").glob("*.html"))


def sign_of(html: str) -> ShellSign | None:
    return shell_sign(parse(html))


def test_there_are_enough_of_both_to_mean_something() -> None:
    assert len(SHELLS) >= 20
    assert len(SERVED) >= 20


@pytest.mark.promise("tool.javascript.absent")
@pytest.mark.parametrize("path", SHELLS, ids=lambda path: path.stem)
def test_a_shell_needs_a_browser(path: Path) -> None:
    assert sign_of(path.read_text()) is not None


@pytest.mark.promise("tool.javascript.absent")
@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.stem)
def test_a_page_that_a_server_wrote_needs_none(path: Path) -> None:
    assert sign_of(path.read_text()) is None


def test_the_site_of_the_benchmarks_is_told_apart() -> None:
    wrong = [page.path for page in site_pages() if page.scripted != bool(sign_of(page.html))]

    assert wrong == []


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("react_root", ShellSign.EMPTY_MOUNT),
        ("noscript_note", ShellSign.NOSCRIPT),
        ("spinner_only", ShellSign.WAITING),
        ("script_redirect", ShellSign.MOVING),
        ("state_in_script", ShellSign.STATE),
        ("bare_body", ShellSign.BARE),
    ],
)
def test_the_sign_says_why(name: str, sign: ShellSign) -> None:
    assert sign_of((PAGES / "shells" / f"{name}.html").read_text()) is sign


def test_enough_text_outweighs_every_sign() -> None:
    shell = (
        '<div id="root"></div><script src="/a.js"></script><noscript>Enable JavaScript</noscript>'
    )

    assert sign_of(shell) is ShellSign.EMPTY_MOUNT
    assert sign_of(f"<p>{'x' * ENOUGH}</p>{shell}") is None


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    shell_sign(parse(f"<script>{text}</script><div id=root>{text}</div>"))
