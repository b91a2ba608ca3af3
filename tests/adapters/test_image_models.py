"""Image models: what they are asked, what is believed of their answers, what becomes of a run."""

import asyncio
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest

from tests.adapters.stand_in_model import StandIn, stand_in_model
from webferry.adapters.models import attempts
from webferry.adapters.models.bedrock import bedrock_client
from webferry.adapters.models.bedrock_images import BedrockImages
from webferry.adapters.models.choosing import image_model_of
from webferry.adapters.models.images import OpenAiImages
from webferry.adapters.system import SystemClock
from webferry.domain.errors import FetchFailed
from webferry.domain.images import NO_IMAGE_MODEL, ImageOrder, kind_of_image
from webferry.domain.prompts import ModelFailed, NeedsModel
from webferry.model_ports import ImageModels
from webferry.usecases.tool_desk import ToolDesk

KEY = "sk-secret-of-the-operator"
PNG = b"\x89PNG\r\n\x1a\nimage"
ORDER = ImageOrder("A ferry at dawn", 1024, 576)
MADE = (200, {"data": [{"b64_json": b64encode(PNG).decode()}]})
OF_BEDROCK = (200, {"images": [b64encode(PNG).decode()], "finish_reasons": [None]})


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSE_S", 0)


def spoken(server: StandIn) -> ImageModels:
    return image_model_of("openai:flux", f"{server.url}/v1/", lambda: KEY, SystemClock())


def rock(server: StandIn, model: str = "stability.stable-image-core-v1:1") -> BedrockImages:
    session = boto3.Session("AKIA", "secret", region_name="us-east-1")
    return BedrockImages(lambda: bedrock_client(session, server.url, KEY), model)


def test_an_endpoint_is_asked_in_the_words_of_the_images_api() -> None:
    with stand_in_model(MADE) as server:
        assert asyncio.run(spoken(server).make(ORDER)) == PNG

    (request,) = server.asked
    assert request.path == "/v1/images/generations"
    assert request.headers["Authorization"] == f"Bearer {KEY}"
    assert request.body == {
        "model": "flux",
        "prompt": "A ferry at dawn",
        "n": 1,
        "size": "1024x576",
        "response_format": "b64_json",
    }


def test_a_model_that_knows_one_form_is_asked_without_a_form_from_then_on() -> None:
    with stand_in_model((400, {}), MADE) as server:
        model = spoken(server)
        for _ in range(2):
            assert asyncio.run(model.make(ORDER)) == PNG

    forms = ["response_format" in request.body for request in server.asked]
    assert forms == [True, False, False]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_model_is_asked_once_more(status: int) -> None:
    with stand_in_model((status, {}), MADE) as server:
        assert asyncio.run(spoken(server).make(ORDER)) == PNG
    with stand_in_model((status, {})) as server, pytest.raises(ModelFailed, match="busy"):
        asyncio.run(spoken(server).make(ORDER))

    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"error": KEY}),
        (401, {"error": KEY}),
        (302, {}),
        (200, {}),
        (200, {"data": [{"url": "https://elsewhere.example/x.png"}]}),
        (200, {"data": [{"b64_json": "no base64"}]}),
        (200, b"no"),
    ],
)
@pytest.mark.parametrize("make", [spoken, rock])
def test_a_refusal_or_a_broken_answer_is_a_failure_that_tells_no_key(
    answer: tuple[int, object], make: Any
) -> None:
    with stand_in_model(answer) as server, pytest.raises(ModelFailed) as failure:
        asyncio.run(make(server).make(ORDER))

    assert KEY not in failure.value.message


def test_models_of_bedrock_are_asked_each_in_its_own_form() -> None:
    with stand_in_model(OF_BEDROCK) as server:
        assert asyncio.run(rock(server).make(ORDER)) == PNG
        assert asyncio.run(rock(server, "amazon.nova-canvas-v1:0").make(ORDER)) == PNG

    stability, amazon = (request.body for request in server.asked)
    assert stability["aspect_ratio"] == "16:9"
    assert amazon["imageGenerationConfig"] == {"numberOfImages": 1, "width": 1024, "height": 576}


def test_a_prompt_that_is_filtered_is_a_refusal() -> None:
    filtered = (200, {"images": [], "finish_reasons": ["Filter reason: prompt"]})
    with stand_in_model(filtered) as server, pytest.raises(ModelFailed, match="refused the prompt"):
        asyncio.run(rock(server).make(ORDER))


def test_a_name_says_vendor_and_model() -> None:
    made = image_model_of("bedrock:stability.x", "", str, SystemClock())

    assert isinstance(made, BedrockImages)
    assert isinstance(image_model_of("openai:a:b", "", str, SystemClock()), OpenAiImages)
    for name in ("flux", "openai:", "claude:x"):
        with pytest.raises(NeedsModel):
            image_model_of(name, "", str, SystemClock())


def test_images_are_known_by_their_first_bytes() -> None:
    webp = b"RIFF\x00\x00\x00\x00WEBPVP8 "
    kinds = [kind_of_image(content) for content in (PNG, b"\xff\xd8\xff\xe0", webp, b"<svg>", b"")]

    assert kinds == ["png", "jpg", "webp", None, None]


@dataclass
class Kept:
    """Pictures that stay in the test."""

    held: list[tuple[bytes, str]] = field(default_factory=list)

    async def keep(self, content: bytes, kind: str) -> str:
        self.held.append((content, kind))
        return f"pictures/x.{kind}"

    def link(self, name: str) -> str:
        return name


@dataclass
class Model:
    """Makes what it was given, or fails so."""

    made: bytes | ModelFailed

    async def make(self, order: ImageOrder) -> bytes:
        if isinstance(self.made, ModelFailed):
            raise self.made
        return self.made


@pytest.mark.promise("tools.catalog.ai-generator", "tool.never-fake")
def test_a_desk_keeps_an_image_and_tells_every_failure() -> None:
    def image(model: Model | None, pictures: Kept) -> str:
        nothing: Any = None
        desk = ToolDesk(nothing, nothing, pictures, {}, lambda: model)
        return asyncio.run(desk.image("A ferry", 512, 512))

    pictures = Kept()
    assert image(Model(PNG), pictures) == "pictures/x.png"
    assert pictures.held == [(PNG, "png")]
    for model, why in (
        (None, NO_IMAGE_MODEL),
        (Model(ModelFailed("The image model is busy")), "busy"),
        (Model(b"<svg>"), "did not answer with an image"),
    ):
        with pytest.raises(FetchFailed, match=why):
            image(model, pictures)
    assert len(pictures.held) == 1
