"""How OpenAPI Generator 4.3.1 (``python``) names what a description has."""

from __future__ import annotations

import keyword
import re

#: What its Python generator does not let a variable be called, besides the keywords (``setReservedWordsLowerCase``).
_RESERVED = frozenset(
    {
        *map(str.lower, keyword.kwlist), "all_params", "resource_path", "path_params", "query_params", "header_params",
        "form_params", "local_var_files", "body_params", "auth_settings", "property", "print", "exec", "self", "nil",
    }
)  # fmt: skip
_CUTS = re.compile(r"[-_:;#]")


def underscore(word: str) -> str:
    """``getHTTPStatus`` becomes ``get_http_status``."""
    word = word.replace(".", "/").replace("$", "__")
    word = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", word)
    word = re.sub(r"([a-z\d])([A-Z])", r"\1_\2", word)
    return word.replace("-", "_").replace(" ", "_").lower()


def camelize(word: str) -> str:
    """``journal runs`` becomes ``JournalRuns``."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[ _./:-]", word))


def operation(identifier: str) -> str:
    """The method of an ``operationId``: ``GET_JournalRun`` becomes ``g_et_journal_run``.

    The generator first joins the parts around each of ``-_:;#``, each begun with a capital, then begins the whole with
    a small letter, and only then looks for words: that is where the lonely ``g`` comes from.
    """
    joined = "".join(part[:1].upper() + part[1:] for part in _CUTS.split(identifier))
    name = underscore(_plain(joined[:1].lower() + joined[1:]))
    return f"call_{name}" if name in _RESERVED or name[:1].isdigit() else name


def variable(name: str) -> str:
    """The argument or attribute of a parameter or a property: ``jr-number`` becomes ``jr_number``."""
    name = _plain(name).replace("$", "")
    name = name.lower() if re.fullmatch(r"[A-Z_]*", name) else underscore(name).lstrip("_")
    return f"_{name}" if name in _RESERVED or name[:1].isdigit() else name


def model(name: str) -> str:
    """The class of a schema."""
    name = camelize(_plain(name).replace("$", ""))
    return f"Model{name}" if name.lower() in _RESERVED or name[:1].isdigit() else name


def api(tag: str) -> str:
    """The class of a tag: ``Journal Runs`` becomes ``JournalRunsApi``."""
    return f"{camelize(_plain(tag))}Api"


def file(class_name: str) -> str:
    """The module of a class: ``GETJournalRunType`` becomes ``get_journal_run_type``."""
    return underscore(class_name)


def member(value: str) -> str:
    """The member of an enum. The generator makes classes of constants; ours are named by the same words."""
    name = re.sub(r"\W+", "_", underscore(value)).strip("_").upper()
    name = re.sub(r"_+", "_", name)
    return f"_{name}" if not name or name[0].isdigit() else name


def _plain(name: str) -> str:
    """Without what no name in Python can hold."""
    return re.sub(r"\W", "", re.sub(r"[. \[\](){}-]", "_", name.removesuffix("[]")))


def is_keyword(name: str) -> bool:
    """Whether no name in Python can be called so."""
    return keyword.iskeyword(name)
