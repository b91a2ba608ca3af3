"""Images by Amazon Bedrock: each vendor's models are asked in a form of their own."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from webferry.adapters.models.attempts import Busy, attempted_once_more
from webferry.adapters.models.bedrock import BUSY_CODES
from webferry.adapters.models.images import NO_IMAGE
from webferry.domain.images import MAX_IMAGE_BYTES, ImageOrder
from webferry.domain.prompts import ModelFailed

_RATIOS = ("1:1", "16:9", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21")


@dataclass(frozen=True, slots=True)
class BedrockImages:
    """Models of Stability AI and of Amazon, by id or inference profile."""

    client: Callable[[], Any]
    model_id: str

    async def make(self, order: ImageOrder) -> bytes:
        """Raises: ModelFailed."""
        made: bytes = await attempted_once_more(lambda: self._make(order))
        return made

    def _make(self, order: ImageOrder) -> bytes:
        body = _of_amazon(order) if "amazon." in self.model_id else _of_stability(order)
        try:
            answer = self.client().invoke_model(modelId=self.model_id, body=json.dumps(body))
            content: bytes = answer["body"].read(2 * MAX_IMAGE_BYTES)
        except ClientError as error:
            raise _failure(error) from error
        except BotoCoreError as error:
            raise Busy("The image model could not be reached") from error
        return _read(content)


def _of_amazon(order: ImageOrder) -> Mapping[str, Any]:
    size = {"numberOfImages": 1, "width": order.width, "height": order.height}
    return {
        "taskType": "TEXT_IMAGE",
        "textToImageParams": {"text": order.prompt},
        "imageGenerationConfig": size,
    }


def _of_stability(order: ImageOrder) -> Mapping[str, Any]:
    wanted = order.width / order.height

    def distance(ratio: str) -> float:
        width, height = map(int, ratio.split(":"))
        return abs(width / height - wanted)

    ratio = min(_RATIOS, key=distance)
    return {"prompt": order.prompt, "aspect_ratio": ratio, "output_format": "png"}


def _failure(error: ClientError) -> ModelFailed:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in BUSY_CODES or status >= 500 or status == 429:
        return Busy("The image model is busy")
    if code == "ValidationException":
        return ModelFailed("The image model refused the prompt or the size", retryable=False)
    why = f"The image model refused ({code[:60] or status}); check WEBFERRY_IMAGE_MODEL"
    return ModelFailed(why, retryable=False)


def _read(content: bytes) -> bytes:
    try:
        answer = json.loads(content)
        refused = [reason for reason in answer.get("finish_reasons") or [] if reason]
        if answer.get("error") or refused:
            raise ModelFailed("The image model refused the prompt", retryable=False)
        return b64decode(answer["images"][0], validate=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ModelFailed(NO_IMAGE, retryable=False) from error
