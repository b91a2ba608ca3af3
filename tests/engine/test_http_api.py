"""The gateway's data plane: which route a request takes, and what the function is given."""

import base64
import json

import pytest

from tests.engine.account import Account, Engine
from tests.engine.http_api import HttpApi

ROUTES = [
    "GET /v1/health",
    "GET /v1/jobs/{id}",
    "ANY /v1/{proxy+}",
    "ANY /v1",
    "ANY /form/{name}",
    "$default",
]


@pytest.fixture(scope="module")
def api(engine: Engine) -> HttpApi:
    account = Account(engine)
    return HttpApi(account, account.function("answer"), ROUTES)


@pytest.mark.parametrize(
    ("method", "path", "route_key", "parameters"),
    [
        ("GET", "/v1/health", "GET /v1/health", None),
        ("POST", "/v1/health", "ANY /v1/{proxy+}", {"proxy": "health"}),
        ("GET", "/v1/jobs/7", "GET /v1/jobs/{id}", {"id": "7"}),
        ("GET", "/v1/jobs/7/pages", "ANY /v1/{proxy+}", {"proxy": "jobs/7/pages"}),
        ("DELETE", "/v1", "ANY /v1", None),
        ("GET", "/v1/", "$default", None),
        ("GET", "/elsewhere", "$default", None),
        ("GET", "/", "$default", None),
        ("GET", "/v1/a%0Ab", "ANY /v1/{proxy+}", {"proxy": "a\nb"}),
    ],
)
def test_the_most_specific_route_is_taken(
    api: HttpApi, method: str, path: str, route_key: str, parameters: dict[str, str] | None
) -> None:
    event = api.call(method, path).event()

    assert event["routeKey"] == event["requestContext"]["routeKey"] == route_key
    assert event["pathParameters"] == parameters


def test_a_path_without_a_route_and_without_a_default_is_not_found(account: Account) -> None:
    api = HttpApi(account, account.function("answer"), ["GET /v1"])

    answer = api.call("GET", "/v2")

    assert (answer.status, answer.body) == (404, b'{"message":"Not Found"}')


def test_the_function_is_given_a_version_two_event(api: HttpApi) -> None:
    event = api.call("GET", "/v1/things?tag=a&tag=b&q=x%20y", X_Upper="Value").event()

    assert event["version"] == "2.0"
    assert event["rawPath"] == "/v1/things"
    assert event["rawQueryString"] == "tag=a&tag=b&q=x%20y"
    assert event["queryStringParameters"] == {"tag": "a,b", "q": "x y"}
    assert event["headers"]["x-upper"] == "Value"
    assert event["isBase64Encoded"] is False
    assert "body" not in event
    http = event["requestContext"]["http"]
    assert (http["method"], http["path"], http["sourceIp"]) == ("GET", "/v1/things", "127.0.0.1")
    assert event["requestContext"]["stage"] == "$default"
    assert event["requestContext"]["requestId"]


def test_a_json_body_arrives_as_text(api: HttpApi) -> None:
    body = json.dumps({"name": "Grüße"}, ensure_ascii=False)

    event = api.call("POST", "/v1", body.encode(), Content_Type="application/json").event()

    assert (event["body"], event["isBase64Encoded"]) == (body, False)


@pytest.mark.parametrize(
    "content_type", ["application/octet-stream", "application/x-www-form-urlencoded"]
)
def test_any_other_body_arrives_as_base64(api: HttpApi, content_type: str) -> None:
    event = api.call("POST", "/v1", b"\x00\xff=1", Content_Type=content_type).event()

    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == b"\x00\xff=1"


def test_request_cookies_stay_in_their_header(api: HttpApi) -> None:
    """AWS moves them into the event's list `cookies`: read both places."""
    event = api.call("GET", "/v1", Cookie="first=1; second=2").event()

    assert event["headers"]["cookie"] == "first=1; second=2"
    assert "cookies" not in event


def test_each_cookie_of_an_answer_is_a_header_of_its_own(api: HttpApi) -> None:
    answer = api.call("GET", "/form/cookies")

    assert answer.status == 204
    assert answer.header("set-cookie") == ["first=1; Path=/", "second=2; HttpOnly"]


def test_a_base64_answer_arrives_as_its_bytes(api: HttpApi) -> None:
    answer = api.call("GET", "/form/binary")

    assert answer.body == bytes(range(256))
    assert answer.header("content-type") == ["image/png"]


def test_status_and_headers_of_an_answer_are_kept(api: HttpApi) -> None:
    teapot, moved = api.call("GET", "/form/teapot"), api.call("GET", "/form/moved")

    assert (teapot.status, teapot.body) == (418, b"short")
    assert teapot.header("content-type") == ["text/plain"]
    assert (moved.status, moved.header("location")) == (302, ["/elsewhere"])


def test_an_answer_without_a_status_is_the_json_body_of_a_200(api: HttpApi) -> None:
    answer = api.call("GET", "/form/plain")

    assert (answer.status, answer.header("content-type")) == (200, ["application/json"])
    assert json.loads(answer.body) == {"not": "a proxy answer"}


def test_an_exception_is_an_error_that_says_nothing_about_it(account: Account) -> None:
    answer = HttpApi(account, account.function("refuse"), ["$default"]).call("GET", "/")

    assert (answer.status, answer.body) == (500, b'{"message": "Internal Server Error"}')
    assert answer.header("content-type") == ["application/json"]


def test_a_preflight_without_cors_settings_never_reaches_the_function(api: HttpApi) -> None:
    """On AWS it would take the ANY route."""
    answer = api.call("OPTIONS", "/v1/health", Access_Control_Request_Method="POST")

    assert (answer.status, answer.body) == (403, b'{"message": "CORS not configured"}')
