"""Challenges: those who guard pages are named, and pages are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webferry.domain.challenges import challenge_by

CHALLENGES = [
    (403, {"cf-mitigated": "challenge"}, "<title>Just a moment...</title>", "Cloudflare"),
    (503, {}, "<script>window._cf_chl_opt={cvId:'3'}</script>", "Cloudflare"),
    (403, {}, "<title>Attention Required! | Cloudflare</title>", "Cloudflare"),
    (403, {}, "<script src='https://geo.captcha-delivery.com/captcha/?x'></script>", "DataDome"),
    (200, {}, "<script src='https://ct.captcha-delivery.com/i.js'></script>", "DataDome"),
    (403, {}, '<div id="px-captcha"></div>', "PerimeterX"),
    (202, {"x-amzn-waf-action": "challenge"}, "", "AWS WAF"),
    (405, {}, "<script>window.gokuProps = {}</script>", "AWS WAF"),
    (
        403,
        {},
        "<TITLE>Access Denied</TITLE><p>https://errors.edgesuite.net/18.x</p>",
        "Akamai",
    ),
    (403, {}, "<H1>Access Denied</H1> You don't have permission. Reference&#32;#18.a1", "Akamai"),
    (200, {}, "<iframe src='/_Incapsula_Resource?SWUDNSAI=31'></iframe>", "Imperva"),
    (403, {}, '<div class="h-captcha" data-sitekey="x"></div>', "hCaptcha"),
    (429, {}, '<div class="g-recaptcha"></div>', "reCAPTCHA"),
    (429, {"x-kpsdk-ct": "0"}, "", "Kasada"),
    (403, {}, "<h1>Sucuri WebSite Firewall - Access Denied</h1>", "Sucuri"),
    (403, {"x-vercel-mitigated": "challenge"}, "", "Vercel"),
]
PAGES = [
    (200, {}, '<form>Sign in <div class="h-captcha"></div></form>'),
    (200, {}, '<script src="https://www.google.com/recaptcha/api.js"></script><p>Contact'),
    (200, {}, "<p>How Cloudflare's Just a moment page works</p>"),
    (200, {"server": "cloudflare", "cf-ray": "x"}, "<p>A page behind Cloudflare"),
    (200, {}, "window._cf_chl_opt" + "<p>An article that quotes it" * 2000),
    (403, {}, "<h1>Forbidden</h1>"),
    (404, {"server": "AkamaiGHost"}, "<h1>Not found</h1>"),
    (500, {}, ""),
]


@pytest.mark.parametrize(("status", "headers", "body", "name"), CHALLENGES)
def test_a_challenge_is_known_by_its_makers_mark(
    status: int, headers: dict[str, str], body: str, name: str
) -> None:
    assert challenge_by(status, headers, body.encode()) == name


@pytest.mark.parametrize(("status", "headers", "body"), PAGES)
def test_a_page_or_a_plain_refusal_is_no_challenge(
    status: int, headers: dict[str, str], body: str
) -> None:
    assert challenge_by(status, headers, body.encode()) is None


@given(st.integers(100, 999), st.binary())
def test_any_answer_is_judged(status: int, body: bytes) -> None:
    challenge_by(status, {}, body)
