"""Wrong arguments of a constructor as an error of this package."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from openapi_client._base.nearest import hint
from openapi_client.exceptions import ApiTypeError

_Made = TypeVar("_Made", bound=Callable[..., Any])


def strict(make: _Made) -> _Made:
    """A function that raises :class:`~openapi_client.ApiTypeError` for arguments it does not take.

    Its signature, documentation and own errors stay.
    """

    @wraps(make)
    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return make(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__ is None or error.__traceback__.tb_next is not None:
                raise  # by the function itself, not by the call of it
            message = str(error)
        unknown = re.search(r"unexpected keyword argument '(\w+)'", message)
        code: Any = make.__code__
        known = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
        raise ApiTypeError(message + (hint(unknown[1], known) if unknown else ""))

    return called  # type: ignore[return-value]  # what it is to type checkers
