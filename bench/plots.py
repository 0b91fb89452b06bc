"""The pictures of the documentation: SVG, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

import matplotlib.pyplot as plt

from .environments import CONTENDERS

COLOURS = {
    "light": {
        "text": "#1f2328",
        "grid": "#d1d9e0",
        "lines": ["#0550ae", "#6e7781", "#953800", "#8250df", "#116329", "#a40e26"],
    },
    "dark": {
        "text": "#f0f6fc",
        "grid": "#3d444d",
        "lines": ["#79c0ff", "#9198a1", "#ffa657", "#d2a8ff", "#7ee787", "#ff7b72"],
    },
}
AXES = {
    "items": ("items in the list", "µs of CPU an item", "log"),
    "threads": ("threads on one client", "µs of client CPU a call", "log"),
    "memory": ("calls", "resident MiB", "linear"),
}


def draw(scaling: dict[str, Any], folder: Path) -> list[Path]:
    """One file for each series and colour scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    return [one(name, scaling[name], scheme, folder) for name in AXES for scheme in COLOURS if name in scaling]


def one(name: str, series: dict[str, list[list[float]]], scheme: str, folder: Path) -> Path:
    """One picture; its background is the page's."""
    colours = COLOURS[scheme]
    across, up, scale = AXES[name]
    style = {
        "svg.fonttype": "none", "svg.hashsalt": "bench", "font.family": "sans-serif",
        "text.color": colours["text"], "axes.labelcolor": colours["text"], "axes.edgecolor": colours["grid"],
        "xtick.color": colours["text"], "ytick.color": colours["text"], "grid.color": colours["grid"],
        "axes.spines.top": False, "axes.spines.right": False,
    }  # fmt: skip
    with mpl.rc_context(style):
        figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
        order = sorted(series, key=lambda each: (each != "ours", list(CONTENDERS).index(each)))
        for index, contender in enumerate(order):
            points = series[contender]
            label = CONTENDERS[contender].title
            axes.plot(*zip(*points, strict=True), marker="o", markersize=4, color=colours["lines"][index], label=label)
        axes.set(xlabel=across, ylabel=up, xscale=scale)
        if name == "items":
            axes.set_yscale("log")
        else:
            axes.set_ylim(bottom=0)
        if name == "threads":
            axes.set_xticks([point[0] for point in next(iter(series.values()))])
            axes.get_xaxis().set_major_formatter(mpl.ticker.ScalarFormatter())
            axes.minorticks_off()
        axes.grid(visible=True, linewidth=0.6)
        axes.legend(frameon=False)
        path = folder / f"{name}-{scheme}.svg"
        figure.savefig(path, transparent=True, metadata={"Date": None, "Creator": None})
        plt.close(figure)
    return path
