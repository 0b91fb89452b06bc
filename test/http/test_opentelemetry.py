"""The stock urllib3 instrumentation sees every attempt, and no secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry.instrumentation.urllib3 import URLLib3Instrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from support.clock import QuickClock
from support.faults import NUMBER, RUN, TOKEN, get
from support.wire import WireServer, answer

import openapi_client as oc


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    URLLib3Instrumentor().instrument(tracer_provider=provider)
    yield exporter
    URLLib3Instrumentor().uninstrument()


def test_one_span_an_attempt(spans: InMemorySpanExporter) -> None:
    """Two attempts are two spans with their statuses, the trace goes along, and the token is in none of them."""
    with WireServer([answer(503), answer(200, RUN)]) as server:
        configuration = oc.Configuration(host=server.url, access_token=TOKEN, clock=QuickClock())
        with oc.ApiClient(configuration) as client:
            assert get(oc.JournalRunsApi(client)) == NUMBER
    finished = spans.get_finished_spans()
    assert [span.name for span in finished] == ["GET", "GET"]
    assert [(span.attributes or {}).get("http.status_code") for span in finished] == [503, 200]
    assert all(NUMBER in str(span.attributes) for span in finished)
    assert TOKEN not in "".join(span.to_json() for span in finished)
    assert all("traceparent" in request.headers for request in server.requests)
