"""What is on the other side of a call, as a model: a gateway, the application behind it, and an issuer of tokens.

Whatever happens is drawn from a seed. Two things are kept apart: what the server did, and what the client saw. Every
form of an answer has a meaning to somebody who sees nothing else, and the model gives a form only where its meaning is
right: so an oracle that knows no more than the client says what can be known.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from openapi_client._policy.history import Failure
from openapi_client._transport.exchange import Reply, Request
from openapi_client.exceptions import RequestTimeoutException
from support.memory import NOT_SENT, RESET, STALE, TOKEN_PATH, path_of, refusal, reply

NUMBER = "JR-00000007"
CANCELLABLE = frozenset({"Pending", "Error", "Completed"})
STATUSES = ["Pending", "Processing", "Completed", "Error", "CancelInprogress", "Cancelled", "DeleteInprogress"]


class Meaning(Enum):
    """What an answer to one attempt says."""

    NOTHING = "this attempt was not done; of others it says nothing"
    OPEN = "this attempt may have been done"
    REFUSED = "the application itself refuses what was asked for"
    DONE = "it is done"


@dataclass(frozen=True)
class Form:
    """An answer, or a failure, and what it means."""

    meaning: Meaning
    content: Any


def _forms(meaning: Meaning, *contents: Any) -> tuple[Form, ...]:
    return tuple(Form(meaning, content) for content in contents)


def _page(status: int, text: str = "<html>an error</html>", **headers: str) -> Reply:
    return reply(status, text.encode(), {"Content-Type": "text/html", **headers})


#: A gateway, a proxy or a CDN answers itself, and has passed nothing on.
TURNED_AWAY = _forms(
    Meaning.NOTHING,
    reply(404, {"message": "no Route matched with those values"}),
    reply(404),
    *(_page(status) for status in (400, 403, 404, 405, 413, 451)),
    _page(302, Location="https://status.example/maintenance"),
    reply(400, {"error": {"code": "40", "message": "bad request"}}),
    reply(404, {"code": 50000040, "text": "not in the form of the application"}),
    reply(429, {"message": "request exceeded limit"}, {"Retry-After": "2"}),
)
#: The application, before it begins with the work.
NOT_BEGUN = _forms(
    Meaning.NOTHING,
    refusal(50000070, status=429),
    refusal(50000070),
    refusal(50000050),
    refusal(50000050, status=409),
    refusal(50000010, status=403),
    refusal(50000010),
)
#: A token is not accepted.
NOT_SIGNED_IN = _forms(
    Meaning.NOTHING,
    reply(401),
    _page(401),
    reply(401, {"message": "Authentication error"}),
    refusal(90000011, status=401),
    refusal(90000011),
)
#: A gateway that heard nothing of the application, or an answer that was lost on its way.
LOST = _forms(
    Meaning.OPEN,
    RESET,
    STALE,
    Failure("no complete answer within 5 seconds", error=RequestTimeoutException, phase="read"),
    *(_page(status) for status in (500, 502, 503, 504)),
    _page(408),
    reply(408, {"message": "timeout"}),
    reply(503, b"", {"Retry-After": "3"}),
    _page(200, "<html>sign in</html>"),
    reply(200),
    reply(200, b"{"),
)
#: The application fails, before or after the work.
BROKEN = _forms(
    Meaning.OPEN,
    *(refusal(50000000 + category, status=status) for category in (60, 61, 99) for status in (200, 500)),
    reply(500, {"reasons": [{"code": "SystemError", "message": "internal server error"}]}),
    reply(200, {"success": False, "reasons": [{"code": "SystemError", "message": "internal server error"}]}),
    reply(200, {"success": False}),
    reply(500),
    refusal(50000011, status=500),
    refusal(50000030, 50000061),
)
#: The first request with the same key is still at work.
IN_PROGRESS = _forms(
    Meaning.OPEN, reply(409, {"message": "in progress"}), reply(409), refusal(50000061, status=409), _page(409)
)
#: Without a key a conflict is one, whoever says so.
LOCKED = _forms(Meaning.NOTHING, reply(409), _page(409), refusal(50000050, status=409))
#: A create is done, or not: the answer does not have what a success has.
HOLLOW = _forms(
    Meaning.OPEN,
    reply(200, {}),
    reply(204),
    reply(200, {"success": True}),
    reply(200, {"Success": False}),
    reply(200, {"success": True, "journalRunNumber": None}),
    reply(200, {"success": True, "journalRunNumber": ""}),
)
#: A cancel or delete is accepted.
ACCEPTED = _forms(Meaning.DONE, reply(200, {"success": True}), reply(200, {}), reply(204))
_STATUS_OF = {40: 404, 45: 405}


@dataclass
class Kept:
    """What the server has under a key.

    :ivar form: the answer; ``None`` while the first request is at work.
    :ivar replay: the same in the other style of replays.
    """

    form: Form | None = None
    replay: Form | None = None


class World:
    """One call, seen from the other side. Gives the client's requests what they meet.

    :param act: ``create``, ``keyless``, ``cancel`` or ``delete``.
    :param is_socket: whether answers have to be such that a server on a socket can give them.
    :ivar commits: what the application did for this call, run numbers for a create.
    :ivar seen: what the client saw of each attempt.
    :ivar looked: what it saw of the run: a status, ``missing``, or ``None``.
    :ivar has_been: every status that the run had in the time of the call; ``None`` once it was gone.
    """

    def __init__(self, seed: int, act: str, *, is_socket: bool = False, sleep: Callable[[float], None]) -> None:
        self._chance = random.Random(seed)
        self._act = act
        self._sleep = sleep
        self._is_socket = is_socket
        self._is_rough = True
        self._refuses = self._happens(0.25)
        self._replays_as_409 = self._happens(0.5)
        self._kept: dict[str, Kept] = {}
        self._is_accepted = False
        self.status: str | None = self._chance.choice([*STATUSES, "Completed", "Cancelled"])
        self.commits: list[str] = []
        self.seen: list[Meaning] = []
        self.looked: str | None = None
        self.has_been = [self.status]

    def calm_down(self) -> None:
        """From now on nothing is lost, and whatever is at work ends."""
        self._is_rough = False

    def settle_down(self) -> None:
        """The end of the history: what is still at work ends."""
        for kept in self._kept.values():
            if kept.form is None:
                self._end(kept)

    def __call__(self, request: Request) -> Any:
        """What a request meets."""
        if self._is_rough and self._happens(0.1):
            self._sleep(self._chance.uniform(0.0, 20.0))
        if path_of(request) == TOKEN_PATH:
            return self._token()
        self._time_goes_by()
        if request.method == "GET":
            return self._look()
        form = self._met(request)
        self.seen.append(form.meaning)
        return form.content

    def _happens(self, probability: float) -> bool:
        return self._chance.random() < probability

    def _one_of(self, *forms: Form) -> Form:
        found = [form for form in forms if not self._is_socket or form.content is not STALE]
        return self._chance.choice(found)

    def _token(self) -> Any:
        if self._is_rough and self._happens(0.3):
            return self._chance.choice(
                [RESET, _page(503), reply(403, {"message": "deactivated"}), reply(429), reply(200, {}), _page(200)]
            )
        return reply(200, {"access_token": f"token-{self._chance.random()}", "expires_in": 3600})

    def _met(self, request: Request) -> Form:
        if not self._is_rough:
            return self._applied(request)
        where = self._chance.random()
        if where < 0.06 and not self._is_socket:
            return Form(Meaning.NOTHING, NOT_SENT)
        if where < 0.18:
            return self._one_of(*TURNED_AWAY)
        if where < 0.28:
            return self._one_of(*LOST)
        if where < 0.42:
            return self._one_of(*NOT_SIGNED_IN)
        if where < 0.5:
            return self._one_of(*NOT_BEGUN)
        form = self._applied(request)
        return self._one_of(*LOST) if self._happens(0.4) else form

    def _applied(self, request: Request) -> Form:
        if self._act in ("cancel", "delete"):
            return self._cancelled() if self._act == "cancel" else self._deleted()
        key = request.headers.get("Idempotency-Key")
        if key is None:
            is_locked = self._is_rough and self._happens(0.1)
            return self._one_of(*LOCKED) if is_locked else self._created(Kept())
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = Kept()
            beginning = self._chance.random() if self._is_rough else 1.0
            if beginning < 0.15:
                return self._one_of(*LOST)  # and goes on working
            if beginning < 0.25:
                return self._one_of(*IN_PROGRESS)  # an earlier call is at work; what it makes is the run of this one
            return self._created(kept)
        if kept.form is None:
            if self._is_rough and self._happens(0.5):
                return self._one_of(*IN_PROGRESS)
            self._end(kept)
        elif kept.form.meaning is Meaning.OPEN and not self.commits and self._happens(0.5):
            return self._created(kept)  # a failure that was not kept
        form = kept.replay if self._replays_as_409 else kept.form
        assert form is not None
        return form

    def _end(self, kept: Kept) -> None:
        """The work of a first request ends, well or not."""
        self._created(kept)

    def _created(self, kept: Kept) -> Form:
        """The application works on a create, keeps the answer, and gives it."""
        if self._refuses:
            form = self._refusal(*self._chance.choice([(20,), (22, 30), (30,), (40,), (90,)]))
        elif self._is_rough and self._happens(0.2):
            form = self._one_of(*BROKEN)
            if self._happens(0.5):
                self._commit_run()
        else:
            self._commit_run()
            done = {"success": True, "journalRunNumber": self.commits[-1]}
            if self._happens(0.3):
                del done["success"]
            form = Form(Meaning.DONE, reply(200, done))
        kept.form = form
        kept.replay = Form(form.meaning, form.content._replace(status=409))
        if form.meaning is Meaning.DONE and self._is_rough and self._happens(0.1):
            return self._one_of(*HOLLOW)
        return form

    def _commit_run(self) -> None:
        self.commits.append(f"JR-{len(self.commits) + 1:08d}")

    def _refusal(self, *categories: int) -> Form:
        status = 200 if self._happens(0.5) else _STATUS_OF.get(categories[0], 400)
        codes: Any = [50000000 + category for category in categories]
        return Form(Meaning.REFUSED, refusal(*(map(str, codes) if self._happens(0.3) else codes), status=status))

    def _cancelled(self) -> Form:
        if self.status is None:
            return self._refusal(40)
        if self.status not in CANCELLABLE or (self._is_accepted and self._happens(0.5)):
            return self._refusal(30)
        if self._is_rough and self._happens(0.1):
            return self._one_of(*LOCKED)
        if self._is_rough and self._happens(0.2):
            if self._happens(0.5):
                self._accept()
            return self._one_of(*BROKEN)
        self._accept()
        return self._one_of(*ACCEPTED)

    def _accept(self) -> None:
        self.commits.append("accepted")
        self._is_accepted = True

    def _deleted(self) -> Form:
        if self.status is None:
            return self._refusal(40)
        if self.status != "Cancelled":
            return self._refusal(30)
        self.commits.append("accepted")
        self._become("DeleteInprogress")
        return self._one_of(*BROKEN) if self._is_rough and self._happens(0.2) else self._one_of(*ACCEPTED)

    def _become(self, status: str | None) -> None:
        self.status = status
        self.has_been.append(status)

    def _time_goes_by(self) -> None:
        """The run goes on by itself: nobody else does anything to it."""
        if self._happens(0.5):
            return
        if self._is_accepted and self.status in CANCELLABLE:
            self._is_accepted = False
            self._become("CancelInprogress")
        elif self.status == "CancelInprogress":
            self._become(self._chance.choice(["Cancelled", "Completed"]))
        elif self.status == "Pending":
            self._become("Processing")
        elif self.status == "Processing":
            self._become(self._chance.choice(["Completed", "Error"]))
        elif self.status == "DeleteInprogress":
            self._become(None)

    def _look(self) -> Any:
        if self._is_rough and self._happens(0.3):
            content = self._one_of(*TURNED_AWAY, *LOST, *NOT_SIGNED_IN, *BROKEN, *NOT_BEGUN).content
            return NOT_SENT if content is STALE else content
        if self.status is None:
            self.looked = "missing"
            return refusal(50000040, status=self._chance.choice([200, 404]))
        if self._happens(0.1):
            return reply(200, self._chance.choice([{"success": True}, {"status": "Reversing", "success": True}]))
        self.looked = self.status
        return reply(200, {"number": NUMBER, "status": self.status, "success": True})


def may_be_done(world: World, act: str) -> bool:
    """What can be known of a call that has failed, by somebody who saw what the client saw.

    Under a key a refusal is the answer to all attempts. A cancel that was refused when it was repeated is known by a
    look at the run: what is ``Processing`` has been in no status since that can be cancelled; and a delete by any
    status but that in which it is allowed, since nothing comes back from there.
    """
    may = False
    for meaning in world.seen:
        if meaning is Meaning.OPEN:
            may = True
        elif meaning is Meaning.REFUSED and act == "create":
            may = False
    telling = {"cancel": {"Processing"}, "delete": {*STATUSES} - {"Cancelled"}}.get(act, set())
    return may and world.looked not in telling
