"""The pictures of the documentation: SVG, light and dark."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

import matplotlib.pyplot as plt

from .environments import CONTENDERS

#: Of each line, text and grid: the colour in the light scheme, and in the dark one.
LINES = (
    ("#0550ae", "#79c0ff"),
    ("#6e7781", "#9198a1"),
    ("#953800", "#ffa657"),
    ("#8250df", "#d2a8ff"),
    ("#116329", "#7ee787"),
)
GROUND = ("#ffffff", "#131416")
TEXT, GRID = ("#1f2328", "#f0f6fc"), ("#d1d9e0", "#3d444d")
AXES = {
    "items": ("items in the list", "µs of CPU an item", "log"),
    "threads": ("threads on one client", "µs of client CPU a call", "log"),
    "memory": ("calls", "resident MiB", "linear"),
}


def draw(scaling: dict[str, Any], folder: Path) -> list[Path]:
    """One file for each series."""
    folder.mkdir(parents=True, exist_ok=True)
    return [one(name, scaling[name], folder) for name in AXES if name in scaling]


def one(name: str, series: dict[str, list[list[float]]], folder: Path) -> Path:
    """One picture; its colours follow the reader's scheme."""
    across, up, scale = AXES[name]
    style = {
        "svg.fonttype": "none", "svg.hashsalt": "bench", "font.family": "sans-serif",
        "text.color": TEXT[0], "axes.labelcolor": TEXT[0], "axes.edgecolor": GRID[0],
        "xtick.color": TEXT[0], "ytick.color": TEXT[0], "grid.color": GRID[0],
        "axes.spines.top": False, "axes.spines.right": False,
    }  # fmt: skip
    with mpl.rc_context(style):
        figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
        order = sorted(series, key=lambda each: (each != "ours", list(CONTENDERS).index(each)))
        for (light, _), contender in zip(LINES, order, strict=False):
            points = series[contender]
            label = CONTENDERS[contender].title
            axes.plot(*zip(*points, strict=True), marker="o", markersize=4, color=light, label=label)
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
        axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
        text = io.StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        plt.close(figure)
    path = folder / f"{name}.svg"
    path.write_text(in_both_schemes(text.getvalue()), "utf-8")
    return path


def in_both_schemes(svg: str) -> str:
    """The picture with variables for its colours, which a dark scheme sets otherwise."""
    pairs = dict((*LINES, TEXT, GRID))
    names = {light: f"--colour{index}" for index, light in enumerate(pairs)}
    for light, name in names.items():
        svg = svg.replace(light, f"var({name})")
    lit = "".join(f"{name}: {light}; " for light, name in names.items())
    dimmed = "".join(f"{names[light]}: {dark}; " for light, dark in pairs.items())
    # A ground of its own, since a page may be dark for a reader whose system is light.
    lit, dimmed = f"{lit}background: {GROUND[0]};", f"{dimmed}background: {GROUND[1]};"
    rules = f"<style>svg {{ {lit} }} @media (prefers-color-scheme: dark) {{ svg {{ {dimmed} }} }}</style>"
    return svg.replace("<defs>", f"{rules}\n <defs>", 1)
