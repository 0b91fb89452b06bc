"""Changes the client in thousands of small ways, one at a time, and has the tests notice. See README.md beside this.

``tox -e mutation`` runs it; ``tox -e mutation -- --only _policy/history.py`` looks at one file.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SURVIVORS = HERE / "survivors.txt"
#: What is mutated: the layers where a mistake costs money.
TARGETS = ("_call/*.py", "_policy/*.py", "_runs/*.py", "_schema/model.py", "_transport/*.py")
LOWEST_SCORE = 90.0
#: Verdicts of mutmut by exit code of the tests (mutmut/stats.py); any other means that a test failed.
SURVIVED, NO_TESTS, NOT_CHECKED = 0, (5, 33), (None, 2)


class Mutant(NamedTuple):
    """One change to one function, named by what it does rather than by a number.

    :ivar module: file within the package.
    :ivar function: function or method.
    :ivar change: the lines that it takes away and puts in, with ``-`` and ``+`` in front.
    """

    module: str
    function: str
    change: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((f"{self.module} {self.function}", *(f"    {line}" for line in self.change)))


class _Undecorated(cst.CSTTransformer):
    """Turns ``@property`` into an assignment below the function: mutmut leaves decorated functions alone."""

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.CSTNode:
        name = updated_node.name.value
        if [cst.Module([]).code_for_node(one.decorator) for one in updated_node.decorators] != ["property"]:
            return updated_node
        plain = updated_node.with_changes(decorators=[])
        return cst.FlattenSentinel([plain, cst.parse_statement(f"{name} = property({name})")])


def prepare(work: Path, targets: list[str]) -> None:
    """Put copies of package and tests into an empty folder, with the settings for mutmut."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("openapi_client", "test"):
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "mutmut_quiet.py", work)
    for name in targets:
        path = work / "openapi_client" / name
        path.write_text(cst.parse_module(path.read_text("utf-8")).visit(_Undecorated()).code, "utf-8")
    only = json.dumps([f"openapi_client/{name}" for name in targets])
    parts = ((ROOT / "pyproject.toml").read_text("utf-8"), (HERE / "mutmut.toml").read_text("utf-8"))
    (work / "pyproject.toml").write_text("\n".join((*parts, f"only_mutate = {only}\n")), "utf-8")


def mutate(work: Path, processes: int) -> int:
    """Run mutmut."""
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", str(processes)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.run(command, cwd=work, env=environment, check=False).returncode


def results(work: Path) -> Iterator[tuple[Mutant, int | None]]:
    """Every mutant with the exit code of its tests."""
    os.chdir(work)
    # Only here does it read the settings, from the folder it is in.
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    for meta in sorted((work / "mutants").rglob("*.meta")):
        source = meta.relative_to(work / "mutants").with_suffix("")
        codes = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        for name, code in codes.items():
            function = name.rpartition(".")[2].rpartition("__mutmut")[0]  # x_function or xǁClassǁmethod
            function = function[2:].replace("ǁ", ".")
            change = ()
            if code in (SURVIVED, *NO_TESTS, *NOT_CHECKED):
                diff = get_diff_for_mutant(name, path=str(source)).splitlines()[3:]
                change = tuple(line[0] + " " + line[1:].strip() for line in diff if line[:1] in ("-", "+"))
            yield Mutant(str(source.relative_to("openapi_client")), function, change), code


def listed() -> dict[Mutant, str]:
    """The survivors that are accepted, each with the reason: the comment above it."""
    found: dict[Mutant, str] = {}
    reason, head, change = "", "", []
    for line in [*SURVIVORS.read_text("utf-8").splitlines(), ""]:
        if line.startswith("    "):
            change.append(line[4:])
            continue
        if head:
            module, _, function = head.partition(" ")
            found[Mutant(module, function, tuple(change))] = reason
            head, change = "", []
        if line.startswith("#"):
            reason = line.removeprefix("#").strip()
        elif line:
            head = line
    return found


def _score(total: int, left: int) -> float:
    return 100 * (1 - left / max(1, total))


def _line(name: str, total: int, left: int) -> str:
    return f"{name:28} {total:5} mutants {left:4} survive {_score(total, left):6.1f} %"


def report(found: list[tuple[Mutant, int | None]], targets: list[str]) -> int:
    """Print scores and what is new.

    :returns: exit code.
    """
    accepted = listed()
    alive = Counter(mutant for mutant, code in found if code == SURVIVED or code in NO_TESTS)
    unchecked = sum(code in NOT_CHECKED for _, code in found)
    total = Counter(mutant.module for mutant, _ in found)
    left = Counter(mutant.module for mutant in alive.elements())
    for module in sorted(total):
        print(_line(module, total[module], left[module]))
    print(_line("all", total.total(), left.total()))
    score = _score(total.total(), left.total())
    unknown = [mutant for mutant in alive if mutant not in accepted]
    gone = [mutant for mutant in accepted if mutant not in alive and mutant.module in targets]
    if gone:
        print(f"\n{len(gone)} entries of {SURVIVORS.name} survive no more; take them out:")
        print("\n".join(map(str, gone)))
    if unknown:
        print(f"\n{len(unknown)} survivors are not listed; kill them by a test, or list them with a reason:")
        print("\n".join(map(str, unknown)))
    if unchecked:
        print(f"\n{unchecked} mutants were not checked")
    return int(bool(unknown) or bool(unchecked) or score < LOWEST_SCORE)


def main() -> int:
    """Run it.

    :returns: exit code, 0 when every survivor is listed and the score is high enough.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / ".tox" / "mutation" / "work", help="folder for the copies")
    parser.add_argument("--only", action="append", help="file below openapi_client, may be given more than once")
    parser.add_argument("--processes", type=int, default=1, help="mutants at the same time")
    parser.add_argument("--report", action="store_true", help="show the results of the last run again")
    options = parser.parse_args()
    package = ROOT / "openapi_client"
    targets = options.only or sorted(str(path.relative_to(package)) for one in TARGETS for path in package.glob(one))
    if not options.report:
        prepare(options.work, targets)
        if mutate(options.work, options.processes):
            return 1
    return report(list(results(options.work.resolve())), targets)


if __name__ == "__main__":
    sys.exit(main())
