"""What a domain registers: the one object through which a sandbox learns of journal runs, or of anything else.

A domain is a folder of its own, and is given to the sandbox: ``Sandbox(domains=(JOURNAL_RUNS, OTHER))``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_client.sandbox.options import Options
from openapi_client.sandbox.protocol.auth import API_WRITE
from openapi_client.sandbox.protocol.calls import Route
from openapi_client.sandbox.protocol.connections import CONNECTIONS
from openapi_client.sandbox.protocol.tables import TABLES
from openapi_client.sandbox.state.documents import document_of
from openapi_client.sandbox.state.schema import Schema
from openapi_client.sandbox.state.sessions import Session, TimedJob
from openapi_client.sandbox.state.store import OWN_TABLES

#: The field of a seed that is no domain's.
CLIENTS = "clients"
_OWN_ANCHORS = ("clock", "faults", "requests")
_PARAMETER = re.compile(r"<[^>]*>")


class WrongState(ValueError):
    """A thing that is not, or has not, what steering it takes; over HTTP, status 409."""


@dataclass(frozen=True)
class ControlCall:
    """A request to a control endpoint.

    :param parts: the parameters of the path, decoded
    :param query: the parameters after the question mark
    :param data: the body as received
    :param options: the tenant's settings
    """

    parts: Mapping[str, str]
    query: Mapping[str, str]
    data: bytes
    options: Options

    def fields(self) -> dict[str, Any]:
        """Return the JSON object that the body holds; an empty one for no body.

        :raises ValueError: when it is none
        """
        try:
            body = document_of(self.data or b"{}")
        except ValueError as error:
            raise ValueError(f"the body should be JSON: {error}") from None
        if not isinstance(body, dict):
            raise ValueError("the body should be a JSON object")
        return body


@dataclass(frozen=True)
class Control:
    """A control endpoint.

    :param method: HTTP verb; ``GET`` only reads
    :param path: below ``/_sandbox``, such as ``/periods``, with any number of parameters
    :param act: returns the body of the answer. A LookupError is told as 404, a WrongState as 409, any other ValueError
        as 400, each with its message
    """

    method: str
    path: str
    act: Callable[[Session, ControlCall], Mapping[str, Any]]


@dataclass(frozen=True)
class Steering:
    """What a test may do to a thing behind the API's back: ``POST /_sandbox/<path>/<verb>``.

    :param path: of the thing, such as ``/runs/<number>``, with any number of parameters
    :param verbs: name -> what it does; failures as for :class:`Control`
    :param show: returns the thing as it stands afterwards, which is the answer to every verb
    """

    path: str
    verbs: Mapping[str, Callable[[Session, ControlCall], object]]
    show: Callable[[Session, ControlCall], Mapping[str, Any]]


#: Stores what was read from a seed.
Plant = Callable[[Session, Options], object]


@dataclass(frozen=True)
class Seeding:
    """What a new sandbox begins with.

    :param fields: names at the top of the seed document that are this domain's
    :param read: checks these fields (those that are there) and returns what stores them; a ValueError names the place
    :param begin: stores what every sandbox has, with or without a seed, and before it; also in a file that is older
        than the domain
    """

    fields: tuple[str, ...]
    read: Callable[[Mapping[str, Any]], Plant]
    begin: Callable[[Session], None] | None = None


@dataclass(frozen=True)
class Section:
    """A part of the inspector page, and its link at the top.

    :param title: text of the link
    :param anchor: id of the part on the page
    :param folder: the domain's folder, which holds ``templates`` and, when there is a style, ``static``
    :param template: name below ``templates``, which begins with a folder of the domain's name, since all domains share
        one space of names. ``inspector/forms.html`` has a macro for buttons, ``inspector/paging.html`` one for pages
    :param context: returns what the template is given, besides ``control``, the path of the control endpoints,
        ``exports``, the lines of a shell that point a client here, and the number and ``size`` of the ``page``.
        It is told how many things to pass over, and how many to show at most
    :param style: name of a style sheet below ``static``
    """

    title: str
    anchor: str
    folder: Path
    template: str
    context: Callable[[Session, int, int], Mapping[str, object]]
    style: str = ""


@dataclass(frozen=True)
class Domain:
    """Everything a sandbox has to know of a domain.

    :param tables: its tables with their version and migrations; their owner is the name of the domain
    :param routes: its paths of the API and their operations
    :param permissions: what its operations may ask for; the client that a sandbox starts with has all of them
    :param jobs: what goes on by itself when the clock moves
    :param steering: what a test may do to its things
    :param controls: its other control endpoints
    :param seeding: what a new sandbox begins with
    :param state: returns what it adds to the answer of ``/_sandbox/state``
    :param section: its part of the inspector page
    """

    tables: Schema
    routes: tuple[Route, ...] = ()
    permissions: tuple[str, ...] = ()
    jobs: tuple[TimedJob, ...] = ()
    steering: tuple[Steering, ...] = ()
    controls: tuple[Control, ...] = ()
    seeding: Seeding | None = None
    state: Callable[[Session], Mapping[str, Any]] | None = None
    section: Section | None = None

    @property
    def name(self) -> str:
        """Name of the domain."""
        return self.tables.owner


def checked(domains: Iterable[Domain]) -> tuple[Domain, ...]:
    """Return the domains, once it is clear that they do not get in each other's way.

    :raises ValueError: when two of them, or one and the sandbox itself, claim the same name, table, path, endpoint,
        field of the seed, or anchor
    """
    found = tuple(domains)
    own = (OWN_TABLES, TABLES)
    _refuse_doubles("name", [*(each.owner for each in own), *(each.name for each in found)])
    tables = [*own, *(each.tables for each in found)]
    _refuse_doubles("table", [name for each in tables for name in each.tables])
    routes = (CONNECTIONS, *(each for domain in found for each in domain.routes))
    _refuse_doubles("path", [_PARAMETER.sub("<>", each.path) for each in routes])
    endpoints = [f"{each.method} {each.path}" for domain in found for each in domain.controls]
    steered = [f"POST {each.path}/<>" for domain in found for each in domain.steering]
    _refuse_doubles("control endpoint", [_PARAMETER.sub("<>", each) for each in (*endpoints, *steered)])
    seeds = [domain.seeding.fields for domain in found if domain.seeding]
    _refuse_doubles("field of the seed", [CLIENTS, *(name for each in seeds for name in each)])
    _refuse_doubles("anchor", [*_OWN_ANCHORS, *(domain.section.anchor for domain in found if domain.section)])
    return found


def schemas_of(domains: Iterable[Domain]) -> tuple[Schema, ...]:
    """Return the tables that a store for these domains needs."""
    return (TABLES, *(each.tables for each in domains))


def permissions_of(domains: Iterable[Domain]) -> tuple[str, ...]:
    """Return every permission there is, each once."""
    return tuple(dict.fromkeys([*(name for each in domains for name in each.permissions), API_WRITE]))


def _refuse_doubles(what: str, claimed: Iterable[str]) -> None:
    for claim, count in Counter(claimed).items():
        if count > 1:
            raise ValueError(f"the {what} {claim} is claimed twice")
