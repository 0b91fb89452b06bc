"""Settings of a client: validated when they are set, read from the environment on request, shown without secrets."""

from __future__ import annotations

import base64
import logging
import os
import sys
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from openapi_client._base import clock as _clock
from openapi_client._base import redact as _redact
from openapi_client._base.nearest import hint
from openapi_client._policy import busy as _busy
from openapi_client._policy import checks as _checks
from openapi_client._policy import hosts as _hosts
from openapi_client._policy import retry as _retry
from openapi_client._policy import timeouts as _timeouts
from openapi_client._version import __version__
from openapi_client.exceptions import ApiTypeError, ApiValueError

if TYPE_CHECKING:
    import ssl
    from dataclasses import KW_ONLY
    from typing import Generic, ParamSpec, Protocol, TypeVar

    from typing_extensions import Self, dataclass_transform

    from openapi_client._policy.retry import RetryPolicy
    from openapi_client._policy.token import TokenCache

    class Urllib3Timeout(Protocol):
        """A ``urllib3.Timeout``, known by one of its methods."""

        def get_connect_duration(self) -> float:
            """Of no interest here."""

    class Urllib3Retry(Protocol):
        """A ``urllib3.Retry``, known by one of its methods."""

        def is_exhausted(self) -> bool:
            """Of no interest here."""

    P = ParamSpec("P")
    T = TypeVar("T")

    class Given(Generic[T]):
        """A setting that reads as a value, and takes ``None`` for an empty one."""

        def __get__(self, instance: object, owner: object) -> T: ...

        def __set__(self, instance: object, value: T | None) -> None: ...

    @dataclass_transform()
    def _typed(cls: type[T]) -> type[T]:
        """Type checkers make the constructor of the annotations."""
        return cls

else:

    def _typed(cls):
        return cls


#: Every instance gets dicts of its own.
_KEYS: Any = {}
API_VERSION = "2021-08-20"
SECRETS = frozenset(
    {"access_token", "api_access_key_id", "api_key", "api_secret_access_key", "client_id", "client_secret", "password"}
    | {"proxy", "proxy_headers", "refresh_api_key_hook", "ssl_context", "token_cache"}
)
_FROM_ENV = (
    *("host", "access_token", "client_id", "client_secret"),
    *("zuora_entity_ids", "zuora_org_ids", "zuora_version"),
)
_SHALLOW = ("logger_stream_handler", "logger_file_handler")


