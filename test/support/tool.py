"""The rendering tool of the repository, which no wheel contains: made importable without the package beside it.

Putting the repository on ``sys.path`` would do, but then the tests would no longer run on the installed package.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location

from support.package import ROOT


def make_importable() -> None:
    """Let ``import codegen`` work."""
    if "codegen" in sys.modules:
        return
    home = ROOT / "codegen"
    spec = spec_from_file_location("codegen", home / "__init__.py", submodule_search_locations=[str(home)])
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["codegen"] = module
    spec.loader.exec_module(module)
