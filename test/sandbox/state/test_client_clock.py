"""``openapi_client/sandbox/state/client_clock.py``: clients that do not wait."""

from __future__ import annotations

import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import openapi_client
from openapi_client.sandbox import ClientClock, SandboxClock

TIMEOUT_SECONDS = 20


class Waiting(SandboxClock):
    """A sandbox clock that lets go of the first to move it only when told."""

    def __init__(self):
        super().__init__(frozen=True)
        self.is_moving, self.may_go_on = threading.Event(), threading.Event()

    def advance(self, seconds):
        self.is_moving.set()
        assert self.may_go_on.wait(TIMEOUT_SECONDS)
        super().advance(seconds)


class Asked(ClientClock):
    """Tells when a second sleep has begun."""

    def __init__(self, sandbox):
        self._looks = 0
        self.looked_twice = threading.Event()
        super().__init__(sandbox)

    @property
    def _skipped(self):
        self._looks += 1
        if self._looks == 3:  # once before and once after the first has the lock
            self.looked_twice.set()
        return self._seconds

    @_skipped.setter
    def _skipped(self, seconds):
        self._seconds = seconds


def test_a_sleep_ends_at_once_and_moves_both_clocks(sandbox_with):
    """A month of waiting takes no time, for the sandbox, time limits and token expiry alike."""
    sandbox = sandbox_with()
    clock, began = sandbox.client_clock, sandbox.clock.now()
    now, wall = clock.now(), clock.wall()
    clock.sleep(30 * 86400)
    assert (sandbox.clock.now() - began).total_seconds() == 30 * 86400
    assert clock.now() - now >= 30 * 86400
    assert clock.wall() - wall == (sandbox.clock.now() - began).total_seconds()
    clock.sleep(0)
    clock.sleep(-1)


def test_sleeps_that_overlap_do_not_add_up():
    """Who waits a minute, ten seconds of which another has waited meanwhile, waits for fifty."""
    sandbox = Waiting()
    began, clock = sandbox.now(), Asked(sandbox)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(clock.sleep, 10)
        assert sandbox.is_moving.wait(TIMEOUT_SECONDS)
        second = pool.submit(clock.sleep, 60)
        assert clock.looked_twice.wait(TIMEOUT_SECONDS)
        sandbox.may_go_on.set()
        first.result(TIMEOUT_SECONDS)
        second.result(TIMEOUT_SECONDS)
    assert (sandbox.now() - began).total_seconds() == 60


def test_many_clients_wait_at_once(sandbox_with, order):
    """Each sees its own run complete, within its own time limit."""
    sandbox = sandbox_with(skips_waits=True, entities=[f"e{number}" for number in range(6)])

    def close_month(entity):
        with openapi_client.ApiClient(sandbox.configuration()) as client:
            api = openapi_client.JournalRunsApi(client)
            number = api.create_journal_run(order, zuora_entity_ids=entity).journal_run_number
            return api.wait_for_journal_run(number, timeout=3600, zuora_entity_ids=entity).status

    with ThreadPoolExecutor(6) as pool:
        assert {*pool.map(close_month, sandbox.options.entities)} == {"Completed"}


def test_a_wait_that_fails_takes_no_time(sandbox_with, order):
    """The time limit is that of the call, although the clock of the sandbox stands still."""
    sandbox = sandbox_with(skips_waits=True)
    with openapi_client.ApiClient(sandbox.configuration()) as client:
        api = openapi_client.JournalRunsApi(client)
        number = api.create_journal_run(order).journal_run_number
        sandbox.hold(number)
        with pytest.raises(openapi_client.RequestTimeoutException) as caught:
            api.wait_for_journal_run(number, timeout=3600)
    assert caught.value.run.status == "Processing"


def test_only_who_asks_for_it_skips_waits(sandbox):
    """A sandbox that people look at runs by the clock it was given."""
    assert type(sandbox.configuration().clock) is openapi_client.Clock


def test_a_configuration_with_it_can_be_copied_and_sent_away(sandbox_with):
    """A copy moves the same sandbox; in another process it is real time."""
    sandbox = sandbox_with(skips_waits=True)
    configuration = sandbox.configuration()
    assert copy.deepcopy(configuration).clock is sandbox.client_clock
    assert type(pickle.loads(pickle.dumps(sandbox.client_clock))) is openapi_client.Clock