def _is_count(name: str, value: Any) -> None:
    if value is not None and not (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        raise ApiValueError(f"Invalid value for `{name}` ({value!r}): it must be a whole number above 0")


def _is_text(name: str, value: Any) -> None:
    if value is not None and not isinstance(value, str) and not (name == "access_token" and callable(value)):
        raise ApiTypeError(f"Invalid type for `{name}`: it must be a str, not {type(value).__name__}")


def _are_headers(_name: str, value: Any) -> None:
    for name, text in (value or {}).items():
        _checks.header_value(_checks.header_name(name), _redact.secret(text))


_CHECKS: dict[str, Callable[[str, Any], object]] = {
    **dict.fromkeys(("connection_pool_maxsize", "max_concurrency", "max_response_bytes"), _is_count),
    **dict.fromkeys(("access_token", "client_id", "client_secret", "password"), _is_text),
    **dict.fromkeys(("api_access_key_id", "api_secret_access_key"), _is_text),
    "host": lambda _, value: _hosts.base_url(value),
    "proxy": lambda _, value: _hosts.proxy_url(value),
    "proxy_headers": _are_headers,
    "retries": lambda _, value: _retry.policy_of(value),
    "run_in_progress_patterns": _busy.checked_patterns,
    "timeout": lambda name, value: _timeouts.limits_of(value, name),
}


def _set_format(settings: Configuration, _before: object) -> None:
    settings.__dict__.pop("_logger_formatter", None)
    if settings.logger_file_handler is not None:
        settings.logger_file_handler.setFormatter(settings.logger_formatter)


def _set_file(settings: Configuration, _before: object) -> None:
    previous, settings.logger_file_handler = settings.logger_file_handler, None
    if settings.logger_file:
        settings.logger_file_handler = logging.FileHandler(settings.logger_file)
        settings.logger_file_handler.setFormatter(settings.logger_formatter)
    for logger in settings.logger.values():
        if previous is not None:
            logger.removeHandler(previous)
        if settings.logger_file_handler is not None:
            logger.addHandler(settings.logger_file_handler)
    if previous is not None:
        previous.close()


def _set_debug(settings: Configuration, before: object) -> None:
    package, handler = settings.logger["package_logger"], settings.logger_stream_handler
    if settings.debug or before:
        package.setLevel(logging.DEBUG if settings.debug else logging.WARNING)
    if settings.debug and not _is_heard(package) and handler is None:
        settings.logger_stream_handler = handler = logging.StreamHandler()
        handler.setFormatter(settings.logger_formatter)
        package.addHandler(handler)
    elif not settings.debug and handler is not None:
        package.removeHandler(handler)
        settings.logger_stream_handler = None


def _is_heard(logger: logging.Logger | None) -> bool:
    """Whether the records of a logger go anywhere; the ``NullHandler`` of a library does not count."""
    while logger is not None:
        if any(not isinstance(handler, logging.NullHandler) for handler in logger.handlers):
            return True
        logger = logger.parent if logger.propagate else None
    return False


class _Logged(property):
    """A setting for loggers: a property, as in generated code.

    :param default: its value, or a function of the configuration that makes it.
    :param effect: what setting it does.
    """

    def __init__(self, default: Any, effect: Callable[[Configuration, Any], None] | None = None) -> None:
        super().__init__(self._value, self._take)
        self.default = default
        self._effect = effect

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"_{name}"

    def _value(self, settings: Configuration) -> Any:
        if callable(self.default) and self._key not in settings.__dict__:
            settings.__dict__[self._key] = self.default(settings)
        return settings.__dict__.get(self._key, self.default)

    def _take(self, settings: Configuration, value: Any) -> None:
        before = self._value(settings)
        settings.__dict__[self._key] = value
        if self._effect is not None:
            self._effect(settings, before)


def _logged(default: Any, effect: Callable[[Configuration, Any], None] | None = None) -> Any:
    return _Logged(default, effect)


def _loggers(_settings: Configuration) -> dict[str, logging.Logger]:
    names = {"package_logger": "openapi_client", "urllib3_logger": "urllib3"}
    return {key: logging.getLogger(name) for key, name in names.items()}


@_typed
class Configuration:
    """Settings of a client. Every attribute is a keyword argument too; the first six are positional as well.

    A value is checked when it is set (:class:`~openapi_client.ApiTypeError`, :class:`~openapi_client.ApiValueError`);
    setting an unknown name warns. ``repr`` shows no secret, and pickling leaves secrets out unless
    ``pickle_secrets`` is on.
    """

    host: str = _hosts.DEFAULT
    """Base URL; where the scheme is missing, ``https://`` is meant."""
    api_key: Given[dict[str, str]] = _KEYS
    """API keys by the name of their security scheme."""
    api_key_prefix: Given[dict[str, str]] = _KEYS
    """Prefixes (such as ``Bearer``) of the API keys, by the same names."""
    username: str | None = None
    """User name for HTTP basic authentication."""
    password: str | None = None
    """Password for HTTP basic authentication."""
    discard_unknown_keys: bool = False
    """Kept for generated code; unknown fields always stay in ``additional_properties``."""

    _: KW_ONLY

    access_token: str | Callable[[], str] | None = None
    """Bearer token, or a function that returns a current one."""
    client_id: str | None = None
    """OAuth client ID; with ``client_secret`` the client fetches and renews its tokens itself."""
    client_secret: str | None = None
    """OAuth client secret."""
    api_access_key_id: str | None = None
    """Legacy user name, sent as ``apiAccessKeyId``."""
    api_secret_access_key: str | None = None
    """Legacy password, sent as ``apiSecretAccessKey``."""
    token_cache: TokenCache | None = None
    """Where OAuth tokens are kept; ``None`` keeps them in the memory of the process."""

    zuora_entity_ids: str | None = None
    """Default of the parameter of that name."""
    zuora_org_ids: str | None = None
    """Default of the parameter of that name."""
    zuora_version: str | None = None
    """Default of the parameter of that name."""

    timeout: float | tuple[float, float] | Urllib3Timeout | None = None
    """Seconds for a whole call, or ``(connect, read)`` seconds for each attempt; ``None`` means ``(5, 125)``."""
    retries: int | RetryPolicy | Urllib3Retry | None = None
    """Number of retries, a :class:`~openapi_client.RetryPolicy` or a ``urllib3.Retry``; ``None`` means 3."""
    raise_on_failure: bool = True
    """Whether ``"success": false`` raises; ``False`` returns the model as generated code does."""
    run_in_progress_patterns: Collection[str] = _busy.PATTERNS
    """Regular expressions: a create is refused because of another run if each reason's message matches one."""
    max_response_bytes: int = 32 * 1024 * 1024
    """Largest answer to accept, in bytes after decompression; JSON may have a million values, or one in 32 bytes."""
    fast_response_heads: bool = True
    """Whether the heads of plainly common answers are read directly; ``False`` leaves them all to Python, slower."""
    max_concurrency: int | None = None
    """Largest number of calls in flight at once; ``None`` sets no limit. A tenant's default is 40."""

    verify_ssl: bool = True
    """Whether TLS certificates are verified."""
    ssl_ca_cert: str | None = None
    """File with the certificates to trust instead of certifi's."""
    cert_file: str | None = None
    """Client certificate file."""
    key_file: str | None = None
    """Key file of the client certificate."""
    assert_hostname: str | bool | None = None
    """Host name to expect in the certificate, or ``False`` for any."""
    ssl_context: ssl.SSLContext | None = None
    """A context of your own; the other TLS settings are not used then."""
    connection_pool_maxsize: int = (os.cpu_count() or 1) * 5
    """Connections kept open per host."""
    proxy: str | None = None
    """Proxy URL with its scheme; user name and password in it are sent to the proxy only."""
    proxy_headers: dict[str, str] | None = None
    """Extra headers for the proxy."""
    no_proxy: str | None = None
    """Comma-separated hosts that are reached without the proxy."""
    trust_env: bool = False
    """Whether the environment is used: ``HTTPS_PROXY``, ``HTTP_PROXY`` and ``NO_PROXY``, and for trusted certificates
    ``SSL_CERT_FILE``, ``SSL_CERT_DIR`` and ``REQUESTS_CA_BUNDLE``."""
    use_truststore: bool = False
    """Whether the certificates that the system trusts are used, by the package ``truststore``."""
    socket_options: Sequence[tuple[int, int, int]] | None = None
    """Socket options as ``(level, option, value)``; ``None`` means no delay (``TCP_NODELAY``) and TCP keep-alive, since
    an answer may take 120 seconds, and a firewall between may drop a connection that is silent for 60."""

    client_side_validation: bool = True
    """Whether arguments and models are checked before they are sent."""
    safe_chars_for_path_param: str = ""
    """Characters that are not percent-encoded in path parameters."""
    temp_folder_path: str | None = None
    """Folder for downloaded files."""
    refresh_api_key_hook: Callable[[Configuration], object] | None = None
    """Called with the configuration before each attempt of a call, to renew keys or tokens in it; one that was refused
    with 401 is repeated once."""
    pickle_secrets: bool = False
    """Whether pickling takes the secrets along."""
    clock: _clock.Clock = _clock.SYSTEM
    """The time source; tests replace it to take the waiting out."""
    on_request: Callable[[Any], object] | None = None
    """Called with an :class:`~openapi_client.AttemptEvent` before each attempt."""
    on_response: Callable[[Any], object] | None = None
    """Called with an :class:`~openapi_client.AttemptEvent` after each attempt, failed or not."""
    on_retry: Callable[[Any], object] | None = None
    """Called with an :class:`~openapi_client.AttemptEvent` before each wait for another attempt."""

    logger_stream_handler: logging.Handler | None = None
    """The handler that ``debug`` added, if it did."""
    logger_file_handler: logging.Handler | None = None
    """The handler of ``logger_file``."""
    logger_format: str = _logged("%(asctime)s %(levelname)s %(message)s", _set_format)
    """Format of the records in ``logger_file``."""
    logger_file: str | None = _logged(None, _set_file)
    """File that the records of the package and of urllib3 go to."""
    logger: dict[str, logging.Logger] = _logged(_loggers)
    """The loggers of the package and of urllib3."""
    logger_formatter: logging.Formatter = _logged(lambda settings: logging.Formatter(settings.logger_format))
    """A formatter for ``logger_format``, unless another one was set."""
    debug: bool = _logged(False, _set_debug)
    """Whether the package logs requests and answers, redacted, at level DEBUG.

    Unlike generated code it does not switch on the raw dump of ``http.client``, which prints tokens, nor the
    log of urllib3, which prints query strings.
    """

    _default: ClassVar[Configuration | None] = None
    _left_out: ClassVar[frozenset[str]] = frozenset()

    if not TYPE_CHECKING:  # type checkers make the constructor of the annotations, and take any name by __setattr__

        def __init__(
            self,
            host=_hosts.DEFAULT,
            api_key=None,
            api_key_prefix=None,
            username=None,
            password=None,
            discard_unknown_keys=False,
            **settings,
        ):
            self.api_key = api_key
            self.api_key_prefix = api_key_prefix
            self.password = password
            # A traceback with variables, of a setting that is refused, shows no other one that is secret.
            given = {name: _as_secret(name, value) for name, value in settings.items()}
            del api_key, password, settings
            self.host = host
            self.username = username
            self.discard_unknown_keys = discard_unknown_keys
            for name, value in given.items():
                if name.startswith("_") or not hasattr(type(self), name):
                    raise ApiTypeError(f"Configuration got an unexpected keyword argument {name!r}{_similar(name)}")
                setattr(self, name, value)

        def __setattr__(self, name, value):
            value = {} if value is None and getattr(type(self), name, None) is _KEYS else _as_secret(name, value)
            if name in _CHECKS:
                _CHECKS[name](name, value)
            elif not name.startswith("_") and not hasattr(type(self), name):
                warnings.warn(f"Configuration has no setting {name!r}{_similar(name)}", stacklevel=2)
            if name in self._left_out:
                object.__setattr__(self, "_left_out", self._left_out - {name})
            object.__setattr__(self, name, value)

    @classmethod
    def from_env(
        cls: Callable[P, T], environ: Mapping[str, str] | None = None, *positional: P.args, **settings: P.kwargs
    ) -> T:
        """Settings from ``ZUORA_HOST`` or ``ZUORA_ENVIRONMENT`` (a data centre by name), ``ZUORA_ACCESS_TOKEN`` or
        ``ZUORA_CLIENT_ID`` with ``ZUORA_CLIENT_SECRET``, ``ZUORA_ENTITY_IDS``, ``ZUORA_ORG_IDS``, ``ZUORA_VERSION``.

        :param environ: the variables; ``None`` takes those of the process.
        :param positional: settings as the constructor takes them, which win.
        :param settings: settings by name, which win.
        :raises ApiValueError: credentials are missing; the message names the variables.
        """
        given = {
            name: _redact.secret(value) if _redact.is_secret(name) else value
            for name, value in (os.environ if environ is None else environ).items()
            if value and name.startswith("ZUORA_")
        }
        found: dict[str, Any] = {
            name: given[variable]
            for name in _FROM_ENV
            if (variable := f"ZUORA_{name.removeprefix('zuora_').upper()}") in given
        }
        if "host" not in found and "ZUORA_ENVIRONMENT" in given:
            found["host"] = _hosts.by_name(given["ZUORA_ENVIRONMENT"])["url"]
        found.update(settings)
        _require_credentials(found)
        return cls(*positional, **found)

    @classmethod
    def set_default(cls, default: Configuration | None) -> None:
        """Store a copy of ``default`` for :meth:`get_default_copy`; ``None`` forgets it."""
        cls._default = None if default is None else default.__deepcopy__({})

    @classmethod
    def get_default_copy(cls) -> Configuration:
        """A copy of the stored default, or a fresh configuration."""
        return cls() if cls._default is None else cls._default.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __copy__(self) -> Self:
        other = type(self).__new__(type(self))
        memo = {name: dict(value) if isinstance(value, dict) else value for name, value in self.__dict__.items()}
        other.__dict__.update(memo)
        return other

    def __getstate__(self) -> dict[str, Any]:
        left_out = frozenset() if self.pickle_secrets else SECRETS
        state = {name: value for name, value in self.__dict__.items() if name not in (*left_out, *_SHALLOW)}
        missing = {name for name in left_out if self.__dict__.get(name)} | self._left_out
        return {**state, "_left_out": frozenset(missing)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update({"api_key": {}, "api_key_prefix": {}, **state})

    def require_secrets(self) -> None:
        """Refuse to go on without the secrets that pickling left out.

        :raises ApiValueError: names them.
        """
        if self._left_out:
            raise ApiValueError(
                f"This Configuration was unpickled without {', '.join(sorted(self._left_out))}; "
                "set them again, or pickle it with pickle_secrets=True"
            )

    def __repr__(self) -> str:
        given = {name: value for name, value in self.__dict__.items() if not name.startswith("_")}
        shown = _redact.mapping({name: value for name, value in given.items() if value not in (None, {})})
        shown.update({name: _redact.HIDDEN for name in SECRETS if name in shown})
        if self.proxy:
            shown["proxy"] = _redact.url(self.proxy)
        return f"Configuration({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    @property
    def base_url(self) -> str:
        """``host`` as it is called: with ``https://`` where the scheme is missing, and without a slash at the end."""
        known: tuple[str, str] | None = self.__dict__.get("_base_url")
        if known is None or known[0] != self.host:
            known = self.__dict__["_base_url"] = (self.host, _hosts.base_url(self.host))
        return known[1]

    def get_api_key_with_prefix(self, identifier: str) -> str | None:
        """The API key of that name, after its prefix if it has one."""
        if self.refresh_api_key_hook is not None:
            self.refresh_api_key_hook(self)
        return prefixed_key(self, identifier)

    def get_basic_auth_token(self) -> str:
        """The ``Authorization`` value for HTTP basic authentication (RFC 7617).

        :raises ApiValueError: control characters in user name or password (section 2).
        """
        pair = _redact.Secret(f"{self.username or ''}:{self.password or ''}")
        if _checks.control_in(pair) or any("\ud800" <= char <= "\udfff" for char in pair):
            raise ApiValueError("Invalid value for `username` or `password`: control characters are not allowed")
        return "Basic " + base64.b64encode(pair.encode()).decode()

    def auth_settings(self) -> dict[str, dict[str, Any]]:
        """What each configured way of authentication puts where, by the name of its security scheme.

        OAuth client credentials are not listed: their token is fetched when a call needs it.
        """
        found = {name: _header(name, self.get_api_key_with_prefix(name)) for name in self.api_key}
        if self.username is not None and self.password is not None:
            found["basicAuth"] = _header("Authorization", self.get_basic_auth_token(), "basic")
        if self.api_access_key_id is not None and self.api_secret_access_key is not None:
            found["legacyKeyId"] = _header("apiAccessKeyId", self.api_access_key_id)
            found["legacyKeySecret"] = _header("apiSecretAccessKey", self.api_secret_access_key)
        if self.access_token is not None:
            token = self.access_token() if callable(self.access_token) else self.access_token
            found["bearerAuth"] = _header("Authorization", f"Bearer {token}", "bearer")
        return found

    def to_debug_report(self) -> str:
        """Versions, for a problem report; no settings."""
        return (
            "Python SDK Debug Report:\n"
            f"OS: {sys.platform}\n"
            f"Python Version: {sys.version}\n"
            f"Version of the API: {API_VERSION}\n"
            f"SDK Package Version: {__version__}"
        )

    def get_host_settings(self) -> list[dict[str, Any]]:
        """Every Zuora data centre: ``url``, ``description`` and ``name``; the first is the default host."""
        return [dict(setting) for setting in _hosts.SETTINGS]

    def get_host_from_settings(self, index: int | str, variables: Mapping[str, str] | None = None) -> str:
        """The URL of a data centre.

        :param index: its place in :meth:`get_host_settings`, or its name or description.
        :param variables: values for placeholders in the URL.
        :raises ApiValueError: no such place or name, or a value that a variable does not allow.
        """
        return _hosts.url_of(self.get_host_settings(), index, variables or {})


def prefixed_key(settings: Configuration, identifier: str) -> str | None:
    """The API key of that name as it is now, after its prefix if it has one."""
    key, prefix = settings.api_key.get(identifier), settings.api_key_prefix.get(identifier)
    return f"{prefix} {key}" if key and prefix else key or None


def certificates_of_environment() -> dict[str, str]:
    """Where the environment says that trusted certificates are, by the names that ``ssl`` has for them.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are OpenSSL's own variables, ``REQUESTS_CA_BUNDLE`` is that of ``requests``.
    """
    given = os.environ.get
    found = {"cafile": given("SSL_CERT_FILE") or given("REQUESTS_CA_BUNDLE"), "capath": given("SSL_CERT_DIR")}
    return {name: path for name, path in found.items() if path}


def _header(key: str, value: str | None, kind: str = "api_key") -> dict[str, Any]:
    return {"type": kind, "in": "header", "key": key, "value": _redact.secret(value)}


def _as_secret(name: str, value: Any) -> Any:
    return _redact.secret(value) if name in SECRETS else value


def _similar(name: str) -> str:
    return hint(name, [setting for setting in dir(Configuration) if not setting.startswith("_")])


def _require_credentials(found: Mapping[str, Any]) -> None:
    if found.get("access_token") or (found.get("client_id") and found.get("client_secret")):
        return
    if found.get("api_access_key_id") and found.get("api_secret_access_key"):
        return
    pair = [name for name in ("client_id", "client_secret") if not found.get(name)]
    missing = " and ".join(f"ZUORA_{name.upper()}" for name in pair)
    raise ApiValueError(f"No credentials in the environment: set {missing}, or ZUORA_ACCESS_TOKEN")
