"""The documentation holds: pages are up to date, links lead somewhere, and every code block runs."""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from doctest import OutputChecker
from pathlib import Path

import pytest
from support.package import PROJECT
from support.pages import EXECUTORS, PAGES, ROOT, Block, anchors_of, blocks_in, links_in, programs_of, shown

import openapi_client
from openapi_client.sandbox import Sandbox, SandboxClock

TIMEOUT = 60
PYTHON = (sys.executable, "-W", "error")
LANGUAGES = ("json", "python", "sh", "text")
#: Words that belong to this machine or to the making of the project.
INTERNAL = ("/work/", "/tmp/", "FACTS", "design.md", "style.md")

BLOCKS = [block for page in PAGES for block in blocks_in(page)]
FILE_PAGES = [page for page in PAGES if programs_of(page)]
PYTHON_PAGES = [
    page for page in PAGES if page not in FILE_PAGES and any(block.language == "python" for block in blocks_in(page))
]
#: A reader can start with these pages, so what they need stands in them.
FROM_NOTHING = [page for page in PYTHON_PAGES if page.parent.name == "howto" or page.name == "tutorial.md"]
TEST_REQUIREMENTS = (ROOT / "test-requirements.txt").read_text("utf-8")
_END_OF_BLOCK = "--- end of the block in line "


