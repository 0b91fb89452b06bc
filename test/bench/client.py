"""``python test/bench/client.py``: what the client costs, as ratios to bare urllib3 with json in the same run.

That is the part of ``python -m bench`` which needs no environments, in this Python.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PART = ["--here", "--contenders", "floor,floor_limits,ours,ours_plain"]
GROUPS = ["import", "codecs", "calls", "threads", "endurance", "tls"]


def main() -> None:
    """Run that part; further arguments go to it."""
    only = [word for group in GROUPS for word in ("--only", group)]
    command = [sys.executable, "-m", "bench", *PART, *only, *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
