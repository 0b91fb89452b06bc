"""The command: ``python -m codegen`` renders, and compares what is there with what would be rendered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codegen import tree
from codegen.compare import Comparison
from codegen.reading import Description, load

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    :returns: exit code: 1 when ``--check`` finds a file out of date, or ``--compare`` a difference; 2 when it cannot.
    """
    parser = argparse.ArgumentParser(
        prog="python -m codegen", description="Render all that follows from the description of the API."
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    act.add_argument(
        "--compare",
        type=Path,
        metavar="FILE",
        help="write nothing; print what differs in another OpenAPI description of the same API; exit 1 when it does",
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="where the project lies (default: around this package)")
    options = parser.parse_args(arguments)
    return compare(options.compare) if options.compare else render(options.root, is_check=options.check)


def render(root: Path, *, is_check: bool) -> int:
    """Write what is out of date, or only name it.

    :returns: exit code.
    """
    stale = [*tree.stale(root)]
    for path, text in stale:
        done = "out of date" if is_check else "written" if text is not None else "removed"
        print(f"{done}: {path.relative_to(root)}")
        if not is_check:
            tree.write(path, text)
    return 1 if is_check and stale else 0


def compare(path: Path) -> int:
    """Print what differs in another description.

    :returns: exit code.
    """
    try:
        found = Comparison(tree.description(), Description(load(path)), tree.names()["apis"]).differences()
    except (OSError, ValueError, KeyError) as error:
        print(f"{path} cannot be compared: {error!r}", file=sys.stderr)
        return 2
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
