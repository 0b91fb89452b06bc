"""Between Python values and what travels: parameters, bodies, files, and decoding by type name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from openapi_client._base.dates import parse_date, parse_datetime
from openapi_client._base.reasons import SMALL, most_values
from openapi_client._schema.kinds import Kind, Nested, json_value, wrong_shape
from openapi_client._schema.model import Model, parse_json
from openapi_client.exceptions import ApiValueError, DecodeException

_DELIMITERS = {"ssv": " ", "tsv": "\t", "pipes": "|"}
# Patterns are texts, which ``re`` compiles on first need: few calls need them.
_LIST = r"list\[(.*)\]"
_DICT = r"dict[(\[]([^,]*), (.*)[)\]]"
#: Charsets that take linear time. Others that Python knows do not, such as ``punycode``, or are no charsets of texts.
_LINEAR = (
    r"(?ia)utf[-_]?(8|16|32)([-_]?(le|be|sig))?|(us-)?ascii|latin-?\d+|iso[-_]?8859[-_]\d+|(cp|windows-)\d+|koi8[-_][rtu]"
    r"|shift[-_]jis|euc[-_](jp|kr)|gb(k|2312|18030)|big5"
)
_CHARSET = r"(?i)charset\s*=\s*\"?([\w.:+-]+)"


#: What Zuora sends: to look for the charset in it is not worth the time.
_COMMON = "application/json; charset=utf-8"


def sanitize(value: Any) -> Any:
    """``value`` as JSON can hold it, see :func:`~openapi_client._schema.kinds.json_value`.

    :raises ApiTypeError: an object of another class.
    :raises ApiValueError: nested too deeply, which includes what contains itself.
    """
    try:
        return json_value(value)
    except RecursionError:
        raise ApiValueError("Cannot send what is nested too deeply, or contains itself") from None


def pairs(params: Any, collection_formats: Mapping[str, str] | None) -> list[tuple[str, Any]]:
    """Parameters as pairs; collections become repeated pairs (``multi``) or one delimited text."""
    given = params if type(params) is list else [*(params.items() if isinstance(params, Mapping) else params)]
    if not collection_formats:
        return given
    found: list[tuple[str, Any]] = []
    for name, value in given:
        style = collection_formats.get(name)
        if style == "multi":
            found.extend((name, item) for item in value)
        elif style is not None:
            found.append((name, _DELIMITERS.get(style, ",").join(map(str, value))))
        else:
            found.append((name, value))
    return found


def file_fields(files: Mapping[str, Any] | None) -> list[tuple[str, tuple[str, bytes, str]]]:
    """Form fields ``(name, (file name, content, media type))`` from paths, or lists of paths."""
    import mimetypes  # loaded on first need: it reads the system's tables
    from pathlib import Path

    found = []
    for name, paths in (files or {}).items():
        for path in (paths if isinstance(paths, list) else [paths]) if paths else ():
            media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
            found.append((name, (Path(path).name, Path(path).read_bytes(), media_type)))
    return found


def text_of(data: Any, content_type: str | None) -> str:
    """A body as text, by the charset of its content type; UTF-8 where none is named.

    :raises DecodeException: an unknown charset, or bytes that are not in it.
    """
    if isinstance(data, str):
        return data
    charset = "utf-8"
    if content_type and content_type != _COMMON and (match := re.search(_CHARSET, content_type)):
        charset = match[1]
    try:
        if charset != "utf-8" and not re.fullmatch(_LINEAR, charset):
            raise LookupError
        # RFC 8259 section 8.1 lets a reader ignore a byte order mark.
        return data.decode(charset).removeprefix("\ufeff")  # type: ignore[no-any-return]  # bytes, or a test's double
    except LookupError:
        raise DecodeException(reason=f"The answer has the unknown charset {charset!r}") from None
    except UnicodeError as error:
        raise DecodeException(reason=f"The answer is not {charset}: {error}") from None


def json_of(text: str, size: int = 0) -> Any:
    """Parsed JSON.

    :param size: bytes that an answer may have.
    :raises DecodeException: not JSON, ``NaN`` included, nested too deeply, or of too many values.
    """
    most = most_values(text, size) if len(text) > SMALL else None
    if most is not None:
        limit = "raise Configuration.max_response_bytes if that is expected"
        raise DecodeException(reason=f"The answer holds more than {most} JSON values; {limit}")
    try:
        return parse_json(text)
    except ValueError as error:
        raise DecodeException(reason=f"The answer is not JSON: {error}") from None
    except RecursionError:
        raise too_deep() from None


def too_deep() -> DecodeException:
    """The error for an answer that needs more levels of calls than there are."""
    return DecodeException(reason="The answer is JSON nested too deeply")


class TypeName(str):
    """The name of a type as generated code writes it, which also knows the kind of value it stands for.

    :ivar brings: the fields, by wire name, without which an answer of the type is no success.
    :ivar judge: gives the class of the exception for a refusal, of it and the settings.
    :ivar raises: whether a refusal raises, whatever the settings say.
    """

    kind: Kind
    brings: tuple[str, ...]
    judge: Callable[[Any, Any], Any] | None
    raises: bool

    def __new__(
        cls,
        kind: Kind,
        brings: tuple[str, ...] = (),
        judge: Callable[[Any, Any], Any] | None = None,
        *,
        raises: bool = False,
    ) -> TypeName:
        """Name a kind."""
        self = super().__new__(cls, kind.name)
        self.kind = kind
        self.brings = brings
        self.judge = judge
        self.raises = raises
        return self

    def lacks(self, plain: Any) -> str | None:
        """The first field that a success has to bring and this JSON value does not, or ``None``."""
        found = plain if isinstance(plain, dict) else {}
        return next((name for name in self.brings if not str(found.get(name) or "").strip()), None)


class Decoder:
    """Decodes parsed JSON by a type: a class, or its name as generated code writes it.

    :param models: where the names of models are looked up.
    :param configuration: passed to foreign models when its ``client_side_validation`` is off.
    """

    def __init__(self, models: Callable[[str], Any], configuration: Any) -> None:
        self._models = models
        self._configuration = configuration

    def decode(self, data: Any, kind: Any) -> Any:
        """The value; ``None`` stays ``None``.

        :raises DecodeException: ``data`` has another shape than ``kind``.
        """
        if data is None:
            return None
        if isinstance(kind, TypeName):
            return kind.kind.decode(data, "The answer")
        if isinstance(kind, str):
            if match := re.fullmatch(_LIST, kind):
                return [self.decode(item, match[1]) for item in _shaped(data, list, kind)]
            if match := re.fullmatch(_DICT, kind):
                return {key: self.decode(item, match[2]) for key, item in _shaped(data, dict, kind).items()}
            kind = kind if kind in _SIMPLE else self._models(kind)
        if isinstance(kind, type) and issubclass(kind, Model):
            return kind._decode(data)
        simple = _SIMPLE.get(kind)
        return simple(data) if simple is not None else self._foreign(data, kind)

    def nothing(self, kind: Any) -> Any:
        """The value of an answer with status 204, which has no body."""
        return self.decode({}, kind) if self.is_model(kind) else None

    def is_model(self, kind: Any) -> bool:
        """Whether ``kind`` is one of our models, or its name."""
        if isinstance(kind, TypeName):
            return isinstance(kind.kind, Nested)
        if isinstance(kind, str):
            kind = self._models(kind) if kind.isidentifier() and kind not in _SIMPLE else None
        return isinstance(kind, type) and issubclass(kind, Model)

    def _foreign(self, data: Any, kind: Any) -> Any:
        """A model of another generated client, by its own constructor."""
        if isinstance(kind, type) and issubclass(kind, Enum):
            try:
                return kind(data)
            except ValueError:
                raise wrong_shape("The answer", f"a {kind.__name__}", data) from None
        by_value = hasattr(kind, "get_real_child_model") and kind.discriminator_value_class_map
        if not kind.openapi_types and not by_value:
            return data
        _shaped(data, dict, kind.__name__)
        given = {
            name: self.decode(data[kind.attribute_map[name]], wanted)
            for name, wanted in (kind.openapi_types or {}).items()
            if kind.attribute_map[name] in data
        }
        if not self._configuration.client_side_validation:
            given["local_vars_configuration"] = self._configuration
        model = kind(**given)
        child = model.get_real_child_model(data) if by_value else None
        return self.decode(data, child) if child else model


def _shaped(data: Any, shape: type, kind: str) -> Any:
    if not isinstance(data, shape):
        raise wrong_shape("The answer", f"a {kind}", data)
    return data


def _number(kind: type) -> Callable[[Any], Any]:
    def decode(data: Any) -> Any:
        try:
            value = None if isinstance(data, bool) else kind(data)
            if value is not None and (isinstance(data, str) or value == data):
                return value
        except (TypeError, ValueError, OverflowError):
            pass  # reported below, together with the other wrong shapes
        raise wrong_shape("The answer", kind.__name__, data)

    return decode


def _moment(parse: Callable[[str], Any], name: str) -> Callable[[Any], Any]:
    def decode(data: Any) -> Any:
        try:
            return parse(data)
        except (TypeError, ValueError, OverflowError, AttributeError):
            raise DecodeException(status=0, reason=f"Failed to parse `{data}` as {name} object") from None

    return decode


_SIMPLE: dict[Any, Callable[[Any], Any]] = {
    **dict.fromkeys(("int", "long", int), _number(int)),
    **dict.fromkeys(("float", float), _number(float)),
    **dict.fromkeys(("str", str), lambda data: data if isinstance(data, str) else str(data)),
    **dict.fromkeys(("bool", bool), lambda data: _shaped(data, bool, "bool")),
    **dict.fromkeys(("bytes", bytes, "object", object), lambda data: data),
    **dict.fromkeys(("date", datetime.date), _moment(parse_date, "date")),
    **dict.fromkeys(("datetime", datetime.datetime), _moment(parse_datetime, "datetime")),
}


def save_file(data: bytes, disposition: str | None, folder: str | None) -> str:
    """Write a downloaded body into ``folder`` (the system's temporary one for ``None``) and give the path.

    The name is the last part of what ``Content-Disposition`` says, so it cannot leave the folder, and a file that
    is there already is not overwritten.
    """
    import tempfile  # loaded on first need
    from pathlib import Path

    home = Path(folder or tempfile.gettempdir())
    name = _file_name(disposition)
    for path in (home / name, Path(tempfile.mkdtemp(dir=home)) / name) if name else ():
        try:
            with path.open("xb") as file:
                file.write(data)
        except OSError:
            continue  # it exists, or its name is none for this file system
        return str(path)
    handle, unnamed = tempfile.mkstemp(dir=home)
    with open(handle, "wb") as file:
        file.write(data)
    return unnamed


def _file_name(disposition: str | None) -> str:
    from email.message import Message

    header = Message()
    header["Content-Disposition"] = "".join(filter(str.isprintable, disposition or ""))
    try:
        given = header.get_filename() or ""
    except (ValueError, TypeError, LookupError):
        return ""  # RFC 2231 names a charset, and some of those that Python knows raise what email does not expect
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(filter(str.isprintable, name)).strip()
    # File systems count bytes: most of them allow 255.
    return "" if name in (".", "..") else name.encode(errors="ignore")[:200].decode(errors="ignore")
