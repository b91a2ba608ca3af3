"""Whether a page that came over plain HTTP is an empty shell that only a browser can fill.

The rules look at what a reader would see. A page with enough text is a page, whatever its scripts
do; one without is a shell only when something in it says that scripts bring the rest.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from webferry.content.document import (
    Document,
    Element,
    Node,
    Text,
    attribute,
    elements,
    shortened,
)
from webferry.content.patterns import later

# So much text beside navigation and scripts is content.
ENOUGH = 600
# Pages that come in pieces hide them until the last is there; so much of it is no small print.
_ENOUGH_HIDDEN = 3000
_LITTLE = 200
_NEXT_TO_NOTHING = 50
_HEAVY_STATE = 2000

_UNSEEN = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "dialog",
        "footer",
        "head",
        "header",
        "iframe",
        "nav",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_MACHINERY = frozenset({"noscript", "script", "style", "template"})
_UNSEEN_ROLES = ("dialog", "alertdialog", "navigation", "banner", "contentinfo")
_PROSE = ("h1", "h2", "p", "li", "td", "pre", "blockquote", "dd")
_MOUNT_IDS = frozenset(
    [
        "root",
        "app",
        "__next",
        "__nuxt",
        "__layout",
        "___gatsby",
        "main-app",
        "react-root",
        "svelte",
        "app-root",
        "application",
        "q-app",
        "ember-application",
        "mount",
        "app-mount",
        "vue-app",
        "container-root",
        "react-app",
        "js-app",
        "spa",
        "reactroot",
        "approot",
        "app-container",
    ]
)
_MOUNT_ATTRIBUTES = ("data-reactroot", "ng-app", "data-ng-app", "ng-version", "data-v-app", "x-app")
_WANTS_SCRIPT = later(
    r"(?=.*java\s?script).*\b(?:enable|requires?|need|needs|turn on|activ|allow|habilit|aktivier"
    r"|without|disabled|not support)",
    re.IGNORECASE | re.DOTALL,
)
_WAITING = later(r"(?:^|[\s_-])(?:spinner|loader|loading|skeleton|preloader|splash)", re.IGNORECASE)
_WAITING_WORDS = later(
    r"^\W*(?:loading|please wait|one moment|laden|chargement|cargando)", re.IGNORECASE
)
_MOVES = later(r"\blocation(?:\.href)?\s{0,9}=[^=]|\blocation\.(?:replace|assign)\s{0,9}\(")
_STATE = later(r"__\w{2,40}__|application/json")
_BUILDS = later(r"\bfetch\(|XMLHttpRequest|createElement|innerHTML|import\(|\.render\(")


class ShellSign(StrEnum):
    """What gives a shell away."""

    EMPTY_MOUNT = "an element that an application mounts on is empty"
    NOSCRIPT = "the page says that it needs JavaScript"
    WAITING = "there is a sign of loading and hardly anything else"
    MOVING = "a script or the head leads on to another page"
    STATE = "the content lies in a script"
    BARE = "there are scripts and next to no text"


def shell_sign(document: Document) -> ShellSign | None:
    """Why this page needs a browser; None when it does not."""
    length = _seen_length(document.body, ENOUGH)
    if length >= ENOUGH or _is_streamed(document):
        return None
    scripts = list(_scripts(document))
    if length < _LITTLE and _moves(document, scripts):
        return ShellSign.MOVING
    if not scripts:
        return None
    if _has_empty_mount(document, length):
        return ShellSign.EMPTY_MOUNT
    if length < 2 * _LITTLE and _asks_for_script(document):
        return ShellSign.NOSCRIPT
    return _sign_of_little(document, scripts) if length < _LITTLE else None


def is_blank(document: Document) -> bool:
    """Whether there is nothing at all to see."""
    if next(elements(document.body, ("canvas", "iframe", "img", "svg", "video")), None):
        return False
    return not _seen_length(document.body, 1, _is_machinery)


def _sign_of_little(document: Document, scripts: list[Element]) -> ShellSign | None:
    body = document.body
    if _is_waiting(body):
        return ShellSign.WAITING
    if any(_is_state(script) for script in scripts):
        return ShellSign.STATE
    prose = any(_seen_length(element, 1) for element in elements(body, _PROSE))
    if not prose and _seen_length(body, _NEXT_TO_NOTHING) < _NEXT_TO_NOTHING:
        builds = any(attribute(s, "src") or _BUILDS.search(s.text[:20_000]) for s in scripts)
        return ShellSign.BARE if builds else None
    return None


def _is_streamed(document: Document) -> bool:
    length = _seen_length(document.body, _ENOUGH_HIDDEN, _is_unseen)
    return length >= _ENOUGH_HIDDEN


def _is_skipped(element: Element) -> bool:
    return _is_unseen(element) or _is_hidden(element)


def _is_unseen(element: Element) -> bool:
    return element.tag in _UNSEEN or element.attr("role") in _UNSEEN_ROLES


def _is_machinery(element: Element) -> bool:
    return element.tag in _MACHINERY


def _seen_length(root: Node, enough: int, skip: Callable[[Element], bool] = _is_skipped) -> int:
    """How many characters a reader sees, counted no further than is of interest."""
    length, waiting = 0, [iter(root)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif type(node) is Text:
            length += len(" ".join(node.data.split()))
            if length >= enough:
                return length
        elif type(node) is Element and not skip(node):
            waiting.append(iter(node))
    return length


def _is_hidden(element: Element) -> bool:
    if element.attr("hidden") is not None:
        return True
    style = element.attr("style")
    return bool(style) and "display:none" in shortened(style or "").replace(" ", "").lower()


def _scripts(document: Document) -> Iterator[Element]:
    for script in elements(document.root, "script"):
        kind = attribute(script, "type").lower()
        if kind != "application/ld+json" and (attribute(script, "src") or script.text.strip()):
            yield script


def _has_empty_mount(document: Document, length: int) -> bool:
    for element in elements(document.body):
        if (
            _is_mount(element, length)
            and _seen_length(element, _NEXT_TO_NOTHING) < _NEXT_TO_NOTHING
        ):
            return True
    return False


def _is_mount(element: Element, length: int) -> bool:
    if attribute(element, "id").lower() in _MOUNT_IDS:
        return True
    if any(element.attr(name) is not None for name in _MOUNT_ATTRIBUTES):
        return True
    return "-" in element.tag and length < _LITTLE


def _asks_for_script(document: Document) -> bool:
    notes = elements(document.root, "noscript")
    return any(_WANTS_SCRIPT.search(shortened(note.text, 2000)) for note in notes)


def _is_waiting(body: Element) -> bool:
    for element in elements(body):
        names = f"{attribute(element, 'class')} {attribute(element, 'id')}"
        if _WAITING.search(shortened(names)) or attribute(element, "role") == "progressbar":
            return True
        if attribute(element, "aria-busy") == "true":
            return True
        own_text = "".join(child.data for child in element if type(child) is Text)
        if _WAITING_WORDS.match(shortened(own_text.strip())):
            return True
    return False


def _is_state(script: Element) -> bool:
    text = script.text
    if len(text) < _HEAVY_STATE:
        return False
    return bool(
        _STATE.search(f"{attribute(script, 'type')} {attribute(script, 'id')} {text[:400]}")
    )


def _moves(document: Document, scripts: list[Element]) -> bool:
    inline = (script.text[:20_000] for script in scripts if not attribute(script, "src"))
    if any(_MOVES.search(text) for text in inline):
        return True
    metas = elements(document.root, "meta")
    refreshes = (m for m in metas if attribute(m, "http-equiv").lower() == "refresh")
    return any("url" in attribute(meta, "content").lower() for meta in refreshes)
