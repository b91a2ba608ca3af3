"""Instagram profiles in the shapes in which the site tells them; a login wall is told as one."""

import asyncio
import json
from typing import Any

import pytest

from tests.unit.tool_desk import CannedDesk, run
from webferry.domain.errors import Blocked, FetchFailed

API = "https://www.instagram.com/api/v1/users/web_profile_info/?username=ferry.man"
JSON = "application/json"
PAGE = "https://www.instagram.com/ferry.man/"
NODE = {
    "shortcode": "C1a",
    "display_url": "https://cdn.example/1.jpg",
    "is_video": False,
    "taken_at_timestamp": 1710800000,
    "edge_liked_by": {"count": 12},
    "edge_media_to_comment": {"count": 3},
    "edge_media_to_caption": {"edges": [{"node": {"text": "Low tide"}}]},
}
USER = {
    "username": "ferry.man",
    "full_name": "The Ferry Man",
    "biography": "Across and back",
    "external_url": None,
    "edge_followed_by": {"count": 1234},
    "edge_follow": {"count": 56},
    "is_private": False,
    "is_verified": True,
    "profile_pic_url": "https://cdn.example/p.jpg",
    "edge_owner_to_timeline_media": {"count": 78, "edges": [{"node": NODE}, {"node": NODE}]},
}
STATED = """<title>x</title><meta property="og:title" content="The Ferry Man (@ferry.man) •
 Instagram photos and videos"><meta property="og:image" content="https://cdn.example/p.jpg">
<meta property="og:description" content="1.2M Followers, 56 Following, 1,078 Posts - See
 Instagram photos"><p>words"""


def told(user: object) -> tuple[str, bytes]:
    return JSON, json.dumps({"data": {"user": user}}).encode()


def profile(desk: CannedDesk, **asked: object) -> dict[str, Any]:
    (item,) = asyncio.run(run("instagram-scraper", desk, **{"username": "@ferry.man", **asked}))
    assert item["url"] == PAGE
    return dict(item["data"])


@pytest.mark.promise("tools.catalog.instagram")
def test_a_profile_is_read_from_the_sites_public_data() -> None:
    desk = CannedDesk(files={API: told(USER)})

    data = profile(desk, posts=1)

    assert desk.headers["X-IG-App-ID"]
    assert (data["username"], data["followers"], data["following"]) == ("ferry.man", 1234, 56)
    assert (data["postCount"], data["isVerified"], data["externalUrl"]) == (78, True, None)
    assert data["posts"] == [
        {
            "url": "https://www.instagram.com/p/C1a/",
            "caption": "Low tide",
            "image": "https://cdn.example/1.jpg",
            "isVideo": False,
            "likes": 12,
            "comments": 3,
            "takenAt": 1710800000,
        }
    ]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        told(None),
        told([]),
        told({}),
        ("application/json", b"no"),
        ("application/json", b"[]"),
    ],
)
def test_else_from_what_the_profiles_page_says_of_itself(answer: tuple[str, bytes] | None) -> None:
    desk = CannedDesk({PAGE: STATED}, statuses={} if answer else {API: 401})
    if answer:
        desk.files[API] = answer

    data = profile(desk)

    assert data == {
        "username": "ferry.man",
        "fullName": "The Ferry Man",
        "followers": 1_200_000,
        "following": 56,
        "postCount": 1078,
        "picture": "https://cdn.example/p.jpg",
    }


@pytest.mark.promise("tool.never-fake")
@pytest.mark.parametrize(
    "page", ["<title>Login • Instagram</title><p>Log in", STATED.replace("@ferry.man", "@other")]
)
def test_a_login_wall_is_an_honest_failure(page: str) -> None:
    desk = CannedDesk({PAGE: page}, statuses={API: 429})

    with pytest.raises(Blocked, match="asks for a login"):
        profile(desk)


def test_a_profile_that_does_not_exist_is_told_by_its_status() -> None:
    with pytest.raises(FetchFailed, match="404"):
        profile(CannedDesk())


def test_half_told_profiles_bring_what_is_told() -> None:
    odd = {
        "username": "ferry.man",
        "edge_followed_by": 3,
        "edge_owner_to_timeline_media": {"edges": 1},
    }

    data = profile(CannedDesk(files={API: told(odd)}))

    assert (data["username"], data["followers"], data["posts"]) == ("ferry.man", None, [])


def test_the_site_may_be_elsewhere() -> None:
    elsewhere = API.replace("https://www.instagram.com", "http://127.0.0.1:9")
    desk = CannedDesk(files={elsewhere: told(USER)}, sites={"instagram": "http://127.0.0.1:9"})

    assert profile(desk)["username"] == "ferry.man"
