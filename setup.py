"""Package metadata: names, versions and what is needed for what."""

from __future__ import annotations

import re
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = re.search(r'"(.+)"', (HERE / "openapi_client" / "_version.py").read_text("utf-8").splitlines()[-1])[1]

SANDBOX = ["flask >= 3.0, < 4", "waitress >= 3.0, < 4"]

setup(
    name="openapi-client",
    version=VERSION,
    description="A client for Zuora journal runs: create, wait for, cancel and delete them, exactly once",
    long_description=(HERE / "README.md").read_text("utf-8"),
    long_description_content_type="text/markdown",
    keywords=["Zuora", "journal run", "general ledger", "billing", "month-end close", "OpenAPI", "SDK"],
    classifiers=[
        "Development Status :: 5 - Production/Stable",
        "Intended Audience :: Developers",
        "Intended Audience :: Financial and Insurance Industry",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.10",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Office/Business :: Financial :: Accounting",
        "Typing :: Typed",
    ],
    python_requires=">=3.10",
    install_requires=[
        "certifi >= 2023.7.22",
        "python-dateutil >= 2.8.2",
        "six >= 1.16",
        "urllib3 >= 1.26.18, < 3",
    ],
    extras_require={
        "sandbox": SANDBOX,
        "notebook": ["jupyterlab >= 4", "ipywidgets >= 8"],
        "dev": [
            *SANDBOX,
            "hypothesis >= 6.100",
            "jinja2 >= 3.1",
            "mypy >= 1.13",
            "pytest >= 8",
            "pyyaml >= 6.0",
            "ruff >= 0.9",
            "tox >= 4.20",
        ],
    },
    packages=find_packages(include=["openapi_client", "openapi_client.*"]),
    package_data={
        "openapi_client": ["py.typed"],
        "openapi_client.sandbox": ["openapi.json"],
        "openapi_client.sandbox.inspector": ["templates/inspector/*.html", "static/*"],
        "openapi_client.sandbox.journal_runs": ["templates/journal_runs/*.html", "static/*"],
    },
    entry_points={"pytest11": ["zuora_sandbox = openapi_client.sandbox.pytest_plugin"]},
    zip_safe=False,
)
