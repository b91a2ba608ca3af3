"""What the suite calls: its tools, prompts and resources on the product's own bare server."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import (
    AudioContent,
    Completion,
    EmbeddedResource,
    EmptyResult,
    ImageContent,
    PromptReference,
    ResourceTemplateReference,
    SetLevelRequestParams,
    SubscribeRequestParams,
    TextContent,
    TextResourceContents,
    UnsubscribeRequestParams,
)

from mcp_server.server import bare_server
from tests.conformance.asking import add_asking_tools

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA"
    "DUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SILENCE = base64.b64encode(
    b"RIFF\x26\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0"
    b"\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x02\0\0\0\0\0"
).decode()
PAUSE_S = 0.01


def fixture_server() -> MCPServer:
    """The server under test."""
    server = bare_server()
    for name, tool in _TOOLS.items():
        server.add_tool(tool, name=name)
    add_asking_tools(server)
    _add_resources(server)
    _add_prompts(server)
    _add_old_ways(server)
    return server


def _simple_text() -> str:
    """Says one sentence."""
    return "This is a simple text response for testing."


def _image() -> ImageContent:
    """Shows a pixel."""
    return ImageContent(type="image", data=PIXEL, mime_type="image/png")


def _audio() -> AudioContent:
    """Plays one sample of silence."""
    return AudioContent(type="audio", data=SILENCE, mime_type="audio/wav")


def _embedded() -> EmbeddedResource:
    """Hands a resource over."""
    return _resource("test://embedded-resource", "This is an embedded resource content.")


def _mixed() -> list[TextContent | ImageContent | EmbeddedResource]:
    """Says, shows and hands over."""
    told = json.dumps({"test": "data", "value": 123})
    return [
        _text("Multiple content types test:"),
        _image(),
        _resource("test://mixed-content-resource", told, "application/json"),
    ]


def _error() -> str:
    """Fails."""
    raise ToolError("This tool intentionally returns an error for testing")


async def _logging(ctx: Context) -> str:
    """Talks while it works."""
    for said in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await ctx.info(said)
        await asyncio.sleep(PAUSE_S)
    return "Logged"


async def _progress(ctx: Context) -> str:
    """Tells how far it is."""
    for done in (0, 50, 100):
        await ctx.report_progress(done, 100, f"{done} of 100")
        await asyncio.sleep(PAUSE_S)
    return "Done"


_TOOLS: dict[str, Callable[..., Any]] = {
    "test_simple_text": _simple_text,
    "test_image_content": _image,
    "test_audio_content": _audio,
    "test_embedded_resource": _embedded,
    "test_multiple_content_types": _mixed,
    "test_error_handling": _error,
    "test_tool_with_logging": _logging,
    "test_tool_with_progress": _progress,
}


def _add_resources(server: MCPServer) -> None:
    @server.resource("test://static-text", mime_type="text/plain")
    def text() -> str:
        """A text."""
        return "This is the content of the static text resource."

    @server.resource("test://static-binary", mime_type="image/png")
    def binary() -> bytes:
        """A pixel."""
        return base64.b64decode(PIXEL)

    @server.resource("test://watched-resource", mime_type="text/plain")
    def watched() -> str:
        """A text that may change."""
        return "Watched resource content"

    @server.resource("test://template/{id}/data", mime_type="application/json")
    def template(id: str) -> str:  # noqa: A002
        """A resource for each id."""
        return json.dumps({"id": id, "templateTest": True, "data": f"Data for ID: {id}"})


def _add_prompts(server: MCPServer) -> None:
    @server.prompt("test_simple_prompt", description="A simple prompt")
    def simple() -> str:
        return "This is a simple prompt for testing."

    @server.prompt("test_prompt_with_arguments", description="A prompt with two arguments")
    def arguments(arg1: str, arg2: str) -> str:
        return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"

    @server.prompt("test_prompt_with_embedded_resource", description="A prompt with a resource")
    def resource(resourceUri: str) -> list[Any]:  # noqa: N803
        given = _resource(resourceUri, "Embedded resource content for testing.")
        return [given, _text("Please process the embedded resource above.")]

    @server.prompt("test_prompt_with_image", description="A prompt with an image")
    def image() -> list[Any]:
        return [_image(), _text("Please analyze the image above.")]


def _add_old_ways(server: MCPServer) -> None:
    """What only the handshake era has, and completion."""

    async def complete(
        ref: PromptReference | ResourceTemplateReference, argument: object, context: object
    ) -> Completion:
        return Completion(values=["paris", "park"], total=2, has_more=False)

    server.completion()(complete)  # type: ignore[no-untyped-call]

    async def agree(ctx: object, params: object) -> EmptyResult:
        return EmptyResult()

    for method, params in (
        ("logging/setLevel", SetLevelRequestParams),
        ("resources/subscribe", SubscribeRequestParams),
        ("resources/unsubscribe", UnsubscribeRequestParams),
    ):
        server._lowlevel_server.add_request_handler(method, params, agree)


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


def _resource(uri: str, text: str, mime_type: str = "text/plain") -> EmbeddedResource:
    contents = TextResourceContents(uri=uri, mime_type=mime_type, text=text)
    return EmbeddedResource(type="resource", resource=contents)