def named(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def following(block: Block) -> Block | None:
    """The block right below another one, with nothing in between."""
    return next((each for each in BLOCKS if each.page == block.page and each.line == block.end + 2), None)


def environment(**variables: str) -> dict[str, str]:
    """The environment for programs of the documentation: no tenant but the given one, and this very package."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZUORA_", "PYTHONWARNINGS"))}
    home = str(Path(openapi_client.__file__).resolve().parents[1])
    return {**kept, "PYTHONPATH": home, "PYTHONIOENCODING": "utf-8", **variables}


def run(*command: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=environment(**variables), capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    # The documentation speaks of March 2026, so it is April 2026 here.
    with Sandbox(clock=SandboxClock(datetime(2026, 4, 3, 9, tzinfo=timezone.utc), speed=50)) as sandbox:
        yield sandbox


# --- pages and links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and every anchor a heading in it."""
    for target in links_in(page):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        assert file.is_file(), f"{shown(page)} links to {target}"
        assert not anchor or anchor in anchors_of(file), f"{shown(page)} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_pages_name_nothing_internal(page: Path) -> None:
    """Readers know neither this machine nor the papers the project was made from."""
    text = page.read_text("utf-8")
    assert [word for word in INTERNAL if word in text] == []


# --- code blocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_is_of_a_kind_that_is_checked(block: Block) -> None:
    """A block in another language would not be run, so it may not be there."""
    assert block.language in LANGUAGES
    above = [each for each in BLOCKS if following(each) == block]
    if block.language == "text":
        assert block.is_rendered or [each.language for each in above] in (["python"], ["sh"]), "whose output is it?"
    if block.language == "json":
        assert [each.language for each in above] == ["sh"], "whose output is it?"


def test_an_open_fence_is_an_error() -> None:
    """A fence that is not closed would hide the blocks after it."""
    with pytest.raises(ValueError, match=r"page.md:3: the fence is not closed"):
        blocks_in(Path("page.md"), "# Title\n\n```python\nx = 1\n")


def test_an_indented_fence_is_an_error() -> None:
    """A block inside a list would be overlooked."""
    with pytest.raises(ValueError, match=r"page.md:1: a fence has to begin its line"):
        blocks_in(Path("page.md"), "- item\n".replace("item", "```python"))


def program_of(page: Path) -> str:
    """The Python blocks of a page as one program whose line numbers are those of the page."""
    lines = [""] * (len(page.read_text("utf-8").splitlines()) + 1)
    for block in (each for each in blocks_in(page) if each.language == "python"):
        lines[block.line - 1 : block.end - 1] = block.source.splitlines()
        lines[block.end - 1] = f"print('{_END_OF_BLOCK}{block.line}', flush=True)"
    return "\n".join(lines) + "\n"


def outputs(printed: str) -> dict[int, str]:
    """What each block of a program printed, by the block's line."""
    found, text = {}, ""
    for line in printed.splitlines(keepends=True):
        if line.startswith(_END_OF_BLOCK):
            found[int(line.removeprefix(_END_OF_BLOCK))], text = text, ""
        else:
            text += line
    return found


def prepare_reference(sandbox: Sandbox) -> None:
    """The runs the reference page speaks of: number 1 is cancelled, number 2 completed."""
    request = {
        "accounting_period_name": "Mar 2026",
        "journal_entry_date": "2026-03-31",
        "transaction_types": [{"type": "Invoice Item"}],
    }
    with openapi_client.ApiClient(sandbox.configuration()) as client:
        api = openapi_client.JournalRunsApi(client)
        for call in (lambda: api.create_journal_run(request), lambda: api.cancel_journal_run("JR-00000001"),
                     lambda: api.create_journal_run(request)):  # fmt: skip
            call()
            sandbox.clock.advance(10)
    assert [run.status.value for run in sandbox.runs()] == ["Cancelled", "Completed"]


@pytest.mark.parametrize("page", PYTHON_PAGES, ids=shown)
def test_python_blocks_run(page: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """The blocks of a page run in their order, print what the page says, and warn of nothing."""
    sandbox.reset()
    if page.name == "JournalRunsApi.md":
        prepare_reference(sandbox)
    source = program_of(page)
    program = tmp_path / f"{page.stem.lower()}_page.py"
    program.write_text(source, "utf-8")
    has_tests = "\ndef test_" in source
    # The plugin is named, and found nowhere else, so that it is the one of this very package, installed or not.
    plugin = ("-p", "openapi_client.sandbox.pytest_plugin")
    runner = ("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", *plugin) if has_tests else ()
    tenant = {
        "ZUORA_HOST": sandbox.url,
        "ZUORA_CLIENT_ID": sandbox.client_id,
        "ZUORA_CLIENT_SECRET": sandbox.client_secret,
    }
    variables = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **({} if page in FROM_NOTHING else tenant)}
    done = run(*PYTHON, *runner, str(program), cwd=tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "Exception when calling" not in done.stdout
    if has_tests:
        assert f"{source.count('def test_')} passed" in done.stdout
    printed = outputs(done.stdout)
    for block in (each for each in blocks_in(page) if each.language == "python"):
        below = following(block)
        if below is not None and below.language == "text":
            assert printed[block.line] == below.source, f"{below}: what the block above prints"


# --- shell blocks -------------------------------------------------------------------------------------------------


def commands_of(block: Block) -> list[list[str]]:
    """The commands of a shell block, in their order."""
    found: list[list[str]] = []
    for line in block.source.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="&|;<>")
        lexer.whitespace_split = True
        command: list[str] = []
        for word in [*lexer, "&&"]:
            if word == "&&":
                found.append(command)
                command = []
            else:
                command.append(word)
    return found


def check_export(assignments: list[str]) -> None:
    """The variables are those that the package reads."""
    variables = dict(each.split("=", 1) for each in assignments)
    assert all(name in (openapi_client.Configuration.from_env.__doc__ or "") for name in variables)
    openapi_client.Configuration.from_env(variables)


def check_install(requirements: list[str]) -> None:
    """What is installed is this package with extras it has, from a checkout or from an index, or what tests have."""
    for requirement in requirements:
        name, _, extra = requirement.removesuffix("]").partition("[")
        assert name in (".", PROJECT["name"], "tox") or re.search(rf"^{name}\b", TEST_REQUIREMENTS, re.MULTILINE)
        assert not extra or extra in PROJECT["optional-dependencies"]


def serve(arguments: list[str], block: Block, tmp_path: Path) -> None:
    """A server starts, greets, answers SIGTERM, and greets in the form the page shows."""
    printed = tmp_path / "greeting"
    with printed.open("w") as output:
        server = subprocess.Popen(
            [*PYTHON, *arguments], cwd=tmp_path, env=environment(), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + TIMEOUT
        while not printed.read_text().endswith("\n") and server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        server.send_signal(signal.SIGTERM)
        assert server.wait(TIMEOUT) == 0, printed.read_text()
    finally:
        server.kill()
        server.wait(TIMEOUT)
    greeting, below = printed.read_text(), following(block)
    assert "http://127.0.0.1:" in greeting
    if below is not None and below.language == "json":
        assert json.loads(greeting).keys() == json.loads(below.source).keys()


def run_file(arguments: list[str], block: Block, tmp_path: Path) -> None:
    """A program of the page, or its tests, with all the files of the page beside it, prints what the page says."""
    for name, each in programs_of(block.page).items():
        (tmp_path / name).write_text(each.source, "utf-8")
    plugin = ["-p", "no:cacheprovider", "-p", "openapi_client.sandbox.pytest_plugin"]
    options = plugin if arguments[:2] == ["-m", "pytest"] else []
    done = run(*PYTHON, *arguments, *options, cwd=tmp_path, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert done.returncode == 0, done.stdout + done.stderr
    below = following(block)
    if below is not None and below.language == "text":
        assert (done.stdout, done.stderr) == (below.source, "")


def test_files_have_names_of_their_own() -> None:
    """A file name stands for one program in all of the documentation."""
    names = [name for page in FILE_PAGES for name in programs_of(page)]
    assert sorted({*names}) == sorted(names)


@pytest.mark.parametrize("page", FILE_PAGES, ids=shown)
def test_files_of_a_page_are_used(page: Path) -> None:
    """On a page with files every block is one, and each is started or imported by another block."""
    assert [
        str(block)
        for block in blocks_in(page)
        if block.language == "python" and block not in programs_of(page).values()
    ] == []
    others = {
        name: [each.source for each in blocks_in(page) if each != block] for name, block in programs_of(page).items()
    }
    unused = [name for name, sources in others.items() if not any(name.partition(".")[0] in each for each in sources)]
    assert unused == []


SHELL_BLOCKS = [block for block in named("sh") if block.page != EXECUTORS and not block.uses_command_line]


@pytest.mark.parametrize("block", SHELL_BLOCKS, ids=str)
def test_shell_blocks_run(block: Block, tmp_path: Path) -> None:
    """Local programs are run; environments and installations are compared with what the project has."""
    environments = [""]
    for command in commands_of(block):
        program, arguments = command[0], command[1:]
        place, _, name = program.rpartition("/")
        assert place.removesuffix("/bin") in environments, f"{program} is in an environment that was not made"
        if command[:3] == ["python3", "-m", "venv"]:
            environments += arguments[2:]
        elif name == "export":
            check_export(arguments)
        elif name == "pip" and arguments[0] == "install":
            check_install(arguments[1:])
        elif name == "tox" and not arguments:
            # tox is what runs this test; the script that gates a change runs the same line.
            assert block.source.strip() in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
        elif name == "python" and (arguments[0] in programs_of(block.page) or arguments[:2] == ["-m", "pytest"]):
            run_file(arguments, block, tmp_path)
        elif name == "python" and arguments[:2] == ["-m", "openapi_client.sandbox"]:
            serve(arguments, block, tmp_path)
        elif name == "python" and arguments[:2] == ["-m", "openapi_client.quickstart"]:
            done = run(*PYTHON, *arguments, cwd=tmp_path)
            assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        else:
            pytest.fail(f"{block}: nothing here checks {shlex.join(command)}")


COMMAND_LINE_PAGES = [page for page in PAGES if any(block.uses_command_line for block in blocks_in(page))]


@pytest.mark.parametrize("page", COMMAND_LINE_PAGES, ids=lambda page: page.name)
def test_commands_run(page: Path, sandbox: Sandbox, tmp_path: Path) -> None:
    """The commands of a page run in their order, and print what the page says; ``...`` stands for anything."""
    sandbox.reset()
    command = tmp_path / "bin" / "zuora-journal-runs"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(PYTHON)} -m openapi_client "$@"\n')
    command.chmod(0o755)
    variables = {
        "HOME": str(tmp_path),
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": "",
        "ZUORA_HOST": sandbox.url,
        "ZUORA_CLIENT_ID": sandbox.client_id,
        "ZUORA_CLIENT_SECRET": sandbox.client_secret,
    }
    for block in (each for each in blocks_in(page) if each.uses_command_line):
        done = run("bash", "-euo", "pipefail", "-c", block.source, cwd=tmp_path, **variables)
        assert done.returncode == 0, f"{block}: {done.stdout}{done.stderr}"
        below = following(block)
        if below is not None and below.language in ("json", "text"):
            matches = OutputChecker().check_output(below.source, done.stdout, doctest.ELLIPSIS)
            assert matches, f"{below}: the block above prints\n{done.stdout}"


@pytest.mark.parametrize("block", named("json"), ids=str)
def test_json_blocks_are_json(block: Block) -> None:
    """What is shown as JSON can be parsed."""
    json.loads(block.source)
