"""What goes out and what comes back: the seam between a call and the way it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from openapi_client._base import redact
from openapi_client._policy.history import Failure
from openapi_client._policy.timeouts import Limits

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object


class Headers(dict[str, str]):
    """Header fields by name. Their ``repr`` shows no secret, so a traceback with variables does not either."""

    def __repr__(self) -> str:
        return repr(redact.mapping(self))


class Request(NamedTuple):
    """One request, complete and encoded. Every attempt of a call sends the same one, with the credentials of its time.

    :ivar method: HTTP verb.
    :ivar url: absolute URL, query included.
    :ivar headers: header fields, credentials included.
    :ivar body: what is sent, or ``None``.
    :ivar preload: whether the body of a successful answer is read; if not, the reply holds it unread.
    :ivar parts: what URL and body were made of: query parameters, form fields, the body before it was encoded, and
        its media type.
    """

    method: str
    url: str
    headers: Headers
    body: bytes | str | None = None
    preload: bool = True
    parts: tuple[Any, Any, Any, Any] = (None, None, None, None)

    def __repr__(self) -> str:
        """Without query, headers and body, which hold secrets and data."""
        return f"<Request {self.method} {self.url.partition('?')[0]}>"


class Reply(NamedTuple):
    """An answer of the server, whatever its status.

    :ivar status: HTTP status.
    :ivar body: the decompressed body; empty when it was not read.
    :ivar headers: header fields, looked up in any case.
    :ivar reason: reason phrase.
    :ivar raw: the urllib3 response, if there is one.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    reason: str | None = None
    raw: Any = None

    def __repr__(self) -> str:
        """Without headers and body, which hold secrets and data."""
        return f"<Reply {self.status}, {len(self.body)} bytes>"


#: What becomes of a request.
Outcome = Union[Reply, Failure]


class Transport(Protocol):
    """Sends requests. It neither retries nor judges: it says what came back, or why nothing did.

    A transport is used by many threads at once.
    """

    def send(self, request: Request, limits: Limits) -> Outcome:
        """Send one request.

        :param limits: seconds for the whole exchange, for the connection, and for the answer.
        :returns: a :class:`Reply`, or a :class:`~openapi_client.Failure` whose ``sent`` says whether the request, or
            a part of it, may have left this machine: when in doubt, it has.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give back what the transport holds. A later request may take it again."""


class InMemoryTransport:
    """Answers requests by a function, without a socket: for tests of code that uses a client.

    ::

        def handler(request):
            return Reply(200, b'{"journalRunNumber": "JR-00000001", "success": true}')

        client = ApiClient(Configuration(), transport=InMemoryTransport(handler))

    :param handler: called with each :class:`Request`; gives a :class:`Reply` or a :class:`~openapi_client.Failure`.
    :ivar requests: the requests so far, oldest first.
    """

    def __init__(self, handler: Callable[[Request], Outcome]) -> None:
        self._handler = handler
        self.requests: list[Request] = []

    def send(self, request: Request, limits: Limits) -> Outcome:  # noqa: ARG002 - the protocol
        """Let the handler answer, without looking at the limits."""
        self.requests.append(request)
        reply = self._handler(request)
        if isinstance(reply, Reply) and type(reply.headers) is dict:
            # Looked up in any case, as the headers of a real answer; urllib3 1.26 has it in this module only.
            from urllib3._collections import HTTPHeaderDict

            return reply._replace(headers=HTTPHeaderDict(reply.headers))
        return reply

    def close(self) -> None:
        """Hold nothing."""
