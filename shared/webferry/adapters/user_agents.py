"""How a fetch introduces itself, per kind of device."""

from webferry.domain.pages import UserAgentProfile

_CHROME = "Chrome/142.0.0.0"

USER_AGENTS = {
    UserAgentProfile.DEFAULT: (
        f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) {_CHROME}"
        " Safari/537.36"
    ),
    UserAgentProfile.MOBILE: (
        f"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) {_CHROME}"
        " Mobile Safari/537.36"
    ),
    UserAgentProfile.TABLET: (
        "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
        " Version/18.6 Safari/604.1"
    ),
}
