"""The tenant a command works on: from a profile, or from the environment, and never a mixture of both."""

from __future__ import annotations

import configparser
import os
import stat
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from openapi_client._base.nearest import hint
from openapi_client.cli.terminal import environment
from openapi_client.configuration import Configuration
from openapi_client.exceptions import ApiValueError

DEFAULT = "default"
_READ_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO
#: What a setting is in a profile, by the first word of its type; the others cannot be written in a file.
_GETTERS = {"str": "get", "bool": "getboolean", "int": "getint", "float": "getfloat"}
_KINDS = {name: str(kind).partition(" ")[0] for name, kind in Configuration.__annotations__.items()}
#: The settings that a profile may hold, besides ``environment``, a data centre by name.
SETTINGS = {name: _GETTERS[kind] for name, kind in _KINDS.items() if kind in _GETTERS}


def profiles_file() -> Path:
    """Where profiles are kept unless an option says otherwise."""
    variables = environment()
    if sys.platform == "win32":
        return Path(variables.get("APPDATA") or Path.home()) / "zuora-journal-runs" / "profiles.ini"
    home = variables.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "zuora-journal-runs" / "profiles.ini"


def source_of(profile: str | None, file: str | None) -> str:
    """Where the settings come from, in words."""
    name = _profile_name(profile, file, environment())
    return "the environment" if name is None else f"profile {name!r} of {file or profiles_file()}"


def configuration_from(profile: str | None, file: str | None, *, needs_credentials: bool = True) -> Configuration:
    """The settings of a command.

    - ``--profile``, or else the environment, if it has a ``ZUORA_`` variable, or else the profile ``default``.
    - As other commands do, it goes through the proxy of the environment, unless ``trust_env`` of the profile is off.

    :raises ApiValueError: no credentials, no such profile, a file that others can read, or a wrong value.
    :raises ApiTypeError: a value of a wrong type.
    """
    variables = environment()
    name = _profile_name(profile, file, variables)
    if name is not None:
        return _configuration_of(name, Path(file) if file else profiles_file(), needs_credentials)
    if needs_credentials:
        return Configuration.from_env(variables, trust_env=True)
    return without_credentials(Configuration.from_env(variables, trust_env=True, access_token="-"))  # noqa: S106 - it stands in


def _configuration_of(profile: str, file: Path, needs_credentials: bool) -> Configuration:
    settings = {"trust_env": True, **read_profile(file, profile)}
    place = settings.pop("environment", None)
    configuration = Configuration(**settings)
    if place is not None and "host" not in settings:
        configuration.host = configuration.get_host_from_settings(place)
    if not needs_credentials:
        return without_credentials(configuration)
    if not _has_credentials(configuration):
        raise ApiValueError(f"Profile {profile!r} of {file} has no credentials: give client_id and client_secret")
    return configuration


def without_credentials(configuration: Configuration) -> Configuration:
    """The same settings, and nothing to sign calls with."""
    for name in (
        "access_token",
        "client_id",
        "client_secret",
        "api_access_key_id",
        "api_secret_access_key",
        "password",
    ):
        setattr(configuration, name, None)
    return configuration


def _has_credentials(configuration: Configuration) -> bool:
    """Whether calls can be signed."""
    has_client = bool(configuration.client_id and configuration.client_secret)
    return has_client or bool(configuration.auth_settings())


def _profile_name(profile: str | None, file: str | None, variables: Mapping[str, str]) -> str | None:
    if profile is not None or file is not None:
        return profile or DEFAULT
    if any(name.startswith("ZUORA_") and value for name, value in variables.items()):
        return None
    return DEFAULT if profiles_file().exists() else None


def profile_names(file: str | None = None) -> list[str]:
    """The profiles there are, for completion."""
    try:
        return _parsed(Path(file) if file else profiles_file()).sections()
    except ApiValueError:
        return []


def read_profile(file: Path, name: str) -> dict[str, Any]:
    """The settings of a profile by name, ``environment`` among them.

    :raises ApiValueError: see :func:`configuration_from`; no value is shown, since it may be a secret.
    """
    parser = _parsed(file)
    if not parser.has_section(name):
        known = ", ".join(parser.sections()) or "none"
        raise ApiValueError(f"{file} has no profile {name!r}; it has: {known}")
    return {key: _value(parser, name, key, file) for key in parser[name]}


def _value(parser: configparser.ConfigParser, profile: str, key: str, file: Path) -> Any:
    where = f"{file}: {key} of profile {profile!r}"
    if key != "environment" and key not in SETTINGS:
        raise ApiValueError(f"{where} is no setting{hint(key, ['environment', *SETTINGS])}")
    text = parser.get(profile, key)
    if text[:1] in ("'", '"'):
        raise ApiValueError(f"{where} is taken as it stands, so write it without quotes")
    if key == "environment":
        return text
    try:
        return getattr(parser, SETTINGS[key])(profile, key)
    except ValueError:
        wanted = {"getboolean": "yes or no", "getint": "a whole number", "getfloat": "a number"}[SETTINGS[key]]
        raise ApiValueError(f"{where} should be {wanted}") from None


def _parsed(file: Path) -> configparser.ConfigParser:
    # Without interpolation, since a secret may hold a percent sign.
    parser = configparser.ConfigParser(interpolation=None, default_section="")
    try:
        with file.open(encoding="utf-8-sig") as stream:
            _refuse_readable(file, stream)
            parser.read_file(stream)
    except OSError as error:
        raise ApiValueError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ApiValueError(f"{file}: not UTF-8") from None
    except configparser.Error as error:
        # Their messages show lines, which may hold secrets.
        lines = [number for number, _ in getattr(error, "errors", ())] or [getattr(error, "lineno", None)]
        raise ApiValueError(
            f"{file}: line {lines[0]} is neither [profile] nor setting = value, or repeats one"
        ) from None
    return parser


def _refuse_readable(file: Path, stream: TextIO) -> None:
    """Refuse a file that others can read or write, as ssh does with its keys.

    :raises ApiValueError: they can.
    """
    if os.name == "posix" and stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & _READ_BY_OTHERS:
        raise ApiValueError(f"{file} holds credentials and is open to other users: chmod 600 {file}")


def configured(options: Namespace, *, needs_credentials: bool = True) -> Configuration:
    """The settings of a command with those that its options change.

    :raises ApiValueError: see :func:`configuration_from`. :raises ApiTypeError: the same.
    """
    configuration = configuration_from(options.profile, options.profiles, needs_credentials=needs_credentials)
    if options.request_timeout is not None:
        configuration.timeout = options.request_timeout
    if options.retries is not None:
        configuration.retries = options.retries
    if options.verbose:
        configuration.debug = True
    return configuration
