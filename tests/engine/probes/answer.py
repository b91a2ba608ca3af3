"""Answer an HTTP request with the event it became, or in the form its path asks for."""

import base64
import json
from typing import Any

FORMS: dict[str, Any] = {
    "/form/plain": {"not": "a proxy answer"},
    "/form/text": "just text",
    "/form/teapot": {"statusCode": 418, "headers": {"content-type": "text/plain"}, "body": "short"},
    "/form/moved": {"statusCode": 302, "headers": {"location": "/elsewhere"}},
    "/form/cookies": {"statusCode": 204, "cookies": ["first=1; Path=/", "second=2; HttpOnly"]},
    "/form/binary": {
        "statusCode": 200,
        "headers": {"content-type": "image/png"},
        "body": base64.b64encode(bytes(range(256))).decode(),
        "isBase64Encoded": True,
    },
}


def handler(event: dict[str, Any], _context: object) -> Any:
    return FORMS.get(event["rawPath"], {"statusCode": 200, "body": json.dumps(event)})
