"""What can go wrong on demand, as values: the kinds of faults, and the requests that one of them fits.

Whether a fault strikes is decided in ``active``; what its caller gets is in ``answers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any, Literal

from openapi_client.sandbox.protocol.errors import STATUS_BY_CATEGORY
from openapi_client.sandbox.protocol.paths import API, METHODS

ANY = "*"
# Faults are about the API unless they say otherwise; the token endpoint is not part of it.
API_PATHS = f"{API}*"
# The longest wait that a fault may ask for, in real seconds.
LONGEST_DELAY_SECONDS = 3600.0
# Of anything that is counted, strikes and seconds of the sandbox clock: what a clock and a header can hold.
_MOST = 10**12


@dataclass(frozen=True)
class FaultKind:
    """One way to go wrong.

    :param summary: what the client sees
    :param commits: whether the sandbox does what the request asks for; ``None`` leaves it to the fault
    :param extras: the fields of :class:`Fault` that only some kinds have, and this one has
    """

    summary: str
    commits: bool | None
    extras: frozenset[str] = frozenset()


def _kind(summary: str, commits: bool | None, *extras: str) -> FaultKind:
    return FaultKind(summary, commits, frozenset(extras))


KindName = Literal[
    "latency",
    "timeout",
    "reset-before-commit",
    "reset-after-commit",
    "truncated-body",
    "slow-drip",
    "invalid-json",
    "wrong-shape",
    "rate-limit",
    "concurrency-limit",
    "internal-error",
    "bad-gateway",
    "unavailable",
    "gateway-timeout",
    "expired-token",
    "refusal",
]
KINDS: Mapping[KindName, FaultKind] = {
    "latency": _kind("the usual answer, `delay` seconds late", True),
    "timeout": _kind("no answer at all", None, "commits"),
    "reset-before-commit": _kind("the connection is reset, nothing was done", False),
    "reset-after-commit": _kind("the connection is reset, the request was carried out", True),
    "truncated-body": _kind("the connection ends in the middle of the usual answer", True),
    "slow-drip": _kind("the usual answer, one byte every `interval` seconds", True, "interval"),
    "invalid-json": _kind("the usual answer, cut off so that it is no JSON, with a fitting length", True),
    "wrong-shape": _kind("the usual answer inside a JSON array", True),
    "rate-limit": _kind("429, the rate limit is used up", False, "retry_after"),
    "concurrency-limit": _kind("429, too many requests at once, `Retry-After: 120`", False, "retry_after"),
    "internal-error": _kind("500 in the short form, code `SystemError`", None, "commits"),
    "bad-gateway": _kind("502 with an HTML page", None, "commits"),
    "unavailable": _kind("503 with an HTML page", None, "commits", "retry_after"),
    "gateway-timeout": _kind("504 with an HTML page", None, "commits", "retry_after"),
    "expired-token": _kind("401, and the token of the request is worthless from now on", False),
    "refusal": _kind("`success: false` with an error category", False, "category", "message"),
}
_EXTRAS = frozenset().union(*(kind.extras for kind in KINDS.values()))


@dataclass(frozen=True)
class Fault:
    """Something to go wrong, and the requests it happens to.

    :param kind: what happens, a name in :data:`KINDS`
    :param method: HTTP method of the requests, ``*`` for any
    :param path: path of the requests, without query; ``*`` stands for any text
    :param times: how often it strikes; without a number, until it is over or cleared
    :param seconds: how long it lasts, in seconds of the sandbox clock; without a number, until it is used up or cleared
    :param probability: how likely it strikes a request that it fits, over 0 to 1
    :param delay: real seconds that pass before anything else
    :param interval: real seconds between the bytes of a ``slow-drip``
    :param retry_after: seconds in the header ``Retry-After``
    :param category: error category (the last two digits of a code) of a ``refusal``
    :param message: text of a ``refusal``
    :param commits: whether the request is carried out all the same
    :raises ValueError: for a value that makes no sense; the message names the field and what is allowed
    """

    kind: KindName
    method: str = ANY
    path: str = API_PATHS
    times: int | None = None
    seconds: float | None = None
    probability: float = 1.0
    delay: float = 0.0
    interval: float | None = None
    retry_after: int | None = None
    category: int | None = None
    message: str | None = None
    commits: bool | None = None

    def __post_init__(self) -> None:
        _check(self)
        object.__setattr__(self, "method", self.method.upper())

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Fault:
        """Return the fault that JSON describes, with the field names of this class.

        :raises ValueError: for an unknown field, or a value that makes no sense
        """
        names = [field.name for field in fields(cls)]
        unknown = [name for name in values if name not in names]
        if unknown:
            raise ValueError(f"{unknown[0]} should be one of: {', '.join(names)}")
        if "kind" not in values:
            raise ValueError(_kind_rule())
        return cls(**values)

    @property
    def is_committing(self) -> bool:
        """Whether the request is carried out, although the client may not learn it."""
        fixed = KINDS[self.kind].commits
        return bool(self.commits) if fixed is None else fixed

    def fits(self, method: str, path: str) -> bool:
        """Whether a request is one of those that this fault is about."""
        return self.method in (ANY, method) and fnmatchcase(path, _literal(self.path))

    def as_dict(self) -> dict[str, Any]:
        """Return the fields that are set, as :meth:`from_mapping` takes them."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def parse_fault(text: str) -> Fault:
    """Return the fault that a line describes: ``KIND [METHOD] [PATH] [field=value ...]``.

    :raises ValueError: for a line or a value that makes no sense
    """
    words = text.split()
    values: dict[str, Any] = {"kind": words[0] if words else ""}
    for word in words[1:]:
        name, sign, value = word.partition("=")
        if word.startswith("/"):
            name, given = "path", word
        elif sign:
            given = _number(name, value)
        else:
            name, given = "method", word
        if name in values:
            raise ValueError(f"{name} should be given once")
        values[name] = given
    return Fault.from_mapping(values)


