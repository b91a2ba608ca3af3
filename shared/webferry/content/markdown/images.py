"""Images of a page: the picture itself, not what stands in for it until a script runs."""

import re
from itertools import islice

from webferry.content.addresses import leads_somewhere
from webferry.content.document import Document, Element, attribute, new_text, squeezed
from webferry.content.patterns import later

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-img-src",
    "data-hi-res-src", "data-full-src", "data-original-src", "data-image-src", "data-url",
)  # fmt: skip
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_TELLING = frozenset((*_LAZY, *_LAZY_SETS, "src", "alt", "class", "width", "height"))
_STAND_IN = later(
    r"(?:blank|spacer|placeholder|pixel|transparent|loading|lazy|1x1|grey|empty)[\w-]{0,20}"
    r"\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])",
    re.IGNORECASE,
)
_NOSCRIPT_SOURCE = later(r"<img\b[^>]{0,2000}?\ssrc\s*=\s*[\"']([^\"'>]{1,2000})", re.IGNORECASE)
_CANDIDATES = later(r",\s+|,(?=https?:|/)")
_MAX_SET = 8_000
_MAX_SOURCES = 8
_EMOJI = frozenset(("emoji", "wp-smiley", "emojione", "twemoji"))


def mend_images(document: Document) -> None:
    """Every image has a source that can be fetched, or goes."""
    for image in document.select("amp-img"):
        image.tag = "img"
    for image in document.select("img"):
        told = _told(image)
        source = _source(image, told)
        if not source or _is_beacon(told):
            image.extract()
        elif "alt" in told and _EMOJI.intersection(told.get("class", "").split()):
            image.replace_with(new_text(told["alt"]))
        else:
            _mend(image, told, document.absolute(source).replace(" ", "%20"))


def _told(image: Element) -> dict[str, str]:
    names = list(image.attrs)
    return {name: attribute(image, name) for name in names if name in _TELLING}


def _mend(image: Element, told: dict[str, str], source: str) -> None:
    if source != image.attr("src"):
        image.attrs["src"] = source
    words = squeezed(told.get("alt", ""))
    if words != (image.attr("alt") or ""):
        image.attrs["alt"] = words


def _source(image: Element, told: dict[str, str]) -> str:
    lazy = next((told[name] for name in _LAZY if name in told and _is_picture(told[name])), "")
    plain = told.get("src", "")
    if lazy or _is_picture(plain):
        return lazy or plain
    sets = [told[name] for name in _LAZY_SETS if name in told]
    picture = image.parent
    if type(picture) is Element and picture.tag == "picture":
        for source in islice(picture.iter_elements("source"), _MAX_SOURCES):
            sets += [written for name in _LAZY_SETS if (written := attribute(source, name))]
    largest = next((found for each in sets if (found := _largest(each))), "")
    return largest or _without_script(image) or (plain if leads_somewhere(plain) else "")


def _is_picture(address: str) -> bool:
    return leads_somewhere(address) and not _STAND_IN.search(address[-100:])


def _largest(candidates: str) -> str:
    best, best_size = "", -1.0
    for candidate in _CANDIDATES.split(candidates[:_MAX_SET]):
        address, _, descriptor = candidate.strip().rstrip(",").partition(" ")
        try:
            size = float(descriptor.strip()[:-1] or 1)
        except ValueError:
            size = 1.0
        if size > best_size and _is_picture(address):
            best, best_size = address, size
    return best


def _without_script(image: Element) -> str:
    """What a browser without scripts would show in this place."""
    following = (node for node in image.next_siblings if type(node) is Element)
    fallback = next(following, None)
    if fallback is None or fallback.tag != "noscript":
        return ""
    found = _NOSCRIPT_SOURCE.search(fallback.text[:4_000])
    return found[1] if found and _is_picture(found[1]) else ""


def _is_beacon(told: dict[str, str]) -> bool:
    sides = [told.get(side, "").removesuffix("px") for side in ("width", "height")]
    return all(side in {"0", "1"} for side in sides)
