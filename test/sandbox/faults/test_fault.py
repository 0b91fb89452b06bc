"""What describes a fault: its fields, the requests it fits, and its line on the command line."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from openapi_client.sandbox import Fault
from openapi_client.sandbox.faults.fault import KINDS, KindName, parse_fault

RUN = "/v1/journal-runs/JR-00000001"
RUNS = "/v1/journal-runs"


@pytest.mark.parametrize(
    ("method", "path", "fits"),
    [
        ("*", "*", True),
        ("get", "/v1/*", True),
        ("GET", RUN, True),
        ("GET", "/v1/journal-runs/*", True),
        ("GET", "*/JR-0000000?", False),
        ("GET", "/v1/[j]ournal-runs/*", False),
        ("POST", RUN, False),
        ("GET", RUNS, False),
        ("*", "/V1/*", False),
    ],
)
def test_a_fault_fits_by_method_and_path(method, path, fits):
    """Only ``*`` is special in a path."""
    assert Fault("latency", method, path).fits("GET", RUN) is fits


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"kind": "flood"}, "kind should be one of: latency, timeout, "),
        ({}, "kind should be one of: latency"),
        ({"kind": ["latency"]}, "kind should be one of"),
        ({"kind": "latency", "method": "FETCH"}, r"method should be one of: \*, GET, HEAD, "),
        ({"kind": "latency", "path": "v1"}, r"path should begin with / or \*"),
        ({"kind": "latency", "times": 0}, "times should be a whole number from 1 to 1e\\+12"),
        ({"kind": "latency", "times": 1.5}, "times should be a whole number from 1 to 1e\\+12"),
        ({"kind": "latency", "times": True}, "times should be a whole number"),
        ({"kind": "latency", "seconds": -1}, "seconds should be a number from 0 to 1e\\+12"),
        ({"kind": "latency", "seconds": float("inf")}, "seconds should be a number from 0 to 1e\\+12"),
        ({"kind": "latency", "probability": 1.1}, "probability should be a number from 0 to 1"),
        ({"kind": "latency", "probability": float("nan")}, "probability should be a number from 0 to 1"),
        ({"kind": "latency", "probability": None}, "probability should be a number from 0 to 1"),
        ({"kind": "latency", "delay": 3601}, "delay should be a number from 0 to 3600"),
        ({"kind": "latency", "retry_after": 1}, "retry_after should be left out: .* rate-limit, concurrency-limit"),
        ({"kind": "unavailable", "retry_after": "soon"}, "retry_after should be a whole number from 0 to 1e\\+12"),
        ({"kind": "unavailable", "commits": 1}, "commits should be true or false"),
        ({"kind": "reset-after-commit", "commits": False}, "commits should be left out: .* timeout, internal-error"),
        ({"kind": "refusal", "category": 12}, "category should be one of: 10, 11, 20, "),
        ({"kind": "refusal", "message": 1}, "message should be a text"),
        ({"kind": "slow-drip", "interval": "x"}, "interval should be a number from 0 to 3600"),
        ({"kind": "latency", "colour": 1}, "colour should be one of: kind, method, path, times, "),
    ],
)
def test_a_wrong_value_is_explained(values, complaint):
    """The message names the field and what is allowed."""
    with pytest.raises(ValueError, match=complaint):
        Fault.from_mapping(values)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("latency delay=0.5", Fault("latency", delay=0.5)),
        ("unavailable", Fault("unavailable")),
        ("reset-after-commit POST /v1/journal-runs times=1",
         Fault("reset-after-commit", "POST", "/v1/journal-runs", times=1)),
        ("unavailable get retry_after=3 probability=1e-1",
         Fault("unavailable", "GET", retry_after=3, probability=0.1)),
        ("timeout path=* commits=true seconds=60", Fault("timeout", path="*", commits=True, seconds=60)),
        ("refusal category=50 message=locked", Fault("refusal", category=50, message="locked")),
    ],
)  # fmt: skip
def test_a_line_describes_a_fault(line, fault):
    """Kind, method, path and fields, as on the command line."""
    assert parse_fault(line) == fault


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "kind should be one of"),
        ("latency POST GET", "method should be given once"),
        ("latency times=many", "times should be a number, not 'many'"),
        ("latency times=1 times=2", "times should be given once"),
        ("latency kind=timeout", "kind should be given once"),
    ],
)
def test_a_wrong_line_is_explained(line, complaint):
    """As a wrong value is."""
    with pytest.raises(ValueError, match=complaint):
        parse_fault(line)


def test_a_fault_survives_json():
    """What the control endpoint shows, it also takes."""
    fault = Fault("refusal", "PUT", times=2, category=40, message="gone")
    assert Fault.from_mapping(json.loads(json.dumps(fault.as_dict()))) == fault


def test_every_kind_has_its_name_for_editors():
    """In the same order, so that a misspelt one is found before anything runs."""
    assert [*KINDS] == [*get_args(KindName)]
