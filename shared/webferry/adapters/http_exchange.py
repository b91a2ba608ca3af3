"""One question and its answer, whatever version of HTTP carries them."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from webferry.adapters.http_bodies import Body
from webferry.domain.errors import FetchFailed, PageError

MAX_HEADER_BYTES = 64 * 1024
MAX_HEADERS = 100

Headers = list[tuple[bytes, bytes]]
Reply = tuple["Head", bytes]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: `target` is a path, or a whole URL where a proxy is asked.

    With content it is a POST: HTTP/1.1 carries it, on a connection that nothing else is said on.
    """

    scheme: str
    authority: str
    target: str
    headers: Headers
    content: bytes | None = None

    @property
    def method(self) -> bytes:
        """What is asked for."""
        return b"GET" if self.content is None else b"POST"


@dataclass(frozen=True, slots=True)
class Head:
    """A status and headers, their names in lower case."""

    status: int
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """A header, or nothing."""
        return self.headers.get(name, "")


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of a body is wanted; of a `sample` what can be read of it will do.

    `undecoded`: as it was sent, so that nothing small can grow.
    """

    limit: int
    sample: bool = False
    undecoded: bool = False


Choose = Callable[[Head], Wish]


class Unanswered(ConnectionError):
    """Not one byte came back: whoever was asked may not have heard the question."""


class Exchange:
    """Collects an answer. Nothing in here raises: whoever feeds it is a parser in the middle."""

    def __init__(self, choose: Choose) -> None:
        self.began = False
        self.reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._choose = choose
        self._head: Head | None = None
        self._body: Body | None = None
        self._sample = False
        self._received = 0

    @property
    def done(self) -> bool:
        """Whether there is nothing left to learn."""
        return self.reply.done()

    def head(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """The answer's first part, in which a body is asked for or waived."""
        if self.done:
            return
        self.began = True
        self._head = head = _read_head(status, headers)
        try:
            wish = self._choose(head)
            self._sample = wish.sample
            coding = "" if wish.undecoded else head.get("content-encoding")
            self._body = Body(coding, wish.limit)
        except PageError as error:
            if not self._sample:
                self.fail(error)
            else:
                self._finish(b"")

    def data(self, chunk: bytes) -> None:
        """A piece of the body."""
        if self.done or self._body is None:
            return
        self._received += len(chunk)
        try:
            self._body.feed(chunk)
        except FetchFailed as error:
            if self._sample:
                self._finish(bytes(self._body.content))
            else:
                self.fail(error)

    def end(self) -> None:
        """The answer is complete."""
        if self.done or self._body is None:
            return
        try:
            self._finish(bytes(self._body.content) if self._sample else self._body.finish())
        except FetchFailed as error:
            self.fail(error)

    def fail(self, error: PageError | Unanswered) -> None:
        """There will be no answer."""
        if not self.done:
            self.reply.set_exception(error)

    def broken_off(self) -> None:
        """The other side is gone in the middle."""
        self.fail(FetchFailed("Target broke off its answer") if self.began else Unanswered())

    def cut_short(self) -> None:
        """The other side stops without an end: well if all it had announced is there."""
        if self._head and self._head.get("content-length") == str(self._received):
            self.end()
        else:
            self.broken_off()

    def _finish(self, body: bytes) -> None:
        if self._head and not self.done:
            self.reply.set_result((self._head, body))


def _read_head(status: int, headers: Iterable[tuple[bytes, bytes]]) -> Head:
    read: dict[str, str] = {}
    cookies: list[str] = []
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
        if name == "set-cookie":
            cookies.append(value)
        elif name in read and name not in ("content-type", "location"):
            read[name] += f", {value}"
        else:
            read.setdefault(name, value)
    return Head(status, read, cookies)
