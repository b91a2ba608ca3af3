"""Challenge pages: who stands between us and a page, told by what only they write."""

import re
from collections.abc import Mapping

# As much of an answer as it takes to tell.
CHALLENGE_BYTES = 64 * 1024
# A page of this size with a widget in it is a page; a challenge is little else.
_SMALL = 24 * 1024

_BY_HEADER = (
    ("Cloudflare", "cf-mitigated", "challenge"),
    ("AWS WAF", "x-amzn-waf-action", ""),
    ("Kasada", "x-kpsdk-ct", ""),
    ("Vercel", "x-vercel-mitigated", "challenge"),
)
# These stand in no page but the challenge itself, whatever its status.
_UNMISTAKABLE = (
    ("Cloudflare", rb"window\._cf_chl_opt|/cdn-cgi/challenge-platform/h/[bg]/orchestrate"),
    ("DataDome", rb"captcha-delivery\.com/(?:c|i|captcha|interstitial)"),
    ("PerimeterX", rb"id=[\"']px-captcha"),
    ("AWS WAF", rb"window\.gokuprops|awswafcookiedomainlist"),
    ("Imperva", rb"_incapsula_resource\?|incapsula incident id"),
    ("Akamai", rb"<title>access denied</title>[\s\S]{0,800}?errors\.edgesuite\.net"),
    ("Akamai", rb"/_sec/cp_challenge"),
    ("Kasada", rb"/149e9513-01fa-4fb0-aad4-566afd725d1b/"),
    ("Sucuri", rb"sucuri website firewall - access denied|sucuri_cloudproxy_js"),
    ("Google", rb"<form[^>]{0,200}id=[\"']captcha-form[\"'][^>]{0,200}action=[\"']index"),
)
# A widget that pages use too: it counts when the answer is a refusal.
_WIDGETS = (
    ("Cloudflare", rb"challenges\.cloudflare\.com/turnstile|cf-error-details"),
    ("Cloudflare", rb"attention required! \| cloudflare"),
    ("Akamai", rb"<h1>access denied</h1>[\s\S]{0,800}?reference\s{0,9}(?:#|&#3[25];)"),
    ("hCaptcha", rb"hcaptcha\.com/1/api\.js|class=[\"']h-captcha"),
    ("reCAPTCHA", rb"google\.com/recaptcha/|class=[\"']g-recaptcha"),
    ("PerimeterX", rb"client\.perimeterx\.net|captcha\.px-cdn\.net"),
    ("FriendlyCaptcha", rb"class=[\"']frc-captcha"),
)


def challenge_by(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """The name of who sent a challenge in place of the page; None when it is none."""
    for name, header, word in _BY_HEADER:
        if header in headers and word in headers[header].lower():
            return name
    text = body[:CHALLENGE_BYTES].lower()
    if status < 400 and len(body) > _SMALL:
        return None
    signs = _UNMISTAKABLE + _WIDGETS if status >= 400 else _UNMISTAKABLE
    return next((name for name, sign in signs if re.search(sign, text)), None)
