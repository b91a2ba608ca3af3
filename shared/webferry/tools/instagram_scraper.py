"""Instagram Scraper: what anybody may see of a profile; a login wall is a failure and says so."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, StrictInt

from webferry.content.structured_data import structured_data
from webferry.domain.errors import Blocked, EmptyPage, FetchFailed
from webferry.tools.desk import Desk, Item, Visit
from webferry.tools.tool import Tool, ToolInput

SITE = "https://www.instagram.com"
# The number under which the site's own web page asks for its data.
_HEADERS = (("X-IG-App-ID", "936619743392459"), ("X-Requested-With", "XMLHttpRequest"))
_JSON = frozenset({"application/json", "text/javascript"})
_WALLS = ("/accounts/login", "/challenge", "/accounts/suspended")
_COUNTS = re.compile(
    r"([\d.,]+[KMB]?) Followers?, ([\d.,]+[KMB]?) Following, ([\d.,]+[KMB]?) Posts?"
)
_TITLE = re.compile(r"(?P<name>.*?)\s*\(@(?P<username>[\w.]+)\)")
_POWERS = {"K": 1_000, "M": 1_000_000, "B": 1_000_000_000}
_WALL = "Instagram asks for a login before it shows this profile"


class InstagramInput(ToolInput):
    """A public profile."""

    username: Annotated[
        str, Field(pattern=r"^@?[A-Za-z0-9._]{1,30}$", description="With or without @.")
    ]
    posts: Annotated[StrictInt, Field(ge=0, le=12, description="Newest posts at most.")] = 12


async def run(asked: InstagramInput, desk: Desk) -> list[Item]:
    """One item: the profile, by the site's public data, else by what its page says of itself."""
    name, site = asked.username.removeprefix("@"), desk.site("instagram", SITE)
    profile = f"{SITE}/{name}/"
    user = await _asked(desk, f"{site}/api/v1/users/web_profile_info/?username={name}")
    if user is not None:
        return [{"url": profile, "data": _profile(user, asked.posts)}]
    try:
        page = await desk.page(f"{site}/{name}/", javascript=False)
    except EmptyPage as error:
        raise Blocked(_WALL, by="Instagram") from error
    return [{"url": profile, "data": _stated(page, name)}]


async def _asked(desk: Desk, url: str) -> Mapping[str, Any] | None:
    """The user as the site's own page gets it; None where it is not told."""
    try:
        page = await desk.file(url, _JSON, headers=_HEADERS)
    except FetchFailed as error:
        if error.details.get("http_status") == 404:
            raise
        return None
    try:
        told = json.loads(page.body)["data"]["user"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("username") else None


def _profile(user: Mapping[str, Any], posts: int) -> dict[str, Any]:
    media = _inside(user, "edge_owner_to_timeline_media")
    return {
        "username": user["username"],
        "fullName": user.get("full_name") or None,
        "biography": user.get("biography") or None,
        "externalUrl": user.get("external_url") or None,
        "category": user.get("category_name") or None,
        "followers": _inside(user, "edge_followed_by").get("count"),
        "following": _inside(user, "edge_follow").get("count"),
        "postCount": media.get("count"),
        "isPrivate": user.get("is_private"),
        "isVerified": user.get("is_verified"),
        "picture": user.get("profile_pic_url_hd") or user.get("profile_pic_url"),
        "posts": [_post(node) for node in _nodes(media)[:posts]],
    }


def _post(node: Mapping[str, Any]) -> dict[str, Any]:
    captions = _nodes(_inside(node, "edge_media_to_caption"))
    likes = _inside(node, "edge_liked_by") or _inside(node, "edge_media_preview_like")
    return {
        "url": f"{SITE}/p/{node.get('shortcode')}/",
        "caption": captions[0].get("text") if captions else None,
        "image": node.get("display_url"),
        "isVideo": node.get("is_video"),
        "likes": likes.get("count"),
        "comments": _inside(node, "edge_media_to_comment").get("count"),
        "takenAt": node.get("taken_at_timestamp"),
    }


def _stated(page: Visit, name: str) -> dict[str, Any]:
    """What the profile's page says for those who link to it.

    Raises: Blocked: it says nothing, for it wants a login.
    """
    stated = structured_data(page.document).meta
    title = _TITLE.match(stated.get("og:title", ""))
    counts = _COUNTS.search(stated.get("og:description", ""))
    walled = urlsplit(page.final_url).path.startswith(_WALLS)
    if walled or not title or not counts or title["username"].lower() != name.lower():
        raise Blocked(_WALL, by="Instagram")
    followers, following, posts = (_number(text) for text in counts.groups())
    return {
        "username": title["username"],
        "fullName": title["name"] or None,
        "followers": followers,
        "following": following,
        "postCount": posts,
        "picture": stated.get("og:image"),
    }


def _number(text: str) -> int:
    power = _POWERS.get(text[-1], 1)
    return round(float(text.rstrip("KMB").replace(",", "")) * power)


def _inside(node: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def _nodes(edges: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = edges.get("edges")
    held = (
        [_inside(edge, "node") for edge in found if isinstance(edge, dict)]
        if isinstance(found, list)
        else []
    )
    return [node for node in held if node]


TOOL = Tool(
    slug="instagram-scraper",
    name="Instagram Scraper",
    description="Public data of an Instagram profile and its newest posts",
    credits=1,
    input=InstagramInput,
    run=run,
)
