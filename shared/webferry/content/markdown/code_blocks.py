"""Blocks of code: their text alone, line by line, with the language that they are in."""

from webferry.content.document import (
    Document,
    Element,
    Node,
    Text,
    elements,
    new_element,
    new_text,
)
from webferry.content.markdown.code_languages import Wrappers, language_of

_GUTTER_NAMES = (
    "gutter lineno linenos linenumber line-number linenodiv ln lnt hljs-ln-n hljs-ln-numbers"
    " line-numbers-rows line-numbers blob-num rouge-gutter crayon-nums linenumbers code-line-number"
    " react-syntax-highlighter-line-number line_numbers linenr"
)
_GUTTERS = frozenset(_GUTTER_NAMES.split())
_BLOCKS = frozenset(("div", "p", "li", "tr", "table", "ol", "ul", "section"))
_LINES = frozenset(("line", "code-line", "cl", "view-line", "token-line", "hljs-ln-line"))
_CODE_TABLES = (
    "table.highlighttable, table.rouge-table, table.lntable, table.hljs-ln,"
    " .highlight > table:has(pre), .highlight > table:has(code), table.crayon-table,"
    " table:has(> tbody > tr > td.code):has(td.gutter), table:has(td.blob-code),"
    " .syntaxhighlighter > table"
)
_SIGNS_OF_CODE = ("pre", "code", "table", "xmp", "listing", "plaintext")
_MAYBE_BLOCKS = "code:has(br), :is(div, figure, td, body, section) > code:only-child"


def mend_code(document: Document) -> None:
    """Each block is `pre > code.language-x` and its text; numbered tables are blocks too."""
    if next(elements(document.root, _SIGNS_OF_CODE), None) is None:
        return
    wrappers: Wrappers = {}
    for element in document.select("xmp, listing, plaintext"):
        element.tag = "pre"
    for table in document.select(_CODE_TABLES):
        _replace(table, _code_cell(table), wrappers)
    for code in document.select(_MAYBE_BLOCKS):
        if _stands_alone(code):
            code.replace_with(block := new_element("pre"))
            block.append(code)
    for pre in document.select("pre"):
        _replace(pre, pre, wrappers)
    for code in document.select("code:has(> a:only-child)"):
        _swap_with_link(code)


def _stands_alone(code: Element) -> bool:
    lines = code.select_one("br") is not None or "\n" in code.text.strip()
    if not lines or code.closest("pre"):
        return False
    return all(map(_is_blank, code.previous_siblings)) and all(map(_is_blank, code.next_siblings))


def _is_blank(node: Node) -> bool:
    return type(node) is not Element and not node.text.strip()


def _code_cell(table: Element) -> Element:
    """The cell that holds all the code; a table with a row for each line is all code."""
    cells = [cell for cell in table.select("td") if not _is_gutter(cell)]
    rows = len(table.select("tr"))
    return cells[-1] if rows == 1 and cells else table


def _replace(place: Element, holder: Element, wrappers: Wrappers) -> None:
    language = language_of(holder, place, wrappers)
    text = _text(holder).replace("\xa0", " ").replace("\u200b", "").replace("\r", "")
    code = new_element("code", {"class": f"language-{language}"} if language else None)
    code.append(new_text(text.rstrip().removeprefix("\n")))
    place.replace_with(new_element("pre", None, [code]))


def _is_gutter(element: Element) -> bool:
    names = _GUTTERS.intersection((element.attr("class") or "").lower().split())
    if names and element.tag not in {"pre", "code"}:
        return True
    if names and element.tag == "pre":
        return element.text.replace("\n", "").replace(" ", "").isdecimal()
    return element.attr("aria-hidden") == "true" and element.text.strip().isdecimal()


def _text(holder: Element) -> str:
    parts: list[str] = []
    lines = "\n" not in holder.text.strip() and holder.select_one("code + code, span + span")
    _collect(holder, parts, own_lines=lines is not None)
    return "".join(parts)


def _collect(node: Node, parts: list[str], *, own_lines: bool) -> None:
    for child in node:
        if type(child) is Text:
            parts.append(child.data)
        elif type(child) is Element and not _is_gutter(child):
            if child.tag == "br":
                parts.append("\n")
                continue
            block = child.tag in _BLOCKS or (own_lines and _is_line(child))
            if block:
                _break(parts)
            _collect(child, parts, own_lines=own_lines)
            if block:
                _break(parts, even=bool(_is_line(child)))


def _is_line(element: Element) -> bool:
    named = _LINES.intersection((element.attr("class") or "").split())
    return bool(named) or (element.tag == "code" and type(element.parent) is Element)


def _break(parts: list[str], *, even: bool = False) -> None:
    if parts and (even or not parts[-1].endswith("\n")):
        parts.append("\n")


def _swap_with_link(code: Element) -> None:
    """A link in code would be lost; code in a link is not."""
    link = next(child for child in code if type(child) is Element)
    if link.text.strip() != code.text.strip() or code.closest("pre, a"):
        return
    link.unwrap()
    code.wrap(new_element("a", {"href": link.attr("href") or ""}))
