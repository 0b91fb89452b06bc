"""The README as a package index shows it; all else that is packaged stands in ``pyproject.toml``."""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent


def readme() -> str:
    """The README without links that are dead on a package index.

    Its links are relative, as a forge and a checkout need them. Where ``[project.urls]`` has the address of the
    ``Documentation``, those to its pages lead there; what is left of all others is their text.
    """
    found = re.search(r'^Documentation = "(.+?)/?"$', (HERE / "pyproject.toml").read_text("utf-8"), re.MULTILINE)

    def link(match: "re.Match[str]") -> str:
        text, page, anchor = match.groups(default="")
        return f"[{text}]({found[1]}/{page}.html{anchor})" if found and page else text

    pattern = r"\[([^]]*)\]\((?!\w+:)(?:docs/([\w/-]+)\.(?:md|ipynb)|[^)#\s]*)(#[^)\s]*)?\)"
    return re.sub(pattern, link, (HERE / "README.md").read_text("utf-8"))


if __name__ == "__main__":
    from setuptools import setup

    setup(long_description=readme(), long_description_content_type="text/markdown")
