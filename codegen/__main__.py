"""The command: ``python -m codegen`` renders, ``--check`` compares what is there with what would be rendered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from codegen import tree

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    :returns: exit code: 1 when ``--check`` finds a file out of date.
    """
    parser = argparse.ArgumentParser(
        prog="python -m codegen", description="Render all that follows from the description."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    parser.add_argument("--root", type=Path, default=ROOT, help="where the project lies (default: around this package)")
    options = parser.parse_args(arguments)
    stale = [*tree.stale(options.root)]
    for path, text in stale:
        done = "out of date" if options.check else "written" if text is not None else "removed"
        print(f"{done}: {path.relative_to(options.root)}")
        if not options.check:
            tree.write(path, text)
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
