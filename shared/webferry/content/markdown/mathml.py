"""MathML written as TeX, for pages that carry no TeX of their own."""

from collections.abc import Callable

from webferry.content.document import Element, squeezed

# ruff: noqa: RUF001
_SIGNS = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "·": r"\cdot", "⋅": r"\cdot", "∞": r"\infty",
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv", "→": r"\to",
    "⇒": r"\Rightarrow", "↔": r"\leftrightarrow", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset",
    "∪": r"\cup", "∩": r"\cap", "∀": r"\forall", "∃": r"\exists", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\sqrt{}", "…": r"\ldots",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\epsilon",
    "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma",
    "τ": r"\tau", "φ": r"\phi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta",
    "Λ": r"\Lambda", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ω": r"\Omega", "−": "-",
    "\u2061": "", "\u2062": "", "\u2063": "", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#",
    "$": r"\$", "&": r"\&", "_": r"\_",
}  # fmt: skip


_FUNCTION_NAMES = "sin cos tan log ln exp lim max min det arg gcd sup inf deg dim"
_MAX_DEPTH = 60
_FUNCTIONS = frozenset(_FUNCTION_NAMES.split())


def to_tex(math: Element) -> str:
    """The formula as TeX that draws the same."""
    return squeezed(_row(math) if _is_shallow(math) else math.text)


def _is_shallow(math: Element) -> bool:
    level = [math]
    for _ in range(_MAX_DEPTH):
        level = [child for element in level for child in _children(element)]
    return not level


def _children(element: Element) -> list[Element]:
    return [child for child in element if type(child) is Element]


def _row(element: Element) -> str:
    children = _children(element)
    if not children:
        return _token(element)
    return " ".join(filter(None, map(_tex, children)))


def _token(element: Element) -> str:
    written = squeezed(element.text)
    if element.tag == "mtext":
        return rf"\text{{{written}}}" if written else ""
    if element.tag == "mi" and len(written) > 1:
        return rf"\{written}" if written in _FUNCTIONS else rf"\mathrm{{{written}}}"
    return "".join(_sign(sign) for sign in written)


def _sign(sign: str) -> str:
    tex = _SIGNS.get(sign, sign)
    return tex + " " if tex.startswith("\\") and tex[-1:].isalpha() else tex


def _scripts(*signs: str) -> Callable[[Element], str]:
    """A thing and what stands above or below it."""

    def write(element: Element) -> str:
        thing, *scripts = [_tex(child).strip() for child in _children(element)] or [""]
        raised = (f"{sign}{{{part}}}" for sign, part in zip(signs, scripts, strict=False))
        return thing + "".join(raised)

    return write


def _fraction(element: Element) -> str:
    return r"\frac" + "".join(f"{{{_tex(child).strip()}}}" for child in _children(element)[:2])


def _tex(element: Element) -> str:
    form = _FORMS.get(element.tag)
    return form(element) if form else _row(element)


def _root(element: Element) -> str:
    parts = _children(element)
    if len(parts) < 2:
        return rf"\sqrt{{{_row(element)}}}"
    return rf"\sqrt[{_tex(parts[1])}]{{{_tex(parts[0])}}}"


def _fenced(element: Element) -> str:
    opening, closing = element.attr("open") or "(", element.attr("close") or ")"
    return rf"\left{_sign(opening)}{','.join(map(_tex, _children(element)))}\right{_sign(closing)}"


def _table(element: Element) -> str:
    rows = [" & ".join(map(_row, _children(row))) for row in _children(element)]
    return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"


_FORMS: dict[str, Callable[[Element], str]] = {
    "mfrac": _fraction,
    "msup": _scripts("^"),
    "msub": _scripts("_"),
    "msubsup": _scripts("_", "^"),
    "munder": _scripts("_"),
    "mover": _scripts("^"),
    "munderover": _scripts("_", "^"),
    "msqrt": lambda element: rf"\sqrt{{{_row(element)}}}",
    "mroot": _root,
    "mfenced": _fenced,
    "mtable": _table,
    "mspace": lambda _: " ",
    "annotation": lambda _: "",
    "annotation-xml": lambda _: "",
    "mphantom": lambda _: "",
}
