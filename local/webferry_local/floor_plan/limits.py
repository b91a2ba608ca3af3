"""What the engine cannot do, by resource type and property, each with its reason.

A property listed here is not read back. An entry goes as soon as the engine learns it.
"""

from collections.abc import Iterator

CANNOT: dict[tuple[str, str], str] = {
    ("AWS::ApiGatewayV2::Stage", "AccessLogSettings"): "the engine's gateway writes no access log",
    ("AWS::ApiGatewayV2::Stage", "DefaultRouteSettings"): (
        "the engine's gateway neither throttles nor counts; rate limits are our own code"
    ),
    ("AWS::Lambda::Function", "Code"): "code runs from the working tree, in the worker pool",
    ("AWS::Lambda::Function", "TracingConfig"): "the mode is kept, but nothing collects traces",
    ("AWS::Lambda::LayerVersion", "Content"): "layers are directories of the working tree",
    ("AWS::StepFunctions::StateMachine", "LoggingConfiguration"): (
        "the engine writes no execution log; the history is complete"
    ),
    ("AWS::StepFunctions::StateMachine", "TracingConfiguration"): "nothing collects traces",
}


def cannot_report() -> Iterator[str]:
    """One line for each property that is declared for AWS alone."""
    for (resource_type, name), reason in sorted(CANNOT.items()):
        yield f"{resource_type}.{name}: {reason}"
