"""Settings: checked when they are set, copied, pickled, read from the environment, and shown without secrets."""

from __future__ import annotations

import ast
import base64
import copy
import http.client
import inspect
import logging
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openapi_client as oc
from openapi_client import Configuration
from openapi_client._policy.retry import RetryPolicy

SECRET = "S3CRET-value"
PACKAGE, TRANSPORT = logging.getLogger("openapi_client"), logging.getLogger("urllib3")
#: Every setting that can hold a secret, with one in it.
SECRETS: dict[str, Any] = {
    "access_token": SECRET,
    "api_access_key_id": SECRET,
    "api_key": {"scheme": SECRET},
    "api_secret_access_key": SECRET,
    "client_id": SECRET,
    "client_secret": SECRET,
    "password": SECRET,
    "proxy": f"http://user:{SECRET}@proxy.test:3128",
    "proxy_headers": {"Proxy-Authorization": SECRET},
}


@pytest.fixture
def configured() -> Configuration:
    return Configuration(username="user", host="rest.test.zuora.com", timeout=30, **SECRETS)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Loggers and the stored default are process state, so each test gives them back as it found them."""
    before = [(logger, logger.level, list(logger.handlers)) for logger in (PACKAGE, TRANSPORT)]
    yield
    Configuration.set_default(None)
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


# Construction


def test_six_positional_arguments() -> None:
    """The first six arguments are positional, as in generated code."""
    settings = Configuration("https://host.test", {"a": "key"}, {"a": "Token"}, "user", "password", True)
    assert (settings.host, settings.username, settings.password) == ("https://host.test", "user", "password")
    assert settings.api_key == {"a": "key"}
    assert settings.api_key_prefix == {"a": "Token"}
    assert settings.discard_unknown_keys is True


def test_own_dicts() -> None:
    """Two configurations never share the default dicts, nor the class attribute."""
    one, other = Configuration(), Configuration()
    one.api_key["a"] = "key"
    assert other.api_key == {}
    assert Configuration().api_key == {}
    assert one.api_key_prefix is not other.api_key_prefix


def test_given_dicts_are_kept() -> None:
    """A dict that is passed in stays the caller's, as in generated code."""
    keys: dict[str, str] = {"a": "key"}
    assert Configuration(api_key=keys).api_key is keys


@pytest.mark.parametrize("name", ["hots", "acces_token", "_default", "get_host_settings_"])
def test_unknown_argument(name: str) -> None:
    """An unknown keyword argument is refused, with the nearest name."""
    with pytest.raises(oc.ApiTypeError, match=f"unexpected keyword argument '{name}'"):
        Configuration(**{name: 1})


def test_typo_suggests() -> None:
    """The refusal names the setting that was probably meant."""
    with pytest.raises(oc.ApiTypeError, match="did you mean 'client_secret'"):
        Configuration(clientsecret="x")


def test_unknown_attribute_warns() -> None:
    """Setting an unknown attribute warns at the caller's line, and keeps it."""
    settings = Configuration()
    with pytest.warns(UserWarning, match="no setting 'verifyssl'; did you mean 'verify_ssl'") as caught:
        settings.verifyssl = False  # type: ignore[attr-defined]  # wrong on purpose
    assert caught[0].filename == __file__
    assert settings.verifyssl is False  # type: ignore[attr-defined]  # wrong on purpose


