"""For tools that look for this file. What is packaged, and what it needs, stands in ``pyproject.toml``."""

from setuptools import setup

setup()
