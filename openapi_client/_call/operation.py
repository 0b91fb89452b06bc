"""An operation of the API: what it takes and gives, and the way from a method's arguments to the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from openapi_client._policy import checks
from openapi_client._schema import kinds
from openapi_client.exceptions import ApiTypeError, ApiValueError

_Method = TypeVar("_Method", bound=Callable[..., Any])
#: As ``auth_settings`` of a call: whatever credentials the configuration has.
CONFIGURED = ("configured",)
#: Keyword arguments that every operation takes besides its own parameters.
OPTIONS = frozenset(
    {"async_req", "_headers", "_preload_content", "_request_timeout", "_retries", "_return_http_data_only"}
)
_ACCEPT = (("Accept", "application/json"), ("Accept-Encoding", "gzip"))
_ABSENT: Any = object()


class Parameter(NamedTuple):
    """One parameter of an operation.

    :ivar name: the argument.
    :ivar place: ``path``, ``query``, ``header`` or ``body``.
    :ivar wire: its name in the request; of no meaning for a body.
    :ivar kind: what it may be.
    :ivar required: whether ``None`` is refused.
    :ivar rule: called with the value and the method's name, to refuse it.
    :ivar setting: the setting of the configuration that stands in for ``None``.
    :ivar make: makes the value when the argument is left out; ``None`` sends nothing.
    :ivar style: how an array is written: ``csv``, ``ssv``, ``tsv``, ``pipes`` or ``multi``.
    """

    name: str
    place: str
    wire: str = ""
    kind: kinds.Kind = kinds.TEXT
    required: bool = False
    rule: Callable[[Any, str], None] | None = None
    setting: str | None = None
    make: Callable[[], Any] | None = None
    style: str | None = None


class Operation:
    """One operation of the API, as the description has it.

    :param verb: HTTP verb.
    :param path: path template.
    :param parameters: the required ones first, in the order of positional arguments.
    :param answer: the model of the answer, by name; ``None`` without a body.
    :param sends: media type of the body, or ``None`` without one.
    :param body: what is sent as body where no parameter is one.
    :param settle: tells what became of a repeated call that was refused, see :mod:`openapi_client._runs.settling`.
    """

    def __init__(
        self,
        verb: str,
        path: str,
        parameters: tuple[Parameter, ...],
        answer: str | None,
        *,
        sends: str | None = None,
        body: Any = None,
        settle: Any = None,
    ) -> None:
        self.verb = verb
        self.path = path
        self.parameters = parameters
        self.answer = answer
        self.settle = settle
        self._body = body
        self._fixed = (*_ACCEPT, ("Content-Type", sends)) if sends else _ACCEPT
        self._required = tuple(parameter.name for parameter in parameters if parameter.required)
        self._known = OPTIONS.union(parameter.name for parameter in parameters)
        self._styles = {item.wire: item.style for item in parameters if item.style is not None}

    def call(self, client: Any, method: str, arguments: Mapping[str, Any], *, info: bool) -> Any:
        """Check the arguments, and make the call.

        :param method: the name it was called by, for messages.
        :param arguments: by name, those left out missing.
        :param info: whether status and headers are wanted, too.
        :raises ApiTypeError: a wrong type. :raises ApiValueError: a broken rule.
        :raises ApiException: see :meth:`openapi_client.ApiClient.call_api`.
        """
        body = self._body
        sent: dict[str, Any] = {"path": {}, "query": [], "header": list(self._fixed)}
        for parameter in self.parameters:
            value = self._value(client, method, parameter, arguments.get(parameter.name, _ABSENT))
            if parameter.place == "body":
                body = value
            elif parameter.place == "path":
                sent["path"][parameter.wire] = value
            elif value is not None:
                sent[parameter.place].append((parameter.wire, value))
        extra = {name: arguments[name] for name in ("_retries",) if arguments.get(name) is not None}
        return client.call_api(
            self.path,
            self.verb,
            sent["path"],
            sent["query"],
            self._with_given(sent["header"], arguments.get("_headers")),
            body=body,
            post_params=[],
            files={},
            response_type=self.answer,
            auth_settings=CONFIGURED,
            async_req=arguments.get("async_req"),
            _return_http_data_only=arguments.get("_return_http_data_only") or not info,
            collection_formats=self._styles,
            _preload_content=arguments.get("_preload_content", True),
            _request_timeout=arguments.get("_request_timeout"),
            **extra,
        )

    def bind(self, method: str, args: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
        """Arguments by name, the positional ones included.

        :raises ApiTypeError: an unknown name; the message has the nearest known one.
        :raises TypeError: too many, too few or doubled arguments, as Python itself says it.
        """
        if not self._known.issuperset(given):
            raise unknown_argument(method, next(name for name in given if name not in self._known), self._known)
        given.update(zip(self._required, args, strict=False))
        return given

    def takes(self, args: tuple[Any, ...], given: Mapping[str, Any]) -> bool:
        """Whether the required arguments are there, each once."""
        return len(args) <= len(self._required) and all(
            (name in given) is (index >= len(args)) for index, name in enumerate(self._required)
        )

    def _value(self, client: Any, method: str, parameter: Parameter, value: Any) -> Any:
        if value is _ABSENT:
            value = None if parameter.make is None else parameter.make()
        if value is None and parameter.setting is not None:
            return getattr(client.configuration, parameter.setting)
        if not client.client_side_validation:
            return value
        if value is None:
            if parameter.required:
                raise ApiValueError(f"Missing the required parameter `{parameter.name}` when calling `{method}`")
            return None
        if parameter.kind is kinds.TEXT:
            checks.text_parameter(parameter.name, value, method)
        else:
            value = parameter.kind.coerce(value, parameter.name)
        if parameter.rule is not None:
            parameter.rule(value, method)
        return value

    @staticmethod
    def _with_given(headers: list[tuple[str, Any]], given: Any) -> list[tuple[str, Any]]:
        if given is None:
            return headers
        if not isinstance(given, Mapping):
            raise ApiTypeError(f"Invalid type for parameter `_headers`: it must be a dict, not {type(given).__name__}")
        return [*headers, *given.items()]


def operation(declared: Operation, *, info: bool = False) -> Callable[[_Method], _Method]:
    """Make a declared method call its operation.

    The method itself is a declaration: its parameters, types and docstring are what ``help``, editors and type
    checkers show, and Python's own errors for too many or too few arguments come from it. Its body is never needed.
    """

    def decorate(function: _Method) -> _Method:
        return _method(function, function.__name__, declared, info)

    return decorate


def generated(name: str, method: _Method) -> _Method:
    """The same method under the name that OpenAPI Generator gives it, which its messages use as well."""
    declared, info = method.declared  # type: ignore[attr-defined]  # set by _method below
    declaration: _Method = method.__wrapped__  # type: ignore[attr-defined]  # set by wraps
    return _method(declaration, name, declared, info)


def _method(function: _Method, name: str, declared: Operation, info: bool) -> _Method:
    @wraps(function)
    def call(self: Any, /, *args: Any, **given: Any) -> Any:
        if not declared.takes(args, given):
            return function(self, *args, **given)
        return declared.call(self.api_client, name, declared.bind(name, args, given), info=info)

    call.__name__ = name
    call.__qualname__ = f"{function.__qualname__.rpartition('.')[0]}.{name}"
    call.declared = (declared, info)  # type: ignore[attr-defined]  # for the second name of the same method
    return call  # type: ignore[return-value]  # it takes and returns what the declaration says


def unknown_argument(method: str, name: str, known: Any) -> ApiTypeError:
    """The error for a keyword argument that a method does not take."""
    from difflib import get_close_matches  # loaded on first need

    near = ["_request_timeout"] if name == "timeout" else get_close_matches(name, sorted(known), 1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return ApiTypeError(f"Got an unexpected keyword argument '{name}' to method {method}{hint}")
