"""robots.txt: what a site asks of those who visit it by themselves, and where its sitemaps lie."""

from protego import Protego

NAME = "Webferry"
MAX_BYTES = 512 * 1024


class Robots:
    """A site without a robots.txt asks for nothing."""

    def __init__(self, body: bytes = b"") -> None:
        self._rules = Protego.parse(body[:MAX_BYTES].decode("utf-8", "replace"))

    def allow(self, url: str) -> bool:
        """Whether a page may be visited, by the rules for us or else for everybody."""
        return bool(self._rules.can_fetch(url, NAME))

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of the site's maps, as it names them."""
        return [str(address) for address in self._rules.sitemaps]
