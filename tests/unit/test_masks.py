"""Secrets are hidden however pages and addresses write them."""

import json
from base64 import b64encode

import pytest

from webferry.adapters.browser.walking.journal import MASK, mask_of

# Written as a browser writes it: in a text, in an attribute, by JSON.stringify, encodeURIComponent,
# encodeURI, in the query of an address, by a form, and by btoa.
HARD = "p'a\"s&<s> w/ö~rd(1)*!"
WRITTEN = [
    HARD,
    "p'a\"s&amp;&lt;s&gt; w/ö~rd(1)*!",
    "p'a&quot;s&amp;&lt;s&gt; w/ö~rd(1)*!",
    "p'a&quot;s&amp;<s> w/ö~rd(1)*!",
    "p'a\\\"s&<s> w/ö~rd(1)*!",
    json.dumps(HARD)[1:-1],
    "p'a%22s%26%3Cs%3E%20w%2F%C3%B6~rd(1)*!",
    "p'a%22s&%3Cs%3E%20w/%C3%B6~rd(1)*!",
    "p%27a%22s&%3Cs%3E%20w/%C3%B6~rd(1)*!",
    "p%27a%22s%26%3Cs%3E+w%2F%C3%B6%7Erd%281%29*%21",
    b64encode(HARD.encode()).decode(),
]


@pytest.mark.promise("flow.secrets")
@pytest.mark.parametrize("written", WRITTEN)
def test_a_secret_is_hidden_however_it_is_written(written: str) -> None:
    assert mask_of([HARD])(f"<p>{written}</p>") == f"<p>{MASK}</p>"


def test_a_secret_within_another_leaves_nothing_of_the_other() -> None:
    assert mask_of(["open", "open sesame"])("say open sesame, open") == f"say {MASK}, {MASK}"


def test_a_page_that_strips_a_secret_does_not_show_it() -> None:
    assert mask_of([" open sesame "])("it is [open sesame]") == f"it is [{MASK}]"


def test_without_secrets_nothing_is_hidden() -> None:
    assert mask_of([])("as it is") == "as it is"
