"""Tools of the suite that answer with a question, and go on when the caller has answered it."""

from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.shared.exceptions import MCPError
from mcp_types import (
    MISSING_REQUIRED_CLIENT_CAPABILITY,
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequest,
    InputRequiredResult,
    ListRootsRequest,
    SamplingMessage,
    TextContent,
)

Asked = str | InputRequiredResult


def add_asking_tools(server: MCPServer) -> None:
    """Give a server these tools, and the prompt that asks."""
    for name, tool in _TOOLS.items():
        server.add_tool(tool, name=name)
    server.prompt("test_input_required_result_prompt")(_prompt)


def elicitation(message: str, field: str, kind: str = "string") -> ElicitRequest:
    """A question to the user."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {field: {"type": kind}},
        "required": [field],
    }
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def sampling(text: str) -> CreateMessageRequest:
    """A question to the caller's model."""
    said = SamplingMessage(role="user", content=TextContent(type="text", text=text))
    return CreateMessageRequest(params=CreateMessageRequestParams(messages=[said], max_tokens=100))


def _asking(state: str | None = None, **asked: InputRequest) -> Callable[[Context], Asked]:
    """A tool that wants to know all of this before it is done."""

    def tool(ctx: Context) -> Asked:
        """Asks."""
        answers = ctx.input_responses or {}
        if any(not _is_answer(answers.get(name)) for name in asked):
            return InputRequiredResult(input_requests=dict(asked), request_state=state)
        if ctx.request_state != state:
            raise MCPError(code=-32602, message="Not the state that was given")
        return f"Thank you: state-ok, {sorted(asked)}"

    return tool


def _is_answer(given: object) -> bool:
    return given is not None and (not isinstance(given, ElicitResult) or given.action == "accept")


def _multi_round(ctx: Context) -> Asked:
    """Asks twice."""
    answers = ctx.input_responses or {}
    if ctx.request_state == "second" and "step2" in answers:
        return "Thank you for both"
    if ctx.request_state == "first" and "step1" in answers:
        again = elicitation("Which colour do you like?", "color")
        return InputRequiredResult(input_requests={"step2": again}, request_state="second")
    name = elicitation("What is your name?", "name")
    return InputRequiredResult(input_requests={"step1": name}, request_state="first")


def _capabilities(ctx: Context) -> Asked:
    """Asks in the ways its caller knows."""
    known = ctx.client_capabilities
    asked: dict[str, InputRequest] = {}
    if known and known.sampling:
        asked["sampled"] = sampling("Say something")
    if known and known.elicitation:
        asked["elicited"] = elicitation("Say something", "said")
    return InputRequiredResult(input_requests=asked) if asked else "You know no way to be asked"


def _missing_capability(ctx: Context) -> str:
    """Works for callers with a model only."""
    if not (ctx.client_capabilities and ctx.client_capabilities.sampling):
        raise MCPError(
            code=MISSING_REQUIRED_CLIENT_CAPABILITY,
            message="This tool needs sampling",
            data={"requiredCapabilities": {"sampling": {}}},
        )
    return "You can be sampled"


async def _log(ctx: Context) -> str:
    """Talks, if anybody listens."""
    await ctx.info("Working")
    return "Done"


def _prompt(ctx: Context) -> Any:
    """A prompt that asks first."""
    if "user_context" in (ctx.input_responses or {}):
        return "A prompt with your context"
    asked = elicitation("What context should the prompt use?", "context")
    return InputRequiredResult(input_requests={"user_context": asked})


_NAME = elicitation("What is your name?", "name")
_CONFIRM = elicitation("Please confirm", "ok", "boolean")
_TOOLS: dict[str, Callable[..., Any]] = {
    "test_input_required_result_elicitation": _asking(user_name=_NAME),
    "test_input_required_result_sampling": _asking(
        capital_question=sampling("What is the capital of France?")
    ),
    "test_input_required_result_list_roots": _asking(client_roots=ListRootsRequest()),
    "test_input_required_result_request_state": _asking("asked", confirm=_CONFIRM),
    "test_input_required_result_tampered_state": _asking("asked", confirm=_CONFIRM),
    "test_input_required_result_multiple_inputs": _asking(
        "asked",
        user_name=_NAME,
        greeting=sampling("Generate a greeting"),
        client_roots=ListRootsRequest(),
    ),
    "test_input_required_result_multi_round": _multi_round,
    "test_input_required_result_capabilities": _capabilities,
    "test_streaming_elicitation": _asking(user_name=_NAME),
    "test_missing_capability": _missing_capability,
    "test_logging_tool": _log,
}
