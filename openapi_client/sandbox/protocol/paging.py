"""Pages of a list: the parameters that choose one, and the address of the next.

Source: Zuora API reference, "List all journal entries of a journal run". That a size above the maximum is lowered to it
is the general rule of the API; that a page without a size is refused is inferred from "page needs pageSize".
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from openapi_client.sandbox.protocol.calls import Call
from openapi_client.sandbox.protocol.errors import FORMAT, REQUIRED_PARAMETER, Reason, Refusal

_PAGE = "page"
_SIZE = "pageSize"
# The largest number of a row in SQLite; a page behind it is as empty as any behind the end.
_FARTHEST_ROW = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """The part of a list that a request asks for.

    :param number: 1 for the first page
    :param size: items on a page
    :param call: the request
    """

    number: int
    size: int
    call: Call

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return min((self.number - 1) * self.size, _FARTHEST_ROW)

    def next_page(self, total: int) -> dict[str, str]:
        """Return the field of the answer that leads on: ``nextPage`` with an absolute URL, nothing on the last page.

        :param total: items of the whole list
        """
        if self.offset + self.size >= total:
            return {}
        kept = [(name, value) for name, value in _parameters(self.call) if name not in (_PAGE, _SIZE)]
        query = urlencode([*kept, (_PAGE, self.number + 1), (_SIZE, self.size)])
        return {"nextPage": f"{self.call.origin}{self.call.path}?{query}"}


@dataclass(frozen=True)
class Paging:
    """How a list is paged.

    :param default: items on a page when the request does not say
    :param maximum: most items on a page, also when the request asks for more
    """

    default: int
    maximum: int

    def page(self, call: Call) -> Page:
        """Return the page that a request asks for.

        :raises Refusal: for a number that is none or below 1, and for a page without a size
        """
        given = dict(_parameters(call))
        if _PAGE in given and _SIZE not in given:
            raise Refusal(Reason(REQUIRED_PARAMETER, f"{_SIZE} may not be null when {_PAGE} is given"))
        size = min(_whole(given, _SIZE, self.default), self.maximum)
        return Page(_whole(given, _PAGE, 1), size, call)


def _parameters(call: Call) -> list[tuple[str, str]]:
    return parse_qsl(call.query, keep_blank_values=True)


def _whole(given: dict[str, str], name: str, default: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    # More digits than these are no page of anything, and take long to read.
    if not (text.isascii() and text.isdigit() and len(text) <= 18 and int(text) > 0):
        raise Refusal(Reason(FORMAT, f"'{name}' should be a whole number of 1 or more"))
    return int(text)
