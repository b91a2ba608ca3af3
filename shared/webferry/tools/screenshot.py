"""Screenshot: a page as a browser shows it, as PNG."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from webferry.content.metadata import title_of
from webferry.domain.rendering import Capture, CaptureKind, Viewport
from webferry.tools.desk import Desk, Item
from webferry.tools.tool import Need, PageUrl, Tool, ToolInput


class ScreenshotInput(ToolInput):
    """A page, how much of it, and the window it is shown in."""

    url: PageUrl
    full_page: Annotated[StrictBool, Field(description="All of it, not the window alone.")] = False
    width: Annotated[StrictInt, Field(ge=200, le=3840, description="CSS pixels.")] = 1280
    height: Annotated[StrictInt, Field(ge=200, le=2160, description="CSS pixels.")] = 800


async def run(asked: ScreenshotInput, desk: Desk) -> list[Item]:
    """One item: a link to the picture that works for a while."""
    capture = Capture(CaptureKind.FULL_PAGE if asked.full_page else CaptureKind.VIEWPORT)
    viewport = Viewport(asked.width, asked.height)
    page, picture = await desk.picture(asked.url, capture, viewport)
    return [page.item({"title": title_of(page.document), "screenshot": picture})]


TOOL = Tool(
    slug="screenshot",
    name="Screenshot",
    description="A picture of a page as a browser shows it, of the window or of all of it",
    credits=1,
    input=ScreenshotInput,
    run=run,
    needs=frozenset({Need.BROWSER}),
)
