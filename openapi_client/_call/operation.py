"""An operation of the API: what it takes and gives, and the way from a method's arguments to the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from types import FunctionType
from typing import Any, NamedTuple, Protocol, TypeVar

from openapi_client._base.nearest import hint
from openapi_client._policy import checks
from openapi_client._policy.history import Failure
from openapi_client._schema import kinds
from openapi_client._schema.wire import TypeName
from openapi_client.exceptions import ApiException, ApiTypeError, ApiValueError

_Method = TypeVar("_Method", bound=Callable[..., Any])
#: As ``auth_settings`` of a call: whatever credentials the configuration has.
CONFIGURED = ("configured",)
#: How a call is to be answered: what asks for something other than the plain answer.
ANSWER_OPTIONS = frozenset({"async_req", "_preload_content", "_return_http_data_only"})
#: Keyword arguments that every operation takes besides its own parameters.
OPTIONS = frozenset({*ANSWER_OPTIONS, "_headers", "_request_timeout", "_retries"})
_ACCEPT = (("Accept", "application/json"), ("Accept-Encoding", "gzip"))
_ABSENT: Any = object()


class Default(str):
    """The default of a parameter whose value is made for each call: says in words what that will be."""

    def __repr__(self) -> str:
        return str(self)


class Rule(Protocol):
    """Refuses a value that breaks it; no plain ``Callable``, for which mypy takes no named tuple."""

    def __call__(self, value: Any, method: str, /) -> object:
        """Check a value that ``method`` was given.

        :raises ApiValueError: it breaks the rule.
        """


class Settle(Protocol):
    """Finds out what became of a repeated call that was refused."""

    def __call__(self, *call: Any, **_: Any) -> bool | None:
        """``True`` when an earlier attempt has worked, ``False`` when surely none has, ``None`` when nobody knows.

        :param call: client, method, arguments, refusal and deadline.
        """


class Parameter(NamedTuple):
    """One parameter of an operation.

    :ivar name: the argument.
    :ivar place: ``path``, ``query``, ``header`` or ``body``.
    :ivar wire: its name in the request; of no meaning for a body.
    :ivar kind: what it may be.
    :ivar required: whether ``None`` is refused.
    :ivar rule: called with the value and the method's name, to refuse it.
    :ivar setting: the setting of the configuration that stands in for ``None``.
    :ivar make: makes the value when the argument is left out or a :class:`Default`; ``None`` sends nothing.
    :ivar style: how an array is written: ``csv``, ``ssv``, ``tsv``, ``pipes`` or ``multi``.
    """

    name: str
    place: str
    wire: str = ""
    kind: kinds.Kind = kinds.TEXT
    required: bool = False
    rule: Rule | None = None
    setting: str | None = None
    make: Callable[[], Any] | None = None
    style: str | None = None


class Operation:
    """One operation of the API, as the description has it.

    :param verb: HTTP verb.
    :param path: path template.
    :param parameters: the required ones first, in the order of positional arguments.
    :param answer: what the answer holds; ``None`` without a body.
    :param sends: media type of the body, or ``None`` without one.
    :param body: what is sent as body where no parameter is one.
    :param brings: the fields, by wire name, without which an answer is no success.
    :param settle: tells what became of a repeated call that was refused, see :mod:`openapi_client._runs.settling`.
    :param judge: gives the class of the exception for a refusal, see :mod:`openapi_client._policy.busy`.
    """

    def __init__(
        self,
        verb: str,
        path: str,
        parameters: tuple[Parameter, ...],
        answer: kinds.Kind | None,
        *,
        sends: str | None = None,
        body: Any = None,
        brings: tuple[str, ...] = (),
        settle: Settle | None = None,
        judge: Callable[[Failure, Any], type[ApiException]] | None = None,
    ) -> None:
        self.verb = verb
        self.path = path
        self.parameters = parameters
        #: The name that generated code gives to ``call_api``, which brings its kind along.
        self.answer: TypeName | None = None if answer is None else TypeName(answer, brings, judge)
        self._raising = None if answer is None else TypeName(answer, brings, judge, raises=True)
        self.settle = settle
        self.required: tuple[str, ...] = tuple(parameter.name for parameter in parameters if parameter.required)
        self._needed = frozenset(self.required)
        self.known: frozenset[str] = OPTIONS.union(parameter.name for parameter in parameters)
        self._body = body
        self._fixed = (*_ACCEPT, ("Content-Type", sends)) if sends else _ACCEPT
        self._styles = {item.wire: item.style for item in parameters if item.style is not None}

    def call(
        self, client: Any, method: str, arguments: Mapping[str, Any], *, info: bool = False, raises: bool = False
    ) -> Any:
        """Check the arguments, and make the call.

        :param method: the name it was called by, for messages.
        :param arguments: by name, those left out missing.
        :param info: whether status and headers are wanted, too.
        :param raises: whether a refusal raises, whatever the configuration says.
        :raises ApiTypeError: a wrong type.
        :raises ApiValueError: a broken rule.
        :raises ApiException: see :meth:`openapi_client.ApiClient.call_api`.
        """
        extra = arguments.get("_headers")
        if extra is not None and not isinstance(extra, Mapping):
            raise ApiTypeError(f"Invalid type for parameter `_headers`: it must be a dict, not {type(extra).__name__}")
        body: Any = self._body
        path: dict[str, Any] = {}
        sent: dict[str, list[Any]] = {"query": [], "header": [*self._fixed]}
        for parameter in self.parameters:
            if parameter.name in arguments or parameter.required or parameter.make is not None:
                value = _value(client, method, parameter, arguments)
            else:
                value = getattr(client.configuration, parameter.setting) if parameter.setting else None
            if parameter.place == "body":
                body = value
            elif parameter.place == "path":
                path[parameter.wire] = value
            elif value is not None:
                sent[parameter.place].append((parameter.wire, value))
        if extra:
            sent["header"].extend(extra.items())
        # Left out where they say nothing: an override may have the parameters of generated code only.
        own = {} if arguments.get("_retries") is None else {"_retries": arguments["_retries"]}
        if self.settle is not None:
            own["_settle"] = partial(self.settle, client, method, arguments)
        return client.call_api(
            self.path,
            self.verb,
            path,
            sent["query"],
            sent["header"],
            body=body,
            post_params=[],
            files={},
            response_type=self._raising if raises else self.answer,
            auth_settings=CONFIGURED,
            async_req=arguments.get("async_req"),
            _return_http_data_only=arguments.get("_return_http_data_only") or not info,
            collection_formats=self._styles,
            _preload_content=arguments.get("_preload_content", True),
            _request_timeout=arguments.get("_request_timeout"),
            **own,
        )

    def bind(self, method: str, args: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any] | None:
        """Arguments by name, the positional ones included; ``None`` unless the required ones are there, each once.

        :raises ApiTypeError: an unknown name; the message has the nearest known one.
        """
        arguments = {**dict(zip(self.required, args, strict=False)), **given}
        if len(arguments) != len(args) + len(given) or not arguments.keys() >= self._needed:
            return None
        refuse_unknown(method, given, self.known)
        return arguments


def _value(client: Any, method: str, parameter: Parameter, arguments: Mapping[str, Any]) -> Any:
    """What is sent for a parameter: what was given and is right, or what stands in for it."""
    name = parameter.name
    value = arguments.get(name, _ABSENT)
    if value is _ABSENT or type(value) is Default:
        value = None if parameter.make is None or _names(arguments.get("_headers"), parameter) else parameter.make()
    if value is None and parameter.setting is not None:
        return getattr(client.configuration, parameter.setting)
    if client.client_side_validation:
        if value is None:
            if parameter.required:
                raise ApiValueError(f"Missing the required parameter `{name}` when calling `{method}`")
            return None
        value = _right(parameter, value, method)
    if parameter.place == "path" and not isinstance(value, (list, tuple)):
        # The client would name the parameter as the wire does, which Python callers do not know.
        return checks.Segment(checks.path_segment(name, value, client.configuration.safe_chars_for_path_param))
    return value


def _right(parameter: Parameter, value: Any, method: str) -> Any:
    """A value that was given, checked, in the form that the client takes.

    :raises ApiTypeError: a wrong type.
    :raises ApiValueError: a broken rule.
    """
    if parameter.place == "body" and hasattr(value, "openapi_types"):
        return value  # a model, of this client or of another generated one
    kind = parameter.kind
    if kind is kinds.TEXT:
        checks.text_parameter(parameter.name, value, method)
    else:
        value = kind.coerce(value, parameter.name)
    if parameter.rule is not None:
        parameter.rule(value, method)
    return value if kind is kinds.TEXT or parameter.place == "body" else kind.text(value)


def _names(headers: Mapping[str, Any] | None, parameter: Parameter) -> bool:
    """Whether further headers bring the value of a header parameter."""
    return bool(headers) and any(str(name).lower() == parameter.wire.lower() for name in headers or ())


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
    function = method.__wrapped__  # type: ignore[attr-defined]  # set by wraps
    twin = FunctionType(function.__code__, function.__globals__, name, function.__defaults__, function.__closure__)
    for attribute in ("__kwdefaults__", "__annotations__", "__doc__", "__module__"):
        setattr(twin, attribute, getattr(function, attribute))
    twin.__qualname__ = f"{function.__qualname__.rpartition('.')[0]}.{name}"
    return _method(twin, name, declared, info)  # type: ignore[return-value]  # a copy takes and returns the same


def _method(function: _Method, name: str, declared: Operation, info: bool) -> _Method:
    called = name.removesuffix("_with_http_info")

    @wraps(function)
    def call(self: Any, /, *args: Any, **given: Any) -> Any:
        arguments = declared.bind(called, args, given)
        if arguments is None:
            return function(self, *args, **given)
        return declared.call(self.api_client, called, arguments, info=info)

    call.declared = (declared, info)  # type: ignore[attr-defined]  # for the second name of the same method
    return call  # type: ignore[return-value]  # it takes and returns what the declaration says


def checked(method: _Method) -> _Method:
    """Make a method that is no operation refuse unknown keyword arguments as operations do."""
    code = method.__code__
    known = frozenset(code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount])

    @wraps(method)
    def call(self: Any, /, *args: Any, **given: Any) -> Any:
        refuse_unknown(method.__name__, given, known)
        return method(self, *args, **given)

    return call  # type: ignore[return-value]  # it takes and returns what the method does


def refuse_unknown(method: str, given: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse keyword arguments that a method does not take.

    :raises ApiTypeError: it names the first of them, and the nearest one that the method takes.
    """
    if known.issuperset(given):
        return
    name = next(name for name in given if name not in known)
    near = "; did you mean '_request_timeout'?" if name == "timeout" else hint(name, known)
    raise ApiTypeError(
        f"Got an unexpected keyword argument '{name}' to method {method}{'' if name in OPTIONS else near}"
    )
