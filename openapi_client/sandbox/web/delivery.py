"""How an answer arrives, or fails to: whole, in halves, byte by byte, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response

from openapi_client.sandbox.faults.answers import SILENT
from openapi_client.sandbox.faults.fault import Fault
from openapi_client.sandbox.protocol.replies import Answer
from openapi_client.sandbox.web.connections import CONNECTION, Connection

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_DEFAULT_INTERVAL_SECONDS = 0.05


class FaultyResponse(Response):
    """An answer that may fail to arrive.

    :param stay: ends before the last byte, so that a client that has it all finds it ended
    """

    def __init__(self, fault: Fault, answer: Answer, stay: ExitStack) -> None:
        super().__init__(answer.data, answer.status or HTTPStatus.OK, dict(answer.headers))
        self._fault = fault
        self._stay = stay

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Deliver the answer, or fail to."""
        connection: Connection = environ[CONNECTION]
        fault = self._fault
        if fault.kind == "slow-drip":
            interval = _DEFAULT_INTERVAL_SECONDS if fault.interval is None else fault.interval
            data = b"".join(super().__call__(environ, start_response))
            return _dripping(connection, data, interval, self._stay)
        with self._stay:
            if fault.kind == "timeout":
                connection.wait(None)
                raise connection.end()
        if fault.kind in SILENT:
            raise connection.reset()
        # The promised length is that of the whole answer.
        delivered = super().__call__(environ, start_response)
        return _halved(connection, b"".join(delivered)) if fault.kind == "truncated-body" else delivered


def _halved(connection: Connection, data: bytes) -> Iterator[bytes]:
    yield data[: len(data) // 2]
    raise connection.end()


def _dripping(connection: Connection, data: bytes, interval: float, stay: ExitStack) -> Iterator[bytes]:
    with stay:
        for position in range(len(data)):
            if not connection.wait(interval):
                raise connection.end()
            if position == len(data) - 1:
                stay.close()
            yield data[position : position + 1]
