"""``python -m openapi_client``: the command line."""

from __future__ import annotations

import sys

from openapi_client.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
