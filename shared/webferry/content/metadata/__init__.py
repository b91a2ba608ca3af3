"""What a page says about itself: title, authors, dates, language, links, structured data."""

from webferry.content.metadata.reading import Metadata, metadata_of
from webferry.content.metadata.titles import title_of

__all__ = ["Metadata", "metadata_of", "title_of"]
