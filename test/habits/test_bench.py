"""The benchmark runs, and its page shows what it found; no figure is judged, since machines are noisy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.package import ROOT

NAMES = ("floor", "ours")
GROUPS = ("import", "codecs", "calls", "construction", "tls")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Those of a short run in this Python."""
    path = tmp_path_factory.mktemp("bench") / "figures.json"
    only = [word for group in GROUPS for word in ("--only", group)]
    command = [sys.executable, "-m", "bench", "--here", "--contenders", ",".join(NAMES), "--rounds", "1", *only]
    done = subprocess.run(
        [*command, "--calls", "100", "--json", str(path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "GET, client CPU" in done.stdout
    return dict(json.loads(path.read_text("utf-8")))


def test_every_measure_of_each_contender(figures: dict[str, dict[str, dict[str, dict[str, float]]]]) -> None:
    """Each measure has a figure of each contender, and the floor is its own measure."""
    measures = figures["measures"]
    assert len(measures) == 16
    for key, found in measures.items():
        assert found.keys() == {*NAMES}, key
        assert all(figure["median"] >= 0 for figure in found.values()), key
    ratios = ("import_cpu", "build", "decode_29", "decode_10000", "get_cpu", "post_cpu", "construct", "tls_cpu")
    assert [measures[key]["floor"]["median"] for key in ratios] == [1.0] * len(ratios)
    assert measures["tls"]["ours"]["median"] == 1


def test_a_figure_is_read_again(figures: dict[str, object], tmp_path: Path) -> None:
    """The page of the documentation is made of a file of figures, without measuring anew."""
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(figures), "utf-8")
    command = [sys.executable, "-m", "bench", "--read", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "TLS connections per 1,000 calls" in done.stdout


def test_an_unknown_contender_is_named() -> None:
    """A misspelt name is answered with the known ones."""
    command = [sys.executable, "-m", "bench", "--contenders", "flor"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "no such contender: flor; there are floor," in done.stderr


def test_the_page_shows_the_figures() -> None:
    """The page of the documentation is what the command makes of the figures beside it."""
    code = "import json; from bench.page import page; print(page(json.load(open('bench/figures.json'))), end='')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "docs" / "speed.md").read_text("utf-8")
