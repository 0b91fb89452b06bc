"""What IPython shows: tracebacks, lists, completions and help; in an interpreter of its own, as it changes globals."""

from __future__ import annotations

import inspect
import re
import traceback
from pathlib import Path
from typing import Any

import pytest
from support.package import run as run_code

import openapi_client as oc

_END = "--- end of the cell"
SECRET = "s3cr3t-0123456789"
SHELL = '''
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
config = Config()
config.HistoryManager.enabled = False
config.InteractiveShell.colors = "nocolor"
shell = InteractiveShell.instance(config=config)
def cell(source):
    shell.run_cell(source, store_history=False)
cell("""
import openapi_client as oc
from openapi_client._transport.exchange import InMemoryTransport, Reply
def answer(request):
    return Reply(404, b'{"success": false}', {}, "Not Found")
settings = oc.Configuration(access_token="SECRET")
api = oc.JournalRunsApi(oc.ApiClient(settings, transport=InMemoryTransport(answer)))
""")
'''.replace("SECRET", SECRET)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """IPython reads and writes nothing of the user's."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))


def shown(*cells: str, colours: str = "nocolor") -> list[str]:
    """What IPython shows of each of some cells; they run in one interpreter, as each takes a second to start."""
    calls = "".join(f"cell({cell!r}); print({_END!r})\n" for cell in cells)
    return run_code(SHELL.replace("nocolor", colours) + calls).split(_END + "\n")[:-1]


REFUSED = """def close_month(number):
    return settings and api.get_journal_run(number)
close_month("JR-00000007")"""


def test_a_traceback() -> None:
    """The message stands first and once, then come the lines of the user; those of this package are one line."""
    modes = ("Context", "Verbose", "Plain")
    for text in shown(*(line for mode in modes for line in (f"%xmode {mode}", REFUSED)))[1::2]:
        lines = text.splitlines()
        assert lines[0].startswith("NotFoundException: GET /v1/journal-runs/JR-00000007: 404 Not Found")
        assert text.count("404 Not Found") == 1
        assert 'close_month("JR-00000007")' in text
        assert "return settings and api.get_journal_run(number)" in text
        assert re.fullmatch(r"\(\d+ frames inside of openapi_client are left out; .*print_exception.*\)", lines[-1])
        assert not [line for line in lines if "/openapi_client/" in line]
        assert SECRET not in text


def test_colours() -> None:
    """The message stands once, with colours as well."""
    (text,) = shown("raise oc.ApiValueError('no such month')", colours="linux")
    assert text.count(": no such month") == 1
    assert "\x1b[" in text


def test_notes_and_code_with_the_same_words_stay() -> None:
    """A note is shown, and a line of code that holds the message as well."""
    (text,) = shown("error = oc.ApiValueError('oc')\nerror.__notes__ = ['a hint']\nraise error")
    assert "raise error" in text
    assert "a hint" in text


def test_what_led_to_it_is_left_out() -> None:
    """An exception that was being handled, or is the cause, has no frames here."""
    (text,) = shown("try:\n    {}['month']\nexcept KeyError:\n    " + "api.get_journal_run('JR-00000007')")
    assert "KeyError: " not in text
    assert "api.get_journal_run('JR-00000007')" in text


def test_without_a_message() -> None:
    """An exception that says nothing has its frames."""
    assert "raise oc.ApiException()" in shown("raise oc.ApiException()")[0]


def test_python_shows_all() -> None:
    """Outside of IPython a traceback is complete, here as well when IPython is loaded."""
    import IPython

    assert IPython.get_ipython() is None
    with pytest.raises(oc.ApiValueError) as caught:
        oc.POSTJournalRunTransactionType("Invoice")
    assert caught.value._render_traceback_() == traceback.format_exception(caught.value)
    assert any("/openapi_client/" in line for line in caught.value._render_traceback_())


def test_lists_after_the_extension_is_loaded() -> None:
    """``%load_ext`` calls ``load_ipython_extension``: then lists of models are tables, and other lists are not."""
    look = """
def html(value):
    return shell.display_formatter.format(value)[0].get("text/html")
runs = [shell.user_ns["oc"].GETJournalRunType(number="JR-00000001")]
print(html(runs))
cell("%load_ext openapi_client")
print(html(runs).count("JR-00000001"), html([]), html([1]))
"""
    assert run_code(SHELL + look) == "None\n1 None None\n"


def test_tab_shows_every_parameter() -> None:
    """Within the brackets of a call, Tab offers each parameter by name."""
    complete = """
from IPython.core.completer import provisionalcompleter
shell.Completer.use_jedi = True
shell.Completer.jedi_compute_type_timeout = 60_000
text = "api.create_journal_run("
with provisionalcompleter():
    print(*(each.text for each in shell.Completer.completions(text, len(text))))
"""
    offered = run_code(SHELL + complete).split()
    assert not [name for name in parameters() if f"{name}=" not in offered]


def test_shift_tab_shows_every_parameter() -> None:
    """The help of a method has each parameter with its type, and what is said of it."""
    look = "print(shell.object_inspect_mime('api.create_journal_run')['text/plain'])"
    text = run_code(SHELL + look)
    assert not [name for name in parameters() if f"{name}:" not in text or f":param {name}:" not in text]


def parameters() -> list[Any]:
    return [name for name in inspect.signature(oc.JournalRunsApi.create_journal_run).parameters if name != "self"]