def test_subclass_settings_do_not_warn() -> None:
    """A subclass may bring settings of its own."""

    class Own(Configuration):
        tenant: str = "t"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        settings = Own(tenant="other")
    assert settings.tenant == "other"


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("host", "", oc.ApiValueError),
        ("host", None, oc.ApiTypeError),
        ("host", b"rest.zuora.com", oc.ApiTypeError),
        ("host", "ftp://rest.zuora.com", oc.ApiValueError),
        ("timeout", 0, oc.ApiValueError),
        ("timeout", -1, oc.ApiValueError),
        ("timeout", float("nan"), oc.ApiValueError),
        ("timeout", "5", oc.ApiTypeError),
        ("timeout", True, oc.ApiTypeError),
        ("timeout", (5,), oc.ApiTypeError),
        ("timeout", (5, 0), oc.ApiValueError),
        ("retries", "3", oc.ApiTypeError),
        ("retries", -1, oc.ApiValueError),
        ("connection_pool_maxsize", 0, oc.ApiValueError),
        ("connection_pool_maxsize", True, oc.ApiValueError),
        ("max_concurrency", -1, oc.ApiValueError),
        ("max_response_bytes", 1.5, oc.ApiValueError),
        ("access_token", 5, oc.ApiTypeError),
        ("client_id", b"id", oc.ApiTypeError),
        ("client_secret", 5, oc.ApiTypeError),
        ("api_access_key_id", 5, oc.ApiTypeError),
        ("api_secret_access_key", [], oc.ApiTypeError),
    ],
)
def test_bad_values(name: str, value: Any, kind: type[Exception]) -> None:
    """A wrong value is refused where it is set, in both ways, and the message names the setting."""
    with pytest.raises(kind, match=name):
        Configuration(**{name: value})
    settings = Configuration()
    before = getattr(settings, name)
    with pytest.raises(kind, match=name):
        setattr(settings, name, value)
    assert getattr(settings, name) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout", None),
        ("timeout", 2.5),
        ("timeout", (3, 4.5)),
        ("retries", None),
        ("retries", 0),
        ("retries", RetryPolicy(attempts=2)),
        ("max_concurrency", None),
        ("connection_pool_maxsize", None),
        ("access_token", lambda: "token"),
    ],
)
def test_good_values(name: str, value: Any) -> None:
    """What is allowed is kept as it was given."""
    assert getattr(Configuration(**{name: value}), name) is value


def test_bad_secret_is_not_shown() -> None:
    """A refused secret of the wrong type does not appear in the message."""
    with pytest.raises(oc.ApiTypeError) as caught:
        Configuration(client_secret=[SECRET])  # type: ignore[arg-type]  # wrong on purpose
    assert SECRET not in str(caught.value)


def test_typed_settings_are_all_settings() -> None:
    """What type checkers let ``Configuration(...)`` take is every setting; by position the first six."""
    source = ast.parse(Path(inspect.getfile(Configuration)).read_text("utf-8"))
    body = next(node.body for node in source.body if isinstance(node, ast.ClassDef) and node.name == "Configuration")
    typed = [ast.unparse(node.target) for node in body if isinstance(node, ast.AnnAssign)]
    parameters = inspect.signature(Configuration).parameters.values()
    by_position = [each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    assert typed[: typed.index("_")] == by_position
    public = {name for name in typed if not name.startswith("_")}
    assert public == {name for name in vars(Configuration) if name in public}
    settable = {name for name, value in vars(Configuration).items() if isinstance(value, property) and value.fset}
    assert settable <= public
    given = Configuration()
    Configuration(**{name: getattr(given, name) for name in public})


# Secrets


@pytest.mark.parametrize("name", SECRETS)
def test_repr_shows_no_secret(name: str) -> None:
    """``repr`` and ``str`` hide each secret, and tell that it is set."""
    settings = Configuration(**{name: SECRETS[name]})
    for text in (repr(settings), str(settings), f"{settings}"):
        assert SECRET not in text
        assert f"{name}=" in text


def test_repr_of_what_is_not_set() -> None:
    """``repr`` does not claim that a secret is there when there is none."""
    assert repr(Configuration()) == "Configuration(host='https://rest.zuora.com', discard_unknown_keys=False)"


def test_debug_report_shows_no_setting(configured: Configuration) -> None:
    """The debug report has versions only, in the generated layout."""
    lines = configured.to_debug_report().splitlines()
    assert lines[0] == "Python SDK Debug Report:"
    assert lines[1] == f"OS: {sys.platform}"
    assert lines[-2:] == ["Version of the API: 2021-08-20", f"SDK Package Version: {oc.__version__}"]
    assert SECRET not in configured.to_debug_report()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_leaves_secrets_out(configured: Configuration, protocol: int) -> None:
    """A pickle has the settings, not the secrets, and says so when they are needed."""
    data = pickle.dumps(configured, protocol)
    assert SECRET.encode() not in data
    other = pickle.loads(data)
    assert (other.base_url, other.timeout, other.username) == ("https://rest.test.zuora.com", 30, "user")
    assert (other.client_secret, other.api_key, other.proxy) == (None, {}, None)
    with pytest.raises(oc.ApiValueError, match=r"unpickled without access_token, .*client_secret.*pickle_secrets=True"):
        other.require_secrets()


def test_pickle_again_still_misses_them(configured: Configuration) -> None:
    """A copy of a copy still knows that secrets are missing."""
    other = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(configured))))
    with pytest.raises(oc.ApiValueError, match="client_secret"):
        other.require_secrets()


