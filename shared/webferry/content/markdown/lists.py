"""Lists that Markdown has no words for: definitions, lists straight in lists, odd counting."""

from webferry.content.document import (
    Document,
    Element,
    Node,
    Text,
    attribute,
    new_element,
    verbatim,
)

_PLAIN = frozenset(("div", "section", "article", "span"))
_MEDIA = frozenset(("img", "hr", "webferry-verbatim"))
_MAX_EMPTY = 200
_BLOCKS = "p, div, ul, ol, dl, pre, table, blockquote, h1, h2, h3, h4, h5, h6, hr, section, article"


def mend_lists(document: Document) -> None:
    """Each list is one the serialiser writes as a list."""
    for nested in document.select("ul > ul, ul > ol, ol > ul, ol > ol"):
        _into_an_item(nested)
    for numbered in document.select("ol[reversed], ol[start]"):
        _count_upwards(numbered)
    for box in document.select("li input"):
        box.replace_with(verbatim("[x]" if "checked" in box.attrs else "[ ]"))
    for item in document.select("li"):
        if _is_empty(item):
            item.extract()
        else:
            _start_with_words(item)
    for definitions in reversed(document.select("dl")):
        _write_definitions(definitions)


def _is_empty(node: Node) -> bool:
    return not node.text.strip() and (type(node) is not Element or not node.select_one("img, hr"))


def _start_with_words(item: Element) -> None:
    """An item whose first line is empty would be an empty item to a reader of Markdown."""
    holder = item
    for _ in range(_MAX_EMPTY):
        first = holder[0]
        if _is_empty(first) and not (type(first) is Element and first.tag in _MEDIA):
            if type(first) is Element and (name := attribute(first, "id")):
                # Notes are led to by what stands before their words.
                item.attrs.setdefault("id", name)
            first.extract()
        elif type(first) is Element and first.tag in _PLAIN:
            holder = first
        else:
            return


def _count_upwards(numbered: Element) -> None:
    numbered.attrs.pop("reversed", None)
    if not attribute(numbered, "start").isdecimal():
        numbered.attrs.pop("start", None)


def _into_an_item(nested: Element) -> None:
    before = next((node for node in nested.previous_siblings if type(node) is Element), None)
    if before is not None and before.tag == "li":
        before.append(nested)
    else:
        item = new_element("li")
        nested.replace_with(item)
        item.append(nested)


def _write_definitions(definitions: Element) -> None:
    """Terms in bold, each on a line of its own, and under it `: ` and what it means."""
    for group in list(definitions):
        if type(group) is Element and group.tag == "div":
            group.unwrap()
    paragraph: Element | None = None
    for child in list(definitions):
        if type(child) is not Element or child.tag not in {"dt", "dd"}:
            if type(child) is Text and not child.data.strip():
                child.extract()
            continue
        if child.tag == "dt":
            paragraph = _term(child, paragraph if _only_terms(paragraph) else None)
        else:
            paragraph = _meaning(child, paragraph)
    definitions.unwrap()


def _only_terms(paragraph: Element | None) -> bool:
    return paragraph is not None and not paragraph.has_class("meant")


def _term(term: Element, paragraph: Element | None) -> Element | None:
    if term.select_one(_BLOCKS):
        term.unwrap()
        return None
    bold = term.select_one("b, strong, a") is None
    words: list[Node] = [new_element("b", None, list(term))] if bold else list(term)
    if paragraph is None:
        paragraph = new_element("p")
        term.insert_before(paragraph)
    else:
        paragraph.append(new_element("br"))
    paragraph.extend(words)
    term.extract()
    return paragraph


def _meaning(meaning: Element, paragraph: Element | None) -> Element | None:
    only = [child for child in meaning if type(child) is Element and child.tag == "p"]
    if len(only) == 1 and len(meaning.text.strip()) == len(only[0].text.strip()):
        only[0].unwrap()
    if paragraph is None or meaning.select_one(_BLOCKS):
        meaning.tag = "div"
        return None
    paragraph.add_class("meant")
    paragraph.extend([new_element("br"), verbatim(": "), *list(meaning)])
    meaning.extract()
    return paragraph
