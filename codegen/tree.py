"""Every file that is rendered, where it lies, and which of them are out of date."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codegen import index, introspection, pages, python, regions
from codegen.model import Surface
from codegen.reading import Description, load

_HERE = Path(__file__).parent
PACKAGE = python.RUNTIME
#: Where the sandbox reads the description that it serves.
SERVED = f"{PACKAGE}/sandbox/openapi.json"
_FOLDERS = ("api", "models")


def stale(root: Path) -> Iterator[tuple[Path, str | None]]:
    """The files that are not what they should be, and what they should hold; ``None`` for those that should not be."""
    wanted = {root / path: text for path, text in files(root).items()}
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            yield path, text
    for folder in _FOLDERS:
        for path in sorted((root / PACKAGE / folder).glob("*.py")):
            if path not in wanted:
                yield path, None


def write(path: Path, text: str | None) -> None:
    """Write a file, or take it away."""
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def description() -> Description:
    """Our description."""
    return Description(load(_HERE / "description.yaml"))


def names() -> dict[str, Any]:
    """What it does not say."""
    return load(_HERE / "names.yaml")


def files(root: Path) -> dict[str, str]:
    """Path below the root -> what the file should hold."""
    described, named = description(), names()
    surface = Surface(described, named)
    options = load(_HERE / "options.yaml")
    renderer = python.Renderer(surface, options)
    found = {f"{PACKAGE}/{path}": text for path, text in renderer.files().items()}
    found[SERVED] = served(described.data, named["sandbox"])
    whole = pages.Pages(surface, described, options, introspection.BESIDE_AN_API)
    found.update({f"docs/{name}": text for name, text in whole.files().items()})
    sections = {
        **{name: render() for name, render in introspection.REGIONS.items()},
        "endpoints": whole.endpoints(),
        "models": whole.classes(),
        "names": index.names({Path(name).stem for name in whole.files()}),
        "names of the sandbox": index.sandbox_names(),
    }
    for path in (root / "README.md", *sorted((root / "docs").rglob("*.md"))):
        name = path.relative_to(root).as_posix()
        if name not in found and not name.startswith("docs/project/"):
            found[name] = regions.replaced(path.read_text("utf-8"), sections, "<!--")
    return found


def served(data: Any, changes: Any) -> str:
    """The description as the sandbox serves it: JSON, without what only serves the YAML file."""
    shown = {key: value for key, value in {**data, **changes}.items() if not key.startswith("x-")}
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"
