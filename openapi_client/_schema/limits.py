"""How long, how many or how large the value of a parameter may be."""

from __future__ import annotations

from typing import Any, NamedTuple

from openapi_client.exceptions import ApiValueError


class Limits(NamedTuple):
    """The limits that the description sets for one parameter; ``None`` sets none.

    :ivar name: the parameter.
    :ivar shortest: characters of a text, or items of a list, at least.
    :ivar longest: characters of a text, or items of a list, at most.
    :ivar least: the least number.
    :ivar most: the largest number.
    """

    name: str
    shortest: int | None = None
    longest: int | None = None
    least: float | None = None
    most: float | None = None

    def __call__(self, value: Any, method: str) -> None:
        """Refuse a value outside the limits, in the words of OpenAPI Generator.

        :raises ApiValueError: it is outside.
        """
        what, size = "value", value
        lower, upper = self.least, self.most
        if isinstance(value, (str, list, tuple)):
            what, size = "length" if isinstance(value, str) else "number of items", len(value)
            lower, upper = self.shortest, self.longest
        if lower is not None and size < lower:
            problem = f"{what} must be greater than or equal to `{lower}`"
        elif upper is not None and size > upper:
            problem = f"{what} must be less than or equal to `{upper}`"
        else:
            return
        raise ApiValueError(f"Invalid value for parameter `{self.name}` when calling `{method}`, {problem}")
