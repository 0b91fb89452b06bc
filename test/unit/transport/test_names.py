"""Looking up names: once, without what is there twice, and within a time limit."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from openapi_client._transport import names


class Resolver:
    """What stands in for the system's resolver.

    :ivar asked: what it was asked for.
    """

    def __init__(self, outcome: Any) -> None:
        self._outcome = outcome
        self.asked: list[tuple[Any, ...]] = []
        self.threads: list[int] = []
        self.ended = threading.Event()

    def __call__(self, *args: Any) -> Any:
        self.asked.append(args)
        self.threads.append(threading.get_ident())
        if args[-1] == socket.AI_NUMERICHOST and not args[0][0].isdigit():
            raise socket.gaierror(-2, "a name")
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        if isinstance(self._outcome, threading.Event):
            self._outcome.wait(10)
            self.ended.set()
            return []
        return [(family, socket.SOCK_STREAM, 6, "", (address, args[1])) for family, address in self._outcome]


FOUND = [(socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.2")]


def test_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address once, in the order of the resolver, which is asked on a thread of its own."""
    resolver = Resolver(FOUND)
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert names.addresses("a.example", 443, 5.0) == ["127.0.0.2", "::1"]
    family = names.allowed_gai_family()
    assert resolver.asked == [
        ("a.example", 443, family, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST),
        ("a.example", 443, family, socket.SOCK_STREAM, 0, 0),
    ]
    own, other = resolver.threads
    assert own == threading.get_ident() != other


@pytest.mark.parametrize(("host", "asked"), [("127.0.0.1", "127.0.0.1"), ("[1::1]", "1::1")])
def test_numbers_need_no_thread(host: str, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address is one already, with or without brackets."""
    resolver = Resolver(FOUND[:1])
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert names.addresses(host, 80, 5.0) == ["127.0.0.2"]
    assert [args[0] for args in resolver.asked] == [asked]
    assert resolver.threads == [threading.get_ident()]


@pytest.mark.parametrize("error", [socket.gaierror(-3, "try again"), OSError("no network"), UnicodeError("no label")])
def test_names_that_are_not_found(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the resolver says is told with the name."""
    monkeypatch.setattr(socket, "getaddrinfo", Resolver(error))
    with pytest.raises(OSError, match=r"Failed to resolve 'a\.example' \(.*(try again|no network|no label)\)"):
        names.addresses("a.example", 443, 5.0)


@pytest.mark.parametrize("seconds", [0.01, 0.0, -1.0])
def test_a_resolver_that_takes_too_long(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits longer than wanted; the thread ends when the resolver does."""
    leave = threading.Event()
    resolver = Resolver(leave)
    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(TimeoutError, match=r"the name a\.example was not resolved in time"):
        names.addresses("a.example", 443, seconds)
    assert not resolver.ended.is_set()
    leave.set()
    assert resolver.ended.wait(10)
