"""Reads HTTP APIs and their parts back from the engine."""

from webferry_local.floor_plan.cloud import Answer, Cloud
from webferry_local.floor_plan.readers.placed import Placed


def read_api(cloud: Cloud, placed: Placed) -> Answer | None:
    return cloud.ask("apigatewayv2", "get_api", ApiId=placed.physical_id)


def read_integration(cloud: Cloud, placed: Placed) -> Answer | None:
    api = placed.declared["ApiId"]
    integration = cloud.ask(
        "apigatewayv2", "get_integration", ApiId=api, IntegrationId=placed.physical_id
    )
    return None if integration is None else {**integration, "ApiId": api}


def read_route(cloud: Cloud, placed: Placed) -> Answer | None:
    api = placed.declared["ApiId"]
    route_id = placed.physical_id.rsplit("/", 1)[-1]
    route = cloud.ask("apigatewayv2", "get_route", ApiId=api, RouteId=route_id)
    return None if route is None else {**route, "ApiId": api}


def read_stage(cloud: Cloud, placed: Placed) -> Answer | None:
    api = placed.declared["ApiId"]
    stage = cloud.ask("apigatewayv2", "get_stage", ApiId=api, StageName=placed.physical_id)
    return None if stage is None else {**stage, "ApiId": api}
