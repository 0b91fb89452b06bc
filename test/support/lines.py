"""``python test/support/lines.py``: hand-written lines of code by layer, without blanks, comments and docstrings."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "openapi_client"
FACES = ("__init__", "_version", "api_client", "configuration", "exceptions", "rest")
LAYERS = ("_runs", "_call", "_transport", "_schema", "_policy", "_base")
_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def lines_of_code(source: str) -> int:
    """How many lines hold code: no blanks, no comments, no docstrings (those of attributes included)."""
    docs: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _DOCUMENTED):
            texts = [item for item in node.body if isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)]
            for text in texts:
                docs.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _NO_CODE and token.string:
            code.update(range(token.start[0], token.end[0] + 1))
    return len(code - docs)


def counts() -> dict[str, int]:
    """Lines of each face and each layer."""
    files = {name: [PACKAGE / f"{name}.py"] for name in FACES}
    files.update({name: sorted((PACKAGE / name).rglob("*.py")) for name in LAYERS})
    return {name: sum(lines_of_code(path.read_text("utf-8")) for path in paths) for name, paths in files.items()}


def main() -> int:
    """Print the table."""
    found = counts()
    for name, lines in found.items():
        print(f"{name:20} {lines:6}")
    print(f"{'all':20} {sum(found.values()):6}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