def test_secrets_set_again(configured: Configuration) -> None:
    """An unpickled configuration is whole again once each secret is set."""
    other = pickle.loads(pickle.dumps(configured))
    for name, value in SECRETS.items():
        setattr(other, name, value)
    other.require_secrets()
    assert other.client_secret == SECRET


def test_pickle_without_secrets_is_whole() -> None:
    """Nothing is missing from a configuration that had no secret."""
    pickle.loads(pickle.dumps(Configuration(timeout=5))).require_secrets()


def test_pickle_with_secrets(configured: Configuration) -> None:
    """``pickle_secrets`` takes them along."""
    configured.pickle_secrets = True
    other = pickle.loads(pickle.dumps(configured))
    other.require_secrets()
    assert {name: getattr(other, name) for name in SECRETS} == SECRETS


# Copies and the default


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy])
def test_copies(configured: Configuration, make: Any) -> None:
    """A copy has every setting, and dicts of its own."""
    other = make(configured)
    other.api_key["scheme"] = "other"
    assert configured.api_key["scheme"] == SECRET
    assert other.client_secret == SECRET
    assert other.proxy_headers == configured.proxy_headers


def test_default_copy() -> None:
    """The stored default is a copy, and each client gets a copy of it."""
    mine = Configuration(host="https://mine.test", api_key={"a": "1"})
    Configuration.set_default(mine)
    mine.host, mine.api_key["a"] = "https://changed.test", "2"
    one, other = Configuration.get_default_copy(), Configuration.get_default_copy()
    assert (one.host, one.api_key) == ("https://mine.test", {"a": "1"})
    assert one is not other
    assert one.api_key is not other.api_key
    assert oc.ApiClient().configuration.host == "https://mine.test"


def test_no_default() -> None:
    """Without a stored default a fresh configuration is made; ``None`` forgets the stored one."""
    Configuration.set_default(Configuration(host="https://mine.test"))
    Configuration.set_default(None)
    assert Configuration.get_default_copy().host == "https://rest.zuora.com"


# Hosts


def test_host_settings() -> None:
    """There is an entry for each data centre, and changing one changes nothing else."""
    settings = Configuration().get_host_settings()
    assert settings[0]["url"] == Configuration().host
    settings[0]["url"] = "https://changed.test"
    assert Configuration().get_host_settings()[0]["url"] == "https://rest.zuora.com"


@pytest.mark.parametrize(
    ("index", "url"),
    [
        (0, "https://rest.zuora.com"),
        (2, "https://rest.eu.zuora.com"),
        (-1, "https://rest.sandbox.eu.zuora.com"),
        ("CSBX_EU", "https://rest.test.eu.zuora.com"),
        ("csbx", "https://rest.test.zuora.com"),
        ("US API Sandbox Cloud 2", "https://rest.apisandbox.zuora.com"),
    ],
)
def test_host_from_settings(index: Any, url: str) -> None:
    """A host is found by place, name or description; generated code crashes at 0."""
    assert Configuration().get_host_from_settings(index) == url


def test_host_beyond_the_list() -> None:
    """A place that does not exist has the generated message, as a ``ValueError``."""
    with pytest.raises(ValueError, match=r"Invalid index 10 when selecting the host settings. Must be less than 10"):
        Configuration().get_host_from_settings(10)


# Authentication


def test_api_keys() -> None:
    """An API key comes with its prefix, if it has one."""
    settings = Configuration(api_key={"a": "key", "b": "", "c": "other"}, api_key_prefix={"a": "Token", "b": "T"})
    assert settings.get_api_key_with_prefix("a") == "Token key"
    assert settings.get_api_key_with_prefix("b") is None
    assert settings.get_api_key_with_prefix("c") == "other"
    assert settings.get_api_key_with_prefix("d") is None


