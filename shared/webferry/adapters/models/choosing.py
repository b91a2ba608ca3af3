"""Which model a name like `openai:gpt-5-mini` or `bedrock:amazon.nova-lite-v1:0` means."""

from collections.abc import Callable
from functools import cache

import boto3

from webferry.adapters.models.attempts import Model
from webferry.adapters.models.bedrock import BedrockModel, bedrock_client
from webferry.adapters.models.bedrock_images import BedrockImages
from webferry.adapters.models.endpoint import Endpoint
from webferry.adapters.models.images import OpenAiImages
from webferry.adapters.models.openai import DEFAULT_URL, OpenAiModel
from webferry.domain.images import MAX_IMAGE_BYTES
from webferry.domain.prompts import NeedsModel
from webferry.model_ports import ImageModels
from webferry.ports import Clock


def model_of(name: str, url: str, key: Callable[[], str], clock: Clock) -> Model:
    """The model of that name; `key` fetches its secret when the model is first asked.

    Raises: NeedsModel: the name means no model.
    """
    vendor, _, model = name.partition(":")
    secret = cache(key)
    if vendor == "bedrock" and model:
        return BedrockModel(cache(lambda: bedrock_client(boto3.Session(), url, secret())), model)
    if vendor == "openai" and model:
        return OpenAiModel(model, clock, url.rstrip("/") or DEFAULT_URL, secret)
    raise NeedsModel("WEBFERRY_MODEL must be bedrock:… or openai:…", prompt="needs a model")


def image_model_of(name: str, url: str, key: Callable[[], str], clock: Clock) -> ImageModels:
    """The image model of that name.

    Raises: NeedsModel: the name means no model.
    """
    vendor, _, model = name.partition(":")
    secret = cache(key)
    if vendor == "bedrock" and model:
        return BedrockImages(cache(lambda: bedrock_client(boto3.Session(), url, secret())), model)
    if vendor == "openai" and model:
        address = url.rstrip("/") or DEFAULT_URL
        setting = "WEBFERRY_IMAGE_MODEL_URL"
        # Base64 takes four bytes for three.
        limit = 2 * MAX_IMAGE_BYTES
        return OpenAiImages(model, Endpoint(address, secret, clock, setting, limit))
    raise NeedsModel("WEBFERRY_IMAGE_MODEL must be bedrock:… or openai:…", model="needs a name")
