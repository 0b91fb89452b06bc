"""What can be configured about the emulated tenant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

Settlement = Literal["any", "off", "invoice", "item"]
ReplayStyle = Literal["same", "conflict"]
TransactionStore = Literal["generated", "added", "endless"]
Compression = Literal["accepted", "always"]
RateProfileName = Literal["production", "developer-sandbox", "api-sandbox", "unlimited"]

# It travels in a header, and a short one can be guessed.
_CONTROL_TOKEN = re.compile(r"[!-~]{8,}")


@dataclass(frozen=True)
class RateProfile:
    """Requests a tenant may send per minute, hour and day."""

    minute: int
    hour: int
    day: int

    @property
    def windows(self) -> tuple[tuple[str, int, int], ...]:
        """Name, quota and length in seconds of each window."""
        return (
            ("minute", self.minute, 60),
            ("hour", self.hour, 3600),
            ("day", self.day, 86400),
        )


PROFILES: Mapping[RateProfileName, RateProfile] = {
    "production": RateProfile(50_000, 2_250_000, 27_000_000),
    "developer-sandbox": RateProfile(12_500, 25_000, 50_000),
    "api-sandbox": RateProfile(2_500, 5_000, 10_000),
    "unlimited": RateProfile(10**9, 10**9, 10**9),
}


@dataclass(frozen=True)
class Timing:
    """How long a run stays in each moving status, in sandbox seconds."""

    pending: float = 1.0
    processing: float = 2.0
    cancelling: float = 1.0
    deleting: float = 1.0

    def __post_init__(self) -> None:
        for each in fields(self):
            if not getattr(self, each.name) >= 0:
                raise ValueError(f"{each.name} must be zero or more seconds")

    def stay(self, status: str) -> float:
        """Return the seconds a run stays in a moving status, spelled as on the wire."""
        return {
            "Pending": self.pending,
            "Processing": self.processing,
            "CancelInprogress": self.cancelling,
            "DeleteInprogress": self.deleting,
        }[status]


@dataclass(frozen=True)
class Options:
    """Settings of the tenant behind the sandbox; the defaults are those of an untouched tenant.

    :param tenant_version: minor version used when a request names none
    :param strict: refuse a cancel without a JSON body, as other Zuora PUTs
        were observed to do
    :param rate_profile: a :class:`RateProfile`, or the name of one: ``production``,
        ``developer-sandbox``, ``api-sandbox``, ``unlimited``; the first three are the vendor's
    :param concurrency_limit: requests in flight, per entity
    :param token_limit: token requests per minute and address
    :param replay: status of a replayed idempotent request: the first one (``same``), or 409
        (``conflict``); the vendor's guides "Idempotent requests" and "Error handling" contradict each
        other
    :param entities: ids of the entities of a multi-entity tenant; none switches it off
    :param entity_names: id -> name, for those who choose an entity with the older header ``entityName``
    :param organizations: id -> name of a multi-org tenant's organizations; none switches it off
    :param settlement: which transaction types exist: with Invoice Settlement ``off``, on
        (``invoice``), on with Item Settlement (``item``), or all types at once (``any``)
    :param timing: how long journal runs stay in each status
    :param unauthorized_on_200: answer missing credentials with HTTP 200 under minor versions
        before 2024-05-20, instead of always with 401
    :param failures_on_200: answer failures with HTTP 200 and ``success: false`` under new minor versions as well
    :param string_codes: write the codes of reasons as text, as the vendor's specification says, instead of as numbers,
        as live tenants do
    :param gzip: compress long answers for those who accept it (``accepted``), or all for everybody (``always``)
    :param transactions: what journal runs find: some of each type every month (``generated``) and those that were
        added; only these (``added``); or one of each type again and again (``endless``)
    :param seed: makes the generated transactions, and the chances of faults; a number or text
    :param control_token: what the control endpoints and the page ask for: at least eight visible ASCII characters;
        ``None`` lets in whoever reaches them
    """

    tenant_version: str = "186.0"
    strict: bool = False
    rate_profile: RateProfile | RateProfileName = "production"
    concurrency_limit: int = 40
    token_limit: int = 100
    replay: ReplayStyle = "same"
    entities: Sequence[str] = ()
    entity_names: Mapping[str, str] = field(default_factory=dict)
    organizations: Mapping[str, str] = field(default_factory=dict)
    settlement: Settlement = "any"
    unauthorized_on_200: bool = False
    failures_on_200: bool = False
    string_codes: bool = False
    gzip: Compression = "accepted"
    transactions: TransactionStore = "generated"
    seed: int | str | None = None
    control_token: str | None = field(default=None, repr=False)
    timing: Timing = field(default_factory=Timing)

    def __post_init__(self) -> None:
        _one_of("replay", self.replay, get_args(ReplayStyle))
        _one_of("settlement", self.settlement, get_args(Settlement))
        _one_of("gzip", self.gzip, get_args(Compression))
        _one_of("transactions", self.transactions, get_args(TransactionStore))
        if isinstance(self.rate_profile, str):
            _one_of("rate_profile", self.rate_profile, tuple(PROFILES))
        for name in ("concurrency_limit", "token_limit"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} should be zero or more")
        if isinstance(self.entities, str):
            raise ValueError("entities should be a list of ids")
        if self.control_token is not None and not _CONTROL_TOKEN.fullmatch(self.control_token):
            raise ValueError("control_token should be eight or more visible ASCII characters")
        object.__setattr__(self, "entities", tuple(self.entities))
        for each in self.entity_names:
            _one_of("entity_names", each, tuple(self.entities))
        object.__setattr__(self, "entity_names", dict(self.entity_names))
        object.__setattr__(self, "organizations", dict(self.organizations))

    @property
    def rates(self) -> RateProfile:
        """The rate profile itself, looked up when given by name."""
        if isinstance(self.rate_profile, str):
            return PROFILES[self.rate_profile]
        return self.rate_profile


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} should be one of: {', '.join(allowed)}")