def _number(name: str, text: str) -> Any:
    if name in ("method", "path", "message", "kind"):
        return text
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text) if set(text) & set(".enEN") else int(text)
    except ValueError:
        raise ValueError(f"{name} should be a number, not {text!r}") from None


def _literal(pattern: str) -> str:
    # Only * is special: a path may well hold a bracket or a question mark.
    return pattern.replace("[", "[[]").replace("?", "[?]")


def _kind_rule() -> str:
    return f"kind should be one of: {', '.join(KINDS)}"


def _check(fault: Fault) -> None:
    if not isinstance(fault.kind, str) or fault.kind not in KINDS:
        raise ValueError(_kind_rule())
    if not isinstance(fault.method, str) or fault.method.upper() not in (ANY, *METHODS):
        raise ValueError(f"method should be one of: {ANY}, {', '.join(METHODS)}")
    if not _is_text(fault.path) or not fault.path.startswith(("/", ANY)):
        raise ValueError("path should begin with / or *")
    for name in sorted(_EXTRAS - KINDS[fault.kind].extras):
        if getattr(fault, name) is not None:
            kinds = ", ".join(kind for kind, each in KINDS.items() if name in each.extras)
            raise ValueError(f"{name} should be left out: only these kinds have it: {kinds}")
    _check_numbers(fault)
    if fault.commits is not None and not isinstance(fault.commits, bool):
        raise ValueError("commits should be true or false")
    if fault.message is not None and not _is_text(fault.message):
        raise ValueError("message should be a text")
    if fault.category is not None and fault.category not in STATUS_BY_CATEGORY:
        raise ValueError(f"category should be one of: {', '.join(map(str, sorted(STATUS_BY_CATEGORY)))}")


def _is_text(value: object) -> bool:
    # Half a surrogate pair has no bytes that could be sent or shown.
    return isinstance(value, str) and value.encode("utf-8", "replace").decode() == value


def _check_numbers(fault: Fault) -> None:
    for name, is_whole, lowest, highest in (
        ("times", True, 1, _MOST),
        ("seconds", False, 0, _MOST),
        ("probability", False, 0, 1),
        ("delay", False, 0, LONGEST_DELAY_SECONDS),
        ("interval", False, 0, LONGEST_DELAY_SECONDS),
        ("retry_after", True, 0, _MOST),
        ("category", True, 0, 99),
    ):
        value = getattr(fault, name)
        if value is None and name not in ("probability", "delay"):
            continue
        is_number = isinstance(value, int if is_whole else (int, float)) and not isinstance(value, bool)
        # A comparison with "not a number" is false.
        if not (is_number and lowest <= value <= highest):
            kind = "a whole number" if is_whole else "a number"
            raise ValueError(f"{name} should be {kind} from {lowest} to {highest:g}")
