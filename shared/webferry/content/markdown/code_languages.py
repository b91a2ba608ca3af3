"""The language of a block of code, as its classes and attributes tell it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from webferry.content.document import Element, attribute
from webferry.content.patterns import later

_KNOWN_NAMES = (
    "abap actionscript ada apache applescript arduino asm assembly awk bash basic bat batch bibtex"
    " c c# c++ clike clojure cmake cobol coffee coffeescript console cpp crystal cs csharp csv css"
    " cuda cypher cython d dart diff django docker dockerfile dos ejs elisp elixir elm erb erlang"
    " excel f# fish fortran fsharp gdscript gherkin git glsl go golang gradle graphql groovy haml"
    " handlebars haskell haxe hcl hlsl html http ini java javascript jinja jinja2 jl js json json5"
    " jsonc jsonnet jsx julia kotlin kt latex less liquid lisp llvm log lua make makefile markdown"
    " markup mathematica matlab md mermaid mysql nasm nginx nim nix objc objective-c objectivec"
    " ocaml octave pascal patch perl pgsql php plsql postgres postgresql powershell prolog"
    " properties proto protobuf ps1 pug puppet py pycon python python3 qml r racket razor rb re"
    " reason regex rest rst ruby rust sas sass scala scheme scss sh shell shell-session solidity"
    " sparql sql ssh stata stylus svelte svg swift systemverilog tcl tcsh terraform tex text toml"
    " ts tsql tsx twig typescript vb vba vbnet verilog vhdl vim vue wasm xml xquery yaml yml zig"
    " zsh"
)
_SILENT_NAMES = (
    "none plain plaintext text nohighlight no-highlight default undefined null auto unknown"
    " notranslate code output txt"
)
_KNOWN = frozenset(_KNOWN_NAMES.split())
_SILENT = frozenset(_SILENT_NAMES.split())
_PREFIXED = later(
    r"(?:language|lang|highlight-source|highlight-text|highlight|brush:|brush|src|code|syntax|hljs"
    r"|prettyprint|crayon-syntax|sourcecode)[-:_]?([a-z0-9+#][a-z0-9+#.-]{0,30})"
)
_ATTRIBUTES = (
    "data-lang", "data-language", "data-code-lang", "data-programming-language", "data-code-wrap",
    "data-syntax", "data-highlight-language", "syntax",
)  # fmt: skip
# What highlighters call a language by their own machinery or its version.
_SAME_AS = {"python3": "python", "ipython3": "python", "ipython": "python", "pycon3": "pycon"}
# Last words of class names that style sheets are full of.
_STYLE_WORDS = "basic bat c d excel go less log make r reason rest tcl text"
_STYLES = frozenset(_STYLE_WORDS.split())
_MARKED = later(r"brush:\s*([a-z0-9+#-]{1,30})", re.IGNORECASE)
_LEVELS_UP = 4
_MAX_INSIDE = 4
_ROOM_FOR_A_CAPTION = 80
_WRAPPERS = frozenset(
    ("div", "figure", "section", "span", "td", "code-block", "tr", "tbody", "table")
)

# What was seen in a wrapper: how many letters, how many blocks of code.
Wrappers: TypeAlias = dict[Element, tuple[int, int]]


def language_of(holder: Element, place: Element, wrappers: Wrappers) -> str:
    """The name that goes on the fence, or nothing."""
    for element in _tellers(holder, place, wrappers):
        language = _named_by(element)
        if language:
            return "" if language in _SILENT else language
    return ""


def _tellers(holder: Element, place: Element, wrappers: Wrappers) -> Iterator[Element]:
    """From the code itself outwards, as long as nothing else is in the wrapper."""
    yield from islice(holder.select("code, pre, samp"), _MAX_INSIDE)
    yield holder
    if holder != place:
        yield place
    room = len(place.text) + _ROOM_FOR_A_CAPTION
    for element in islice(place.ancestors, _LEVELS_UP):
        if type(element) is not Element or element.tag not in _WRAPPERS:
            return
        if element not in wrappers:
            wrappers[element] = (len(element.text), len(element.select("pre")))
        letters, blocks = wrappers[element]
        if letters > room or blocks > 2:
            return
        yield element


def _named_by(element: Element) -> str:
    for name in _ATTRIBUTES:
        if value := attribute(element, name):
            return _clean(value)
    written = attribute(element, "class")[:300].lower()
    if marked := _MARKED.search(written):
        return marked[1]
    names = written.split()
    for name in names:
        found = _PREFIXED.fullmatch(name)
        if found and (name.startswith(("lang", "brush")) or found[1] in _KNOWN | _SILENT):
            return _clean(found[1])
    bare = next((name for name in names if name in _KNOWN), "")
    return bare or _own_lang(element) or _last_word(element, names)


def _last_word(element: Element, names: list[str]) -> str:
    """Highlighters put a word of their own before the language: `sp-javascript`."""
    if element.tag not in {"pre", "code"}:
        return ""
    words = (name.rpartition("-")[2] for name in names if "-" in name and ":" not in name)
    return next((word for word in words if word in _KNOWN and word not in _STYLES), "")


def _own_lang(element: Element) -> str:
    language = attribute(element, "lang").lower() if element.tag in {"pre", "code"} else ""
    return language if language in _KNOWN else ""


def _clean(name: str) -> str:
    plain = re.sub(r"[^a-z0-9+#.-]", "", name[:40].lower())
    return _SAME_AS.get(plain, plain)
