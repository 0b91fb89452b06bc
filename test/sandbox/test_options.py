"""The settings of the tenant."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from openapi_client.sandbox import Options, RateProfile, Sandbox


def test_the_defaults_are_an_untouched_tenant():
    """A tenant nobody has upgraded answers as version 186.0 does."""
    options = Options()
    assert (options.tenant_version, options.replay, options.settlement) == ("186.0", "same", "any")
    assert options.rates == RateProfile(50_000, 2_250_000, 27_000_000)
    assert (options.concurrency_limit, options.token_limit) == (40, 100)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"replay": "different"}, "replay should be one of: same, conflict"),
        ({"settlement": "on"}, "settlement should be one of: any, off, invoice, item"),
        ({"rate_profile": "free"}, "rate_profile should be one of: production"),
        ({"concurrency_limit": -1}, "concurrency_limit"),
        ({"token_limit": -1}, "token_limit"),
        ({"entities": "one-id"}, "entities should be a list"),
    ],
)
def test_a_senseless_setting_is_refused(arguments, message):
    """Each mistake is told when the options are made."""
    with pytest.raises(ValueError, match=message):
        Options(**arguments)


def test_a_rate_profile_can_be_given_itself():
    """A name is a short form for a profile."""
    profile = RateProfile(1, 2, 3)
    assert Options(rate_profile=profile).rates is profile


def test_options_do_not_change_with_what_they_were_made_from():
    """Lists and tables are copied."""
    entities, organizations = ["e"], {"o": "name"}
    options = Options(entities=entities, organizations=organizations)
    entities.append("f")
    organizations["p"] = "other"
    assert (options.entities, dict(options.organizations)) == (("e",), {"o": "name"})


def test_a_sandbox_takes_every_option():
    """Under the same name and with the same default, so that an editor knows each; what it does not take is refused."""
    untouched = Options()
    taken = inspect.signature(Sandbox).parameters
    for option in fields(Options):
        if option.name != "timing":
            assert taken[option.name].default == getattr(untouched, option.name)
    assert {each.kind for each in taken.values()} == {
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.KEYWORD_ONLY,
    }


def test_an_unknown_option_of_a_sandbox_is_refused():
    """A typing mistake does not pass silently."""
    with pytest.raises(TypeError, match="strict"):
        Sandbox(stricter=True)
