"""Clients: the applications that ask for access, and where they may be answered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from webferry.domain.oauth_errors import OAuthReason, OAuthRefused

CLIENT_PREFIX = "client_"
CLIENT_ID_LENGTH = 24
MAX_REDIRECT_URIS = 10
MAX_REDIRECT_LENGTH = 1024
MAX_CLIENT_NAME_LENGTH = 100
MAX_CLIENT_ID_LENGTH = 512
# Nobody keeps what nobody uses; a client that comes again registers again.
CLIENT_LIFE_MS = 90 * 24 * 3_600_000
DOCUMENT_LIFE_MS = 3_600_000
DOCUMENT_TYPES = frozenset({"application/json"})
MAX_DOCUMENT_BYTES = 5 * 1024

_REGISTERED = re.compile(rf"{CLIENT_PREFIX}[0-9A-Za-z]{{{CLIENT_ID_LENGTH}}}")
_PLAIN = re.compile(r"[!-~]+")
_UNSAFE = "#*\\<>\"'`{}|^"
_AUTHORITY = re.compile(r"https?://([^/?]+)")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]{2,39}\])(?::\d{1,5})?")
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|\[::1\])(?::\d{1,5})?((?:[/?].*)?)")
_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Client:
    """One application, known by what it said of itself."""

    id: str
    name: str
    redirect_uris: tuple[str, ...]
    created_at_ms: int


def checked_redirect(uri: str) -> str:
    """An address that codes may be sent to: HTTPS, or plain HTTP on the user's own machine.

    Raises: OAuthRefused.
    """
    why = _fault_of(uri)
    if why:
        raise OAuthRefused(OAuthReason.INVALID_REDIRECT_URI, f"redirect_uris: {why}")
    return uri


def may_answer_at(client: Client, uri: str) -> bool:
    """Whether a client may be answered there: letter by letter, save a loopback address's port.

    A program on the user's machine takes the port that is free (RFC 8252, 7.3); a name such as
    localhost can be led elsewhere, so only the addresses have this freedom.
    """
    if uri in client.redirect_uris:
        return True
    asked = _LOOPBACK.fullmatch(uri)
    known = (_LOOPBACK.fullmatch(each) for each in client.redirect_uris)
    same = any(asked and each and asked.groups() == each.groups() for each in known)
    return same and not _fault_of(uri)


def redirect_host(uri: str) -> str:
    """The host that a user is sent to, as it can be shown."""
    return urlsplit(uri).netloc


def described(client_id: str, metadata: Mapping[str, object], now_ms: int) -> Client:
    """A client as its metadata describe it (RFC 7591, 2).

    Raises: OAuthRefused.
    """
    uris = metadata.get("redirect_uris")
    if not isinstance(uris, list) or not 1 <= len(uris) <= MAX_REDIRECT_URIS:
        why = f"redirect_uris: a list of 1 to {MAX_REDIRECT_URIS} addresses is needed"
        raise OAuthRefused(OAuthReason.INVALID_REDIRECT_URI, why)
    redirects = tuple(dict.fromkeys(checked_redirect(str(uri)) for uri in uris))
    _check_listed(metadata, "grant_types", "authorization_code")
    _check_listed(metadata, "response_types", "code")
    return Client(client_id, _name_of(metadata, redirects), redirects, now_ms)


def is_registered_id(client_id: str) -> bool:
    """Whether we could have given out this client id."""
    return bool(_REGISTERED.fullmatch(client_id))


def is_document_id(client_id: str) -> bool:
    """Whether a client id is the address of a document that describes the client."""
    return client_id.startswith(("https:", "http:"))


def check_document_id(client_id: str) -> None:
    """Refuse an address that is no client id: it needs HTTPS, a path, and one way to be read.

    Raises: OAuthRefused.
    """
    why = _fault_of(client_id)
    if not client_id.startswith("https://") or not urlsplit(client_id).path.strip("/"):
        why = why or "must be an https address with a path"
    if len(client_id) > MAX_CLIENT_ID_LENGTH:
        why = "is too long"
    if why:
        raise OAuthRefused(OAuthReason.INVALID_CLIENT, f"client_id: {why}")


def _fault_of(uri: str) -> str:
    """What makes an address unfit; empty if nothing does."""
    authority = _AUTHORITY.match(uri)
    if len(uri) > MAX_REDIRECT_LENGTH or not _PLAIN.fullmatch(uri):
        return "must be a plain address without spaces"
    if any(mark in uri for mark in _UNSAFE):
        return "must have no fragment, no wildcard and no unsafe character"
    if not authority or not _HOST.fullmatch(authority[1]):
        return "must begin with https:// and a plain host in lower case"
    return _fault_of_parts(uri)


def _fault_of_parts(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError:
        return "must be a well-formed address"
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK_HOSTS:
        return "plain http is only for a loopback address"
    if {".", ".."} & set(unquote(parts.path).split("/")):
        return "must not climb in its path"
    return ""


def _check_listed(metadata: Mapping[str, object], field: str, needed: str) -> None:
    told = metadata.get(field)
    if told is not None and not (isinstance(told, Sequence) and needed in told):
        why = f"{field}: {needed} is what is served here"
        raise OAuthRefused(OAuthReason.INVALID_CLIENT_METADATA, why)


def _name_of(metadata: Mapping[str, object], redirects: Sequence[str]) -> str:
    told = metadata.get("client_name")
    if told is None:
        return redirect_host(redirects[0])
    name = told.strip() if isinstance(told, str) else ""
    if not name or len(name) > MAX_CLIENT_NAME_LENGTH or not name.isprintable():
        why = f"client_name: must have 1 to {MAX_CLIENT_NAME_LENGTH} printable characters"
        raise OAuthRefused(OAuthReason.INVALID_CLIENT_METADATA, why)
    return name
