"""Checks, one after the other, whether calls can work, and says how to mend what prevents them."""

from __future__ import annotations

import ssl
from argparse import Namespace
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from openapi_client import ApiClient, ApiException, Configuration, JournalRunsApi, RetryPolicy
from openapi_client.cli import report
from openapi_client.cli.codes import Exit, code_of
from openapi_client.cli.console import Console
from openapi_client.cli.report import Finding
from openapi_client.cli.settings import configured, source_of
from openapi_client.exceptions import OpenApiException, TransportException

#: A number that no run has; asking for it changes nothing.
_NOBODY = "JR-00000000"
_NOT_FOUND, _NO_ACCESS = 40, 10
#: Hosts that a request does not leave the machine for.
_HERE = ("127.0.0.1", "::1", "localhost")
#: Seconds by which clocks may differ; ``Date`` is a whole second, and signs of trouble begin at minutes.
_SKEW = 30.0
#: Seconds for each check, unless the options say otherwise.
_PATIENCE = 20.0


def examine(options: Namespace, console: Console) -> int:
    """Run all checks that make sense, and show what they have found.

    :returns: 0, or the exit code of the first problem.
    """
    configuration: Configuration | None = None
    findings = [Finding("version", "ok", report.versions())]
    source = source_of(options.profile, options.profiles)
    try:
        configuration = configured(options)
    except OpenApiException as error:
        fix = "set ZUORA_ENVIRONMENT, ZUORA_CLIENT_ID and ZUORA_CLIENT_SECRET, or write a profile"
        findings.append(Finding("settings", "problem", str(error), fix, Exit.USAGE))
    else:
        findings.append(Finding("settings", "ok", f"{configuration.base_url}, from {source}"))
        findings.extend(_checks(configuration, options))
        configuration.debug = False
    _show(findings, configuration, source, options, console)
    return next((found.code for found in findings if found.code), 0)


def _show(
    findings: list[Finding], configuration: Configuration | None, source: str, options: Namespace, console: Console
) -> None:
    if options.report:
        console.text(report.written(findings, configuration, source))
        return
    rows = []
    for found in findings:
        rows.append((found.state, found.check, found.finding))
        if found.fix:
            rows.append(("", "", f"-> {found.fix}"))
    console.show([found._asdict() for found in findings], rows)


def _checks(configuration: Configuration, options: Namespace) -> Iterator[Finding]:
    if options.request_timeout is None:
        configuration.timeout = _PATIENCE
    if options.retries is None:
        configuration.retries = RetryPolicy(attempts=1)
    with ApiClient(configuration) as client:
        date, failure = _answer_of(client)
        yield _host(configuration, failure)
        if failure is not None and _is_unreached(failure):
            return
        found = _tls(configuration)
        yield found
        if found.state == "problem":
            return  # nothing secret is sent that others could read
        yield _clock(configuration, date)
        token, found = _signed_in(client)
        yield found
        if found.state == "problem":
            return
        yield _entities(configuration, token)
        yield _look(client)


def _answer_of(client: ApiClient) -> tuple[str | None, ApiException | None]:
    """The date of any answer of the host, and what it was refused with; asked without credentials."""
    try:
        answer = client.call_api("/", "GET", response_type=None, _return_http_data_only=False)
    except ApiException as error:
        return (error.headers or {}).get("Date"), error
    return answer.headers.get("Date"), None


def _is_unreached(error: ApiException) -> bool:
    return isinstance(error, TransportException)


def _host(configuration: Configuration, failure: ApiException | None) -> Finding:
    if failure is None or not _is_unreached(failure):
        return Finding("host", "ok", f"{configuration.base_url} answers")
    code = int(code_of(failure))
    if _is_about_certificates(failure):
        fix = "for a private CA, give its file as ssl_ca_cert; a proxy that opens TLS is one"
        return Finding("TLS", "problem", str(failure.reason), fix, code)
    fix = "check ZUORA_ENVIRONMENT or ZUORA_HOST, the network, and HTTPS_PROXY"
    return Finding("host", "problem", f"{configuration.base_url}: {failure.reason}", fix, code)


