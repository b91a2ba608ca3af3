"""Images: what one is to show, how large it is to be, and the kinds in which it may come."""

from dataclasses import dataclass

NO_IMAGE_MODEL = "No image model is configured: set WEBFERRY_IMAGE_MODEL"
MAX_IMAGE_BYTES = 20 * 1024 * 1024
_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


@dataclass(frozen=True, slots=True)
class ImageOrder:
    """One image; sizes are in pixels."""

    prompt: str
    width: int
    height: int


def kind_of_image(content: bytes) -> str | None:
    """What an image is, by its first bytes; None if it is none that we know."""
    for start, kind in _KINDS.items():
        if content.startswith(start):
            return kind
    return "webp" if content.startswith(b"RIFF") and content[8:12] == b"WEBP" else None
