"""Pictures as objects of a bucket, handed out by links that work for a while and for anybody."""

import asyncio
from collections.abc import Callable
from typing import Any

from webferry.adapters.aws_errors import translated
from webferry.ports import Chance

PREFIX = "pictures/"
NAME_LENGTH = 24
# No longer than what a function's own credentials, with which links are signed, are sure to last.
LINK_SECONDS = 3600
MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
}


class S3Pictures:
    """Who has a link has the picture; nobody can guess one, or change it."""

    def __init__(self, client: Callable[[], Any], bucket: str, chance: Chance) -> None:
        self._client = client
        self._bucket = bucket
        self._chance = chance

    async def keep(self, content: bytes, kind: str) -> str:
        """Raises: Unavailable."""
        name = f"{PREFIX}{self._chance.base62(NAME_LENGTH)}.{kind}"
        await asyncio.to_thread(self._put, name, content, MEDIA_TYPES[kind])
        return name

    def link(self, name: str) -> str:
        """An address of the picture, good for an hour; nothing is asked of the cloud for it."""
        place = {"Bucket": self._bucket, "Key": name}
        link: str = self._client().generate_presigned_url(
            "get_object", Params=place, ExpiresIn=LINK_SECONDS
        )
        return link

    def _put(self, name: str, content: bytes, media_type: str) -> None:
        with translated():
            self._client().put_object(
                Bucket=self._bucket, Key=name, Body=content, ContentType=media_type
            )