def _is_about_certificates(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or isinstance(getattr(error, "reason", None), ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _tls(configuration: Configuration) -> Finding:
    where = urlsplit(configuration.base_url)
    if where.scheme == "http" and where.hostname in _HERE:
        return Finding("TLS", "ok", "not used, on the way to this machine itself")
    if where.scheme == "http":
        finding = "not used: everybody on the way can read the credentials"
        return Finding("TLS", "problem", finding, "give a host that begins with https://", Exit.USAGE)
    if not configuration.verify_ssl:
        return Finding("TLS", "problem", "certificates are not verified", "remove verify_ssl = no", Exit.USAGE)
    return Finding("TLS", "ok", "the certificate is trusted")


def _clock(configuration: Configuration, date: str | None) -> Finding:
    try:
        ahead = configuration.clock.wall() - parsedate_to_datetime(date or "").timestamp()
    except (TypeError, ValueError):
        return Finding("clock", "unknown", "the answer has no date to compare with")
    if abs(ahead) <= _SKEW:
        return Finding("clock", "ok", f"within {_SKEW:g} seconds of the server's")
    direction = "ahead of" if ahead > 0 else "behind"
    return Finding(
        "clock",
        "problem",
        f"{abs(ahead):.0f} seconds {direction} the server's",
        "set the time of this machine by NTP: certificates and tokens are judged by it",
        Exit.USAGE,
    )


def _signed_in(client: ApiClient) -> tuple[dict[str, Any], Finding]:
    """The answer of the token endpoint, where there is a client ID; later calls use its token."""
    configuration: Configuration = client.configuration
    if configuration.access_token is not None or not configuration.client_id:
        return {}, Finding("credentials", "ok", "a token or key is given")
    fields = {"client_id": configuration.client_id, "client_secret": configuration.client_secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer: dict[str, Any] = client.call_api(
            "/oauth/token",
            "POST",
            header_params=headers,
            post_params=[*fields.items(), ("grant_type", "client_credentials")],
            response_type="object",
            _return_http_data_only=True,
        )
        configuration.access_token = str(answer["access_token"])
    except (ApiException, KeyError, TypeError) as error:
        fix = f"check ID and secret, and that they were made for {configuration.base_url}: each data centre has its own"
        code = code_of(error) if isinstance(error, ApiException) else Exit.REFUSED
        return {}, Finding("credentials", "problem", str(error), fix, int(code))
    return answer, Finding("credentials", "ok", "a token was given")


def _entities(configuration: Configuration, token: dict[str, Any]) -> Finding:
    """Whether the token leaves open which entity is meant (its scope lists them: Zuora API reference, "Create an OAuth
    token").
    """
    scope = str(token.get("scope", "")).split()
    entities = [word.partition(".")[2] for word in scope if word.startswith("entity.")]
    chosen = configuration.zuora_entity_ids
    if chosen is None and len(entities) > 1:
        fix = "set ZUORA_ENTITY_IDS to the one to work in"
        return Finding("entity", "problem", f"the token is valid for {', '.join(entities)}", fix, Exit.USAGE)
    if chosen is not None and entities and _bare(chosen) not in map(_bare, entities):
        fix = f"set ZUORA_ENTITY_IDS to one of {', '.join(entities)}"
        return Finding("entity", "problem", f"the token is not valid for {chosen}", fix, Exit.USAGE)
    if not entities:
        return Finding("entity", "unknown", "only a token that is fetched with a client ID tells its entities")
    return Finding("entity", "ok", chosen or f"the token is valid for one, {entities[0]}")


def _bare(entity: str) -> str:
    """An entity without the dashes that its ID may be written with."""
    return entity.replace("-", "").lower()


def _look(client: ApiClient) -> Finding:
    """Whether journal runs can be read: the answer to a number that nobody has is that there is none."""
    try:
        JournalRunsApi(client).get_journal_run(_NOBODY)
    except ApiException as error:
        categories = {reason.category for reason in error.reasons}
        if _NOT_FOUND not in categories:
            fix = "give the user the permissions for journal runs" if _NO_ACCESS in categories else ""
            fix = fix or "quote the request id to Zuora's support, and paste the output of --report"
            return Finding("journal runs", "problem", str(error), fix, int(code_of(error)))
    return Finding("journal runs", "ok", "can be read; what may be created, only a create can tell")
