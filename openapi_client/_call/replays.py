"""Which answers are known to be replays of what the server stored under an idempotency key."""

from __future__ import annotations

from openapi_client._base import reasons
from openapi_client._call.request import Call
from openapi_client._policy.history import History
from openapi_client._transport.exchange import Reply

#: Of so many keys a client remembers by which request they were answered.
_MOST = 1000
#: Categories of a 409 that is no stored answer: a lock, or the first request with the key is still in progress.
_OF_THE_MOMENT = frozenset({50, 60, 61, 70, 99})


class Replays:
    """Remembers by which request each key was answered first.

    Zuora stores the first answer to a key, with headers and body, whether a success or a failure, and repeats it for 24
    hours (Zuora docs, "Idempotent requests"); so an answer with the request id of an earlier one is its replay. Those
    answers that another process has got are not known.
    """

    def __init__(self) -> None:
        self._answered: dict[str, str] = {}

    def judge(self, call: Call, reply: Reply) -> bool | None:
        """``True`` for a replay, ``False`` for a call without a key, ``None`` when it is not known."""
        if call.key is None or not History(call.request.method, call.key).is_keyed:
            return False
        failed = not 200 <= reply.status <= 299 or b'"requestId"' in reply.body
        body = reasons.lossy(reply.body) if failed else None
        found = reasons.from_body(body)
        if reply.status == 409 and reasons.are_own(found):
            return {reason.category for reason in found}.isdisjoint(_OF_THE_MOMENT) or None
        request_id = reasons.request_id_of(body) or reply.headers.get("Zuora-Request-Id")
        if request_id is None:
            return None
        if self._answered.get(call.key) == request_id:
            return True
        self._answered[call.key] = request_id
        while len(self._answered) > _MOST:
            self._answered.pop(next(iter(self._answered)), None)
        return None
