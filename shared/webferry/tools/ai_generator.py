"""AI Generator: an image from words, by the model that the operator configured."""

from typing import Annotated

from pydantic import Field, StrictInt

from webferry.tools.desk import Desk, Item
from webferry.tools.tool import Need, Tool, ToolInput

LONGEST_MS = 100_000
Side = Annotated[StrictInt, Field(ge=256, le=2048, multiple_of=64, description="In pixels.")]


class AiGeneratorInput(ToolInput):
    """What the image is to show."""

    prompt: Annotated[str, Field(min_length=1, max_length=4000, description="In words.")]
    width: Side = 1024
    height: Side = 1024


async def run(asked: AiGeneratorInput, desk: Desk) -> list[Item]:
    """One item: a link to the image that works for a while."""
    image = await desk.image(asked.prompt, asked.width, asked.height)
    return [{"data": {"prompt": asked.prompt, "image": image}}]


TOOL = Tool(
    slug="ai-generator",
    name="AI Generator",
    description="Generate images from text using AI models like Flux and Stable Diffusion",
    credits=5,
    input=AiGeneratorInput,
    run=run,
    needs=frozenset({Need.IMAGE_MODEL}),
    longest_ms=LONGEST_MS,
)
