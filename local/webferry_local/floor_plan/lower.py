"""Spells an HTTP API's OpenAPI body out as the routes and integrations the engine understands."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from webferry_local.floor_plan.deployment import Template
from webferry_local.floor_plan.errors import DeployFailed

API = "AWS::ApiGatewayV2::Api"
_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"
_CORS = "x-amazon-apigateway-cors"
_TAG = "x-amazon-apigateway-tag-value"
_NOT_LOWERED = ("security", "x-amazon-apigateway-authtype")


def lower(template: Template) -> Template:
    """The template with every `ApiGatewayV2::Api.Body` replaced by resources of its own."""
    resources: Template = {}
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] == API and "Body" in resource["Properties"]:
            resources.update(_lower_api(logical_id, resource))
        else:
            resources[logical_id] = resource
    return {**template, "Resources": resources}


def _lower_api(api: str, resource: Template) -> Template:
    properties = dict(resource["Properties"])
    body = properties.pop("Body")
    properties.pop("FailOnWarnings", None)  # speaks of the import of a body only
    properties = {**_from_body(body), **properties}
    lowered: Template = {api: {**resource, "Properties": properties}}
    integrations: dict[str, str] = {}
    for route_key, method in sorted(_routes(body), key=lambda route: route[0]):
        declared = _integration(api, method[_INTEGRATION])
        spelled = json.dumps(declared, sort_keys=True)
        if spelled not in integrations:
            integrations[spelled] = f"{api}Integration{len(integrations) + 1}"
            lowered[integrations[spelled]] = _resource("Integration", declared)
        lowered[_route_id(api, route_key, lowered)] = _resource(
            "Route",
            {
                "ApiId": {"Ref": api},
                "RouteKey": route_key,
                "Target": {"Fn::Join": ["/", ["integrations", {"Ref": integrations[spelled]}]]},
            },
        )
    return lowered


def _from_body(body: Mapping[str, Any]) -> Template:
    tags = {tag["name"]: tag[_TAG] for tag in body.get("tags", []) if _TAG in tag}
    properties = {
        "Name": body["info"]["title"],
        "Version": body["info"].get("version"),
        "Description": body["info"].get("description"),
        "CorsConfiguration": _pascal(body.get(_CORS)),
        "Tags": tags or None,
    }
    present = {name: value for name, value in properties.items() if value is not None}
    return {"ProtocolType": "HTTP", **present}


def _pascal(cors: object) -> object:
    if not isinstance(cors, dict):
        return cors
    return {f"{name[0].upper()}{name[1:]}": value for name, value in cors.items()}


def _routes(body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "components" in body or body.get("security"):
        raise DeployFailed("the HTTP API declares authorizers, which are not lowered")
    for path, methods in body["paths"].items():
        for verb, method in methods.items():
            if any(method.get(word) for word in _NOT_LOWERED):
                raise DeployFailed(f"the route {path} has an authorizer, which is not lowered")
            verb_of_key = "ANY" if verb == _ANY else verb.upper()
            yield ("$default" if path == "/$default" else f"{verb_of_key} {path}"), method


def _integration(api: str, declared: Mapping[str, Any]) -> Template:
    if declared["type"] != "aws_proxy":
        raise DeployFailed(f"{api}: an integration of type {declared['type']} is not lowered")
    properties = {
        "ApiId": {"Ref": api},
        "IntegrationType": "AWS_PROXY",
        "IntegrationMethod": declared["httpMethod"],
        "IntegrationUri": declared["uri"],
        "PayloadFormatVersion": declared["payloadFormatVersion"],
    }
    if "timeoutInMillis" in declared:
        properties["TimeoutInMillis"] = declared["timeoutInMillis"]
    return properties


def _route_id(api: str, route_key: str, taken: Template) -> str:
    words = re.findall(r"[A-Za-z0-9]+", route_key.replace("$default", "default"))
    name = f"{api}Route{''.join(word.capitalize() for word in words)}"
    while name in taken:  # /a-b and /a/b have the same words
        name += "X"
    return name


def _resource(kind: str, properties: Template) -> Template:
    return {"Type": f"AWS::ApiGatewayV2::{kind}", "Properties": properties}
