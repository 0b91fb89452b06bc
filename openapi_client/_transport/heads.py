"""Heads of answers, read directly where they are plainly common: Python reads them as e-mail, a fifth of a call."""

from __future__ import annotations

import http.client
import re
from typing import Any

#: HTTP/1.1, a status that has a body, a reason, and fields of printable ASCII without white space at their ends. Of any
#: other head, such as one with folded lines, Python is the judge.
_COMMON = re.compile(
    rb"HTTP/1\.1 (?!204|304)([2-5][0-9]{2}) ([!-~](?:[ -~]*[!-~])?)\r\n"
    rb"((?:[!-9;-~]+: [!-~](?:[ -~]*[!-~])?\r\n){1,60})\r\n"
)
#: Contents that make Python look for parts, and note a defect where there are none.
_OF_PARTS = ("multipart/", "message/")


class _Head(http.client.HTTPMessage):
    """Fields that are known to be printable ASCII, and so need no looking at."""

    def items(self) -> Any:
        return [*self.raw_items()]


def begin(response: Any) -> bool:
    """Read the head of an ``http.client.HTTPResponse`` as its own ``begin`` would, or else leave it unread.

    :returns: whether it was read: it has arrived as a whole, and is plainly common.
    """
    found = _COMMON.match(response.fp.peek())
    if found is None or response._method == "HEAD" or response.debuglevel > 0:
        return False
    status, reason, block = found.groups()
    fields = [line.split(": ", 1) for line in block.decode("ascii").split("\r\n")[:-1]]
    # Of several fields with one name the first counts, as it does for Python.
    first = {name.lower(): value for name, value in reversed(fields)}
    length = first.get("content-length", "0")
    if first.get("content-type", "").lower().startswith(_OF_PARTS) or not (length.isdecimal() and len(length) < 20):
        return False
    response.fp.read(found.end())
    response.headers = response.msg = head = _Head()
    for name, value in fields:
        head.set_raw(name, value)
    response.code = response.status = int(status)
    response.reason, response.version = reason.decode("ascii"), 11
    response.chunked = first.get("transfer-encoding", "").lower() == "chunked"
    if response.chunked:
        response.chunk_left = None
    response.length = int(length) if "content-length" in first and not response.chunked else None
    is_bounded = response.chunked or response.length is not None
    response.will_close = not is_bounded or "close" in first.get("connection", "").lower()
    return True
