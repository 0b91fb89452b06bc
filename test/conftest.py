"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# Machines are noisy, and no test may depend on the time it takes.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
