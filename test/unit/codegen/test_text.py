"""CommonMark as docstrings and as Markdown of pages."""

from __future__ import annotations

import pytest

from codegen import regions, text

CLASSES = ["JournalRunStatus"]


@pytest.mark.parametrize(
    ("said", "docstring", "page"),
    [
        ("A `date`.", "A ``date``.", "A `date`."),
        ("See `JournalRunStatus`.", "See :class:`~openapi_client.JournalRunStatus`.",
         "See [JournalRunStatus](JournalRunStatus.md)."),
        ("An `ApiException`, or `Error`.", "An :class:`~openapi_client.ApiException`, or ``Error``.",
         "An `ApiException`, or `Error`."),
        ("`openapi_client.exceptions.Reason`", ":class:`openapi_client.exceptions.Reason`",
         "`openapi_client.exceptions.Reason`"),
        ("Read [`this`](page.md#part) first.", "Read ``this`` first.", "Read [`this`](page.md#part) first."),
        ("Goes with `targetEndDate`.", "Goes with ``target_end_date``.", "Goes with `target_end_date`."),
    ],
)  # fmt: skip
def test_inline(said: str, docstring: str, page: str) -> None:
    """Code, names of classes, links, and names on the wire."""
    names = {"targetEndDate": "target_end_date"}
    assert text.docstring(said, CLASSES, names) == docstring
    assert text.linked(said, CLASSES, names) == page


def test_filled() -> None:
    """Paragraphs become lines of at most 120 characters, all but the first indented, with a hanging indent."""
    said = f"One {'word ' * 40}\n\nTwo."
    lines = text.filled(said, 8, 4).split("\n")
    assert lines[0].startswith("One word")
    assert lines[1].startswith(" " * 12 + "word")
    assert lines[-2:] == ["", "        Two."]
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize(("comment", "close"), [("#", ""), ("<!--", " -->")])
def test_regions(comment: str, close: str) -> None:
    """What stands between the marks is replaced, and nothing else."""
    page = f"a\n    {comment} rendered: one{close}\nold\n    {comment} end{close}\nb\n"
    expected = f"a\n    {comment} rendered: one{close}\nnew\n    {comment} end{close}\nb\n"
    assert regions.replaced(page, {"one": "new\n"}, comment) == expected
    with pytest.raises(KeyError, match="one"):
        regions.replaced(page, {"two": "new\n"}, comment)
