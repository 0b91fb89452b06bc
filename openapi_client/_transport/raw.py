"""What ``_preload_content=False`` returns: answers as urllib3 has them."""

from __future__ import annotations

import io

from urllib3 import HTTPResponse as HTTPResponse
from urllib3._collections import HTTPHeaderDict

from openapi_client._transport.exchange import Reply

#: What a body was when it was still on the wire.
_OF_THE_WIRE = ("Content-Encoding", "Content-Length", "Transfer-Encoding")


def unread(reply: Reply) -> HTTPResponse:
    """The response that a transport has, or one of the body that was read already: decompressed, and to be read."""
    if reply.raw is not None:
        response: HTTPResponse = reply.raw
        return response
    headers = HTTPHeaderDict(reply.headers)
    for name in _OF_THE_WIRE:
        headers.discard(name)
    return HTTPResponse(io.BytesIO(reply.body), headers, reply.status, reason=reply.reason, preload_content=False)
