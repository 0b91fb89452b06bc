"""The one place where the package version stands."""

__version__ = "1.0.0"
