"""The documentation built as a site, and what its pages link to."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from support.pages import DOCS

#: The command of CONTRIBUTING.md, without the place where the site goes.
BUILD = ("-W", "-n", "-b", "html")
_TIMEOUT = 120


def build(folder: Path) -> None:
    """Build the site into a folder; a warning is an error."""
    command = [sys.executable, "-m", "sphinx", *BUILD, "-q", "--keep-going", "-d", str(folder / "doctrees")]
    done = subprocess.run(
        [*command, str(DOCS), str(folder / "html")],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    # A kernel that runs a notebook speaks on standard error, too.
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


class Html(HTMLParser):
    """A page of the site.

    :ivar names: what a link can lead to inside of it.
    :ivar targets: where its links and pictures lead to.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.names: set[str] = set()
        self.targets: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names |= {name for name in (given.get("id"), given.get("name")) if name}
        place = given.get("href") if tag in ("a", "link") else given.get("src")
        if place:
            self.targets.append(place)
