"""Fixes the bytes of a webhook before they are first sent: every later attempt sends the same."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from webferry.domain.dispatches import Dispatch
from webferry.domain.parts import InlineBody, StoredBody
from webferry.domain.webhooks import Delivery
from webferry.ports import Bodies, Chance
from webferry.usecases.keep_bodies import INLINE_BYTES, ZLIB_LEVEL

BODY_NAME_LENGTH = 12
Compose = Callable[[Delivery], bytes]


@dataclass(frozen=True, slots=True)
class FreezePayload:
    """The claim of the first attempt stores them, so that only those which are sent are kept."""

    bodies: Bodies
    compose: Compose
    chance: Chance

    def __call__(self, dispatch: Dispatch) -> tuple[bytes, Dispatch]:
        """The bytes to send, and the dispatch that remembers them.

        Raises: Unavailable.
        """
        match dispatch.body:
            case InlineBody(packed):
                return zlib.decompress(packed), dispatch
            case StoredBody(key, start, length):
                return zlib.decompress(self.bodies.get(key, start, length)), dispatch
            case _:
                content = self.compose(dispatch.delivery)
                return content, replace(dispatch, body=self._placed(dispatch, content))

    def _placed(self, dispatch: Dispatch, content: bytes) -> InlineBody | StoredBody:
        packed = zlib.compress(content, ZLIB_LEVEL)
        if len(packed) <= INLINE_BYTES:
            return InlineBody(packed)
        # A name of its own: another sender may lose the claim, and must not overwrite what is sent.
        key = f"deliveries/{dispatch.delivery.id}/{self.chance.base62(BODY_NAME_LENGTH)}"
        self.bodies.put(key, packed)
        return StoredBody(key, 0, len(packed))