def test_refresh_hook() -> None:
    """The hook runs before a key is read, and can change it."""
    settings = Configuration(refresh_api_key_hook=lambda config: config.api_key.update(a="new"))
    settings.api_key["a"] = "old"
    assert settings.get_api_key_with_prefix("a") == "new"


PLAIN = st.characters(exclude_characters=":", exclude_categories=["Cc", "Cs"])


@given(st.text(PLAIN), st.text(PLAIN))
def test_basic_token(username: str, password: str) -> None:
    """The basic token is RFC 7617: any text, in UTF-8, with whatever characters the password has."""
    token = Configuration(username=username, password=password).get_basic_auth_token()
    scheme, _, data = token.partition(" ")
    assert scheme == "Basic"
    assert base64.b64decode(data).decode() == f"{username}:{password}"


def test_basic_token_of_nobody() -> None:
    """Without user name and password the token is that of two empty texts, as in generated code."""
    assert Configuration().get_basic_auth_token() == "Basic Og=="


def test_auth_settings() -> None:
    """Every configured way of authentication is listed under the name of its scheme, in the generated form."""
    settings = Configuration(
        username="u",
        password="p",
        access_token=lambda: "now",
        api_key={"cookie_auth": "k"},
        api_access_key_id="id",
        api_secret_access_key="secret",
    ).auth_settings()
    assert settings["bearerAuth"] == {"type": "bearer", "in": "header", "key": "Authorization", "value": "Bearer now"}
    assert settings["basicAuth"]["value"] == "Basic dTpw"
    assert settings["cookie_auth"] == {"type": "api_key", "in": "header", "key": "cookie_auth", "value": "k"}
    assert (settings["legacyKeyId"]["key"], settings["legacyKeySecret"]["key"]) == (
        "apiAccessKeyId",
        "apiSecretAccessKey",
    )


# The environment


def test_from_env() -> None:
    """Every variable ends in its setting, and settings win."""
    environ = {
        "ZUORA_HOST": "rest.eu.zuora.com",
        "ZUORA_CLIENT_ID": "id",
        "ZUORA_CLIENT_SECRET": "secret",
        "ZUORA_ENTITY_IDS": "e",
        "ZUORA_ORG_IDS": "o",
        "ZUORA_VERSION": "2025-08-12",
    }
    settings = Configuration.from_env(environ, client_id="mine", timeout=7)
    assert settings.base_url == "https://rest.eu.zuora.com"
    assert (settings.client_id, settings.client_secret, settings.timeout) == ("mine", "secret", 7)
    assert (settings.zuora_entity_ids, settings.zuora_org_ids, settings.zuora_version) == ("e", "o", "2025-08-12")


@pytest.mark.parametrize(
    ("environ", "host"),
    [
        ({"ZUORA_ENVIRONMENT": "sbx"}, "https://rest.apisandbox.zuora.com"),
        ({"ZUORA_ENVIRONMENT": "SBX", "ZUORA_HOST": "https://own.test"}, "https://own.test"),
        ({"ZUORA_ENVIRONMENT": "SBX", "ZUORA_HOST": ""}, "https://rest.apisandbox.zuora.com"),
        ({}, "https://rest.zuora.com"),
    ],
)
def test_host_from_env(environ: dict[str, str], host: str) -> None:
    """A host beats an environment by name; an empty variable counts as absent."""
    assert Configuration.from_env({**environ, "ZUORA_ACCESS_TOKEN": "t"}).host == host


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "ZUORA_CLIENT_ID and ZUORA_CLIENT_SECRET, or ZUORA_ACCESS_TOKEN"),
        ({"ZUORA_CLIENT_ID": "id"}, "set ZUORA_CLIENT_SECRET, or"),
        ({"ZUORA_CLIENT_SECRET": SECRET}, "set ZUORA_CLIENT_ID, or"),
    ],
)
def test_credentials_are_missing(environ: dict[str, str], named: str) -> None:
    """Missing credentials are an error that names the variables, and no value."""
    with pytest.raises(oc.ApiValueError, match=named) as caught:
        Configuration.from_env(environ)
    assert SECRET not in str(caught.value)


