"""The page of the command line says what the command line is."""

from __future__ import annotations

import re

from support.pages import DOCS

from openapi_client.cli.arguments import COMMANDS
from openapi_client.cli.codes import Exit

PAGE = (DOCS / "command-line.md").read_text("utf-8")


def test_the_exit_codes_are_in_the_docs():
    """In the same words."""
    rows = re.findall(r"^(\d+) \| (.+)$", PAGE, re.MULTILINE)
    assert rows == [(str(int(code)), code.meaning) for code in Exit]


def test_the_commands_are_in_the_docs():
    """Each of them has its row."""
    table = PAGE[PAGE.index("## Commands") : PAGE.index("## Requests from files")]
    assert [name for name in COMMANDS if f"`{name}`" not in table and f"`{name} " not in table] == []
