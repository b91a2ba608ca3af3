"""Pages: what a fetch is asked for, and what it brings back."""

from dataclasses import dataclass
from enum import StrEnum


class PageFormat(StrEnum):
    """What of a page is wanted."""

    MARKDOWN = "markdown"
    HTML = "html"
    BOTH = "both"


class UserAgentProfile(StrEnum):
    """The kind of device a fetch presents itself as."""

    DEFAULT = "default"
    MOBILE = "mobile"
    TABLET = "tablet"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page to fetch."""

    url: str
    timeout_ms: int
    profile: UserAgentProfile = UserAgentProfile.DEFAULT


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it arrived: its bytes are decompressed, not yet read."""

    requested_url: str
    final_url: str
    http_status: int
    content_type: str
    body: bytes
    fetched_at_ms: int
    fetch_duration_ms: int
