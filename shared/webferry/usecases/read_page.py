"""Makes of a page what was asked for: text, links, what it says about itself, its records."""

import json
from dataclasses import asdict
from typing import Any

from webferry.content.document import Document, to_html
from webferry.content.main_content.choice import Part, keep_part
from webferry.content.markdown.rendering import to_markdown
from webferry.content.metadata import Metadata, metadata_of, title_of
from webferry.content.metadata.links import links_of
from webferry.content.records.extraction import records
from webferry.domain.kept_pages import is_cut
from webferry.domain.pages import Format
from webferry.domain.scrapes import ScrapeOptions

# What a page says of itself in so many words; links and pictures have forms of their own.
_FACTS = {
    "description": "description",
    "language": "language",
    "canonical": "canonicalUrl",
    "site_name": "siteName",
    "authors": "authors",
    "published": "publishedAt",
    "modified": "modifiedAt",
    "image": "image",
    "favicon": "favicon",
    "word_count": "wordCount",
    "open_graph": "openGraph",
    "json_ld": "jsonLd",
    "microdata": "microdata",
    "rdfa": "rdfa",
}


def read_page(html: str, document: Document, options: ScrapeOptions) -> dict[str, Any]:
    """The values of a `Scrape` that the page itself decides; the document is used up.

    The order matters: facts are the whole page's, selectors cut it for all else, and main content
    is only a matter of text.
    """
    wanted = options.formats
    made: dict[str, Any] = {"title": title_of(document)}
    if Format.METADATA in wanted:
        made["facts"] = _facts(metadata_of(document))
    keep_part(document, Part.ALL, options.include, options.exclude)
    if Format.LINKS in wanted:
        links = links_of(document)
        made["links"] = tuple(link.url for link in (*links.internal, *links.external))
    if Format.RECORDS in wanted:
        schema = json.loads(options.schema) if options.schema else None
        made["records"] = records(document, schema).items
    if not options.include:
        keep_part(document, Part(options.part.value))
    if Format.HTML in wanted:
        made["html"] = to_html(document.body) if is_cut(options) else html
    # A prompt is answered from the Markdown, whether the caller sees it or not.
    if Format.MARKDOWN in wanted or options.prompt:
        made["markdown"] = to_markdown(document)
    return made


def _facts(about: Metadata) -> dict[str, Any]:
    facts = {name: getattr(about, field) for field, name in _FACTS.items()}
    return facts | {"feeds": [asdict(feed) for feed in about.feeds]}