def test_unknown_environment() -> None:
    """An unknown data centre is an error with the list of names."""
    with pytest.raises(oc.ApiValueError, match=r"'NOWHERE'; the names are PROD, PROD_NA"):
        Configuration.from_env({"ZUORA_ENVIRONMENT": "NOWHERE", "ZUORA_ACCESS_TOKEN": "t"})


def test_legacy_keys_are_credentials() -> None:
    """The legacy pair is enough, since it cannot come from the environment."""
    settings = Configuration.from_env({}, api_access_key_id="id", api_secret_access_key="secret")
    assert settings.api_access_key_id == "id"


def test_environment_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a mapping the variables of the process are read; a plain configuration never reads them."""
    monkeypatch.setenv("ZUORA_ACCESS_TOKEN", "from-the-process")
    monkeypatch.setenv("ZUORA_HOST", "https://env.test")
    assert Configuration.from_env().access_token == "from-the-process"
    assert (Configuration().access_token, Configuration().host) == (None, "https://rest.zuora.com")


# Logging


def test_plain_configuration_changes_no_logger() -> None:
    """Making a configuration leaves level and handlers of every logger as they are, unlike generated code."""
    PACKAGE.setLevel(5)
    TRANSPORT.setLevel(7)
    Configuration()
    copy.deepcopy(Configuration())
    Configuration(debug=False)
    assert (PACKAGE.level, TRANSPORT.level) == (5, 7)


def test_debug_switches_logging_on_and_off() -> None:
    """``debug`` logs at DEBUG, and never switches on the dump of ``http.client``, which prints tokens."""
    settings = Configuration()
    settings.debug = True
    assert settings.debug is True
    assert PACKAGE.level == logging.DEBUG
    assert http.client.HTTPConnection.debuglevel == 0
    settings.debug = False
    assert PACKAGE.level == logging.WARNING
    assert settings.logger_stream_handler is None


def test_debug_is_heard_without_set_up() -> None:
    """With ``debug`` a script without any logging set-up sees the records, once each, on standard error."""
    code = """
import logging, openapi_client as oc
one = oc.Configuration(debug=True); other = oc.Configuration(); other.debug = True
logging.getLogger("openapi_client").debug("heard")
one.debug = False
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(oc.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=True,
    )
    assert done.stderr.count("heard") == 1


def test_logger_file(tmp_path: Path) -> None:
    """``logger_file`` gets the records in ``logger_format``; setting it again closes the file before."""
    first, second = tmp_path / "first.log", tmp_path / "second.log"
    settings = Configuration(debug=True)
    settings.logger_format = "%(levelname)s|%(message)s"
    settings.logger_file = str(first)
    PACKAGE.debug("one")
    handler = settings.logger_file_handler
    settings.logger_format = "%(message)s"
    settings.logger_file = str(second)
    PACKAGE.debug("two")
    settings.logger_file = None
    PACKAGE.debug("three")
    assert first.read_text() == "DEBUG|one\n"
    assert second.read_text() == "two\n"
    assert handler is not None
    assert handler not in PACKAGE.handlers
    assert settings.logger_file is None
    settings.debug = False


def test_logger_of_generated_code(tmp_path: Path) -> None:
    """The dict of loggers can be read, changed and replaced, and a formatter of one's own is used."""
    settings = Configuration()
    assert settings.logger == {"package_logger": PACKAGE, "urllib3_logger": TRANSPORT}
    mine = logging.getLogger("mine-of-test-configuration")
    settings.logger["mine"] = mine
    settings.logger_formatter = logging.Formatter("own %(message)s")
    settings.logger_file = str(tmp_path / "own.log")
    mine.error("record")
    settings.logger_file = None
    assert (tmp_path / "own.log").read_text() == "own record\n"
    settings.logger = {"package_logger": mine}
    assert Configuration.__copy__(settings).logger == {"package_logger": mine}


def test_pickle_with_handlers(tmp_path: Path) -> None:
    """Log handlers hold files and locks, so they stay behind."""
    settings = Configuration(logger_file=str(tmp_path / "a.log"), debug=True)
    try:
        other = pickle.loads(pickle.dumps(settings))
        assert other.logger_file_handler is None
        assert other.debug is True
    finally:
        settings.logger_file, settings.debug = None, False
