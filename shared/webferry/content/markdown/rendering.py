"""A page as Markdown: headings, absolute links, lists, tables and code, without the machinery."""

from webferry.content import document as tree
from webferry.content.collector import without_collector
from webferry.content.document import Document
from webferry.content.markdown.breaks import mend_breaks
from webferry.content.markdown.cells import write_alignment
from webferry.content.markdown.clutter import remove_clutter, remove_hidden
from webferry.content.markdown.code_blocks import mend_code
from webferry.content.markdown.footnotes import take_footnotes
from webferry.content.markdown.formulas import keep_tex_in_words, mend_formulas
from webferry.content.markdown.gaps import mend_gaps
from webferry.content.markdown.grids import mend_tables
from webferry.content.markdown.headings import mend_headings
from webferry.content.markdown.images import mend_images
from webferry.content.markdown.links import mend_links
from webferry.content.markdown.lists import mend_lists
from webferry.content.markdown.spaces import tidy

_STEPS = (
    mend_formulas,
    mend_images,
    remove_clutter,
    remove_hidden,
    keep_tex_in_words,
    mend_code,
    mend_tables,
    mend_lists,
    mend_headings,
    mend_gaps,
    mend_breaks,
)


@without_collector
def to_markdown(document: Document) -> str:
    """What a reader of the page would see. The document is used up: pass a copy to keep it."""
    for step in _STEPS:
        step(document)
    notes = take_footnotes(document)
    mend_links(document)
    for note in notes:
        note.body.extract()
    text = write_alignment(tidy(tree.to_markdown(document.body)))
    written = [f"[^{note.label}]: {_indented(tree.to_markdown(note.body))}" for note in notes]
    return "\n\n".join(part for part in (text, "\n".join(map(tidy, written))) if part)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ").replace("\n    \n", "\n\n")
