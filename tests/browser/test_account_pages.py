"""The pages around signing in, in a real browser: nothing is cut off or agreed to by accident."""

import asyncio
from pathlib import Path

import pytest
from fastapi import Response

from accounts_api import consent_page, keys_page
from accounts_api.keys_page import Said, Shelf
from accounts_api.page import notice, page
from tests.journeys.person import opened
from webferry.domain.clients import Client
from webferry.domain.errors import Forbidden
from webferry.domain.grants import GRANTABLE, Wish
from webferry.domain.keys import ApiKey, Scope
from webferry.domain.sessions import Visitor
from webferry.domain.signatures import SigningSecrets
from webferry.usecases.issue_key import IssuedKey

WORD = "W" * 100
HOME = f"https://{'w' * 60}.{'w' * 60}.example/callback"
WISH = Wish(Client("client_x", WORD, (HOME,), 0), HOME, GRANTABLE, "", "", None)
VISITOR = Visitor("acc_x", f"{'w' * 60}@{'w' * 60}.example", "0" * 64)
FORM = {
    "problem": f"<p class=problem>{WORD}</p>",
    "email": WORD,
    "fields": "",
    "onward": "",
    "join": "",
}
APP = {"name": WORD, "since": "since May", "scopes": f"<li>{WORD}</li>", "fields": ""}
KEY = ApiKey("key-1", "acc_x", WORD, tuple(Scope), "scr_live_****abcd", 0, 1)
SAID = Said(made=IssuedKey(KEY, WORD))
PAGES = {
    "consent": consent_page.page(WISH, VISITOR, {}),
    "sign_in": page("sign_in", "Sign in", **FORM),
    "sign_up": page("sign_up", "Sign up", **FORM),
    "app": page("app", "App", **APP),
    "keys": keys_page.page(VISITOR, Shelf([KEY], "c", 26), SigningSecrets(WORD), SAID),
    "keys while a secret is replaced": keys_page.page(
        VISITOR, Shelf([], None, 0), SigningSecrets(WORD, WORD, 1), Said(problem=Forbidden(WORD))
    ),
    "account": page("account", "Account", email=WORD, apps="", fields=""),
    "notice": notice(Forbidden(WORD)),
}
OPEN_ALL = 'document.querySelectorAll("details").forEach(one => { one.open = true })'
# What would take a click in the middle of the button, at the first moment and after the animation.
TAKES_A_CLICK = """() => {
  const button = document.querySelector("button");
  button.scrollIntoView();
  const at = button.getBoundingClientRect();
  const hit = () => document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === button;
  const [settling] = button.getAnimations();
  settling.pause();
  settling.currentTime = 0;
  const first = hit();
  settling.finish();
  return [first, hit()];
}"""


def shown(program: Path, html: Response, look: str, width: int = 390) -> object:
    async def see() -> object:
        async with opened(program) as sheet:
            await sheet.set_viewport_size({"width": width, "height": 900})
            await sheet.set_content(bytes(html.body).decode())
            await sheet.evaluate(OPEN_ALL)
            return await sheet.evaluate(look)

    return asyncio.run(see())


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_is_wider_than_a_telephone_however_long_the_words(program: Path, name: str) -> None:
    assert shown(program, PAGES[name], "document.documentElement.scrollWidth") == 390


def test_the_second_click_of_a_double_click_agrees_to_nothing(program: Path) -> None:
    assert shown(program, PAGES["consent"], TAKES_A_CLICK, width=1200) == [False, True]
