"""Formulas: TeX between dollar signs, wherever a page keeps it."""

from webferry.content.document import Document, Element, Text, attribute, new_text, verbatim
from webferry.content.markdown.mathml import to_tex
from webferry.content.patterns import later

_MAX_TEX = 2_000
_WRAPPERS = ".katex-display, .katex, .mwe-math-element, mjx-container, .MathJax_Display, .MathJax"
_SHOWN_APART = ".katex-display, .MathJax_Display, mjx-container[display=true], .math.display"
_DRAWN = ".MathJax, .MathJax_Display, .MathJax_Preview, .MathJax_SVG, .MJX_Assistive_MathML"
_CLOSED_BY = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_OPENED = later(r"\\\(|\\\[|\$\$")
_MAX_WORDS = 50_000


def mend_formulas(document: Document) -> None:
    """Each formula once, as TeX, inline or on its own."""
    sources = document.select('script[type^="math/tex" i]')
    for script in sources:
        apart = "mode=display" in attribute(script, "type").lower()
        _drop_preview(script)
        _write(script, script.text, apart=apart)
    for element in document.select("math"):
        _write_math(element)
    for image in document.select("img.mwe-math-fallback-image-inline, img.tex, img.latex"):
        if tex := attribute(image, "alt"):
            _write(image, tex, apart=False)
    if sources:
        document.remove(_DRAWN)


def _write_math(math: Element) -> None:
    tex = _annotation(math) or attribute(math, "alttext") or to_tex(math)
    apart = attribute(math, "display").lower() == "block"
    place = math
    for wrapper in math.ancestors:
        if type(wrapper) is not Element:
            break
        if wrapper.matches(_WRAPPERS):
            place = wrapper
            apart = apart or wrapper.matches(_SHOWN_APART)
    _write(place, tex, apart=apart)


def _annotation(math: Element) -> str:
    found = math.select_one('annotation[encoding*="tex" i]')
    return found.text.strip() if found else ""


def _drop_preview(script: Element) -> None:
    """MathJax keeps the source in a script behind what it has drawn."""
    while (before := script.previous_sibling) is not None:
        if type(before) is Text and not before.data.strip():
            before.extract()
            continue
        if type(before) is not Element or not before.matches('[class^="MathJax"], [class^="MJX"]'):
            return
        before.extract()


def _write(place: Element, tex: str, *, apart: bool) -> None:
    # A formula in a formula has left the page with the outer one.
    if place.parent is None:
        return
    tex = " ".join(_without_style(tex[:_MAX_TEX].strip()).split())
    if not tex:
        place.extract()
        return
    place.replace_with(verbatim(f"$${tex}$$" if apart else f"${tex}$"))


def _without_style(tex: str) -> str:
    if tex.startswith("{\\displaystyle") and tex.endswith("}"):
        return tex.removeprefix("{\\displaystyle")[:-1].strip()
    return tex


def keep_tex_in_words(document: Document) -> None:
    """TeX that a script would have drawn stands in the words: no sign of it may be escaped."""
    words = document.body.text
    if not any(sign in words for sign in _CLOSED_BY):
        return
    for text in [node for node in document.body.descendants if type(node) is Text]:
        if not any(sign in text.data for sign in _CLOSED_BY):
            continue
        if type(text.parent) is Element and not text.parent.closest("pre, code, script, textarea"):
            _split(text)


def _split(text: Text) -> None:
    data, end = text.data, 0
    parts: list[Text | Element] = []
    while found := _next_formula(data, end):
        start, inner, stop = found
        opening = data[start : start + 2]
        sign = "$" if opening == "\\(" else "$$"
        tex = " ".join(data[inner : stop - 2].split())
        parts += [new_text(data[end:start]), verbatim(f"{sign}{tex}{sign}")]
        end = stop
    if parts:
        text.replace_with(*parts, new_text(data[end:]))


def _next_formula(data: str, start: int) -> tuple[int, int, int] | None:
    """Where the next formula opens, begins and closes."""
    last = {opening: data.rfind(closing, 0, _MAX_WORDS) for opening, closing in _CLOSED_BY.items()}
    for opened in _OPENED.finditer(data, start, _MAX_WORDS):
        inner = opened.end()
        if last[opened[0]] < inner:
            continue
        close = data.find(_CLOSED_BY[opened[0]], inner + 1, inner + _MAX_TEX)
        if close > 0:
            return opened.start(), inner, close + 2
    return None
