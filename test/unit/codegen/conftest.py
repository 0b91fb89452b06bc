"""The tool under test is no part of the package."""

from __future__ import annotations

from support.tool import make_importable

make_importable()
