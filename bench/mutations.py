"""Change places of the code drawn at random, one at a time, and count those that a test notices.

A place is a comparison, `and` or `or`, `not`, arithmetic, a condition, a number, or a flag in a function of
SCOPE. Not drawn, because no test could or should notice them: docstrings, annotations, decorators, texts of
`raise`, and checks of the code by itself (`assert`, `strict=True` of zip).

A place counts as killed if a test of the everyday suite fails. These run, and end at the first
failure: the examples in its docstrings, the mirroring test file, test files that import the module, the tests
of its folder, and for totals the counting cases. A run that has not failed after `--limit` processor seconds
kills nothing, nor does a test that fails on the unchanged code as well. All runs are in a copy of the tracked
files.
"""

import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from bench.record import ROOT, Benchmark, arguments

SCOPE = {
    "redaction": (
        "flow/cut.py",
        "flow/hidden_ids.py",
        "flow/kept_markings.py",
        "flow/party_views.py",
        "flow/readers.py",
        "flow/shown_rows.py",
        "flow/view*.py",
        "model/limiting.py",
        "model/markings.py",
    ),
    "totals": ("flow/ledger/*.py", "flow/totals_asked.py", "ledger/**/*.py"),
    "store": ("flow/receipts.py", "flow/store.py", "flow/verified_view.py"),
    "dataset": (
        "flow/as_gathered.py",
        "flow/cache.py",
        "flow/cases.py",
        "flow/catalogue.py",
        "flow/column_types.py",
        "flow/dataset.py",
        "flow/declar*.py",
        "flow/derive.py",
        "flow/gathered.py",
        "flow/kept_views.py",
        "flow/load_workspace.py",
        "flow/merge_submissions.py",
        "flow/plans.py",
        "flow/rows.py",
        "flow/today.py",
        "flow/workspace.py",
    ),
}
"""Modules from which places are drawn, by subject."""

_WHOLE = {"totals": ("tests/counting/test_counting.py",)}
"""Tests of a subject from files to figures."""

_OPPOSITES: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_ALL = 1800
"""Processor seconds for the tests that killed something, on the unchanged code."""

_OPERATORS = {"and": "or", "or": "and", "+": "-", "-": "+", "*": "+"}


class Place(NamedTuple):
    """A place of a module and the text that replaces it; start and end count bytes."""

    module: str
    start: int
    end: int
    text: str
    line: int
    kind: str

    def apply(self, source: bytes) -> bytes:
        """Return the source of the module with the place changed."""
        return source[: self.start] + self.text.encode() + source[self.end :]


class Outcome(NamedTuple):
    """Result of a changed place. test: the first test that failed, or what else ended the run."""

    place: Place
    killed: bool
    test: str
    seconds: float


class _Changes:
    """The changes of one module, found by walking its functions."""

    def __init__(self, module: str, source: bytes) -> None:
        self._module = module
        self._source = source
        lines = source.splitlines(keepends=True)
        self._offsets = [0]
        for line in lines:
            self._offsets.append(self._offsets[-1] + len(line))

    def places(self) -> list[Place]:
        """Return the places of all functions in order."""
        found = {
            place
            for node in ast.walk(ast.parse(self._source))
            if isinstance(node, ast.FunctionDef)
            for part in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body)
            for place in self._of(part)
        }
        return sorted(found)

    def _of(self, node: ast.AST) -> Iterator[Place]:
        if isinstance(node, (ast.Raise, ast.Assert, ast.FunctionDef, ast.ClassDef)):
            return
        yield from self._changes(node)
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.AnnAssign) and child is node.annotation:
                continue
            if isinstance(child, ast.keyword) and _checks_only(node, child):
                continue
            yield from self._of(child)

    def _changes(self, node: ast.AST) -> Iterator[Place]:
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from self._between(
                node.left, node.comparators[0], _OPPOSITES[type(node.ops[0])], "comparison"
            )
        elif isinstance(node, ast.BoolOp):
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from self._between(left, right, "", "and, or")
        elif isinstance(node, ast.BinOp):
            yield from self._between(node.left, node.right, "", "arithmetic")
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield self._place(self._start(node), self._start(node.operand), "", node.lineno, "not")
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            start, end = self._start(node.test), self._end(node.test)
            yield self._place(start, end, f"not ({self._text(start, end)})", node.lineno, "condition")
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                start, end = self._start(test), self._end(test)
                yield self._place(start, end, f"not ({self._text(start, end)})", test.lineno, "condition")
        elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int)):
            other = not node.value if isinstance(node.value, bool) else node.value + 1
            yield self._place(self._start(node), self._end(node), repr(other), node.lineno, "value")

    def _between(self, left: ast.expr, right: ast.expr, operator: str, kind: str) -> Iterator[Place]:
        """Yield the change of the operator between two expressions, to its counterpart if none is named."""
        start, end = self._end(left), self._start(right)
        stated = self._text(start, end)
        word = stated.strip(" ()\n\t")
        text = operator or _OPERATORS.get(word, "")
        if text and "#" not in stated:
            yield self._place(start, end, stated.replace(word, text), left.end_lineno or left.lineno, kind)

    def _place(self, start: int, end: int, text: str, line: int, kind: str) -> Place:
        return Place(self._module, start, end, text, line, kind)

    def _text(self, start: int, end: int) -> str:
        return self._source[start:end].decode()

    def _start(self, node: ast.expr) -> int:
        return self._offsets[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.expr) -> int:
        return self._offsets[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)


def _checks_only(call: ast.AST, keyword: ast.keyword) -> bool:
    """Return True for `strict` of zip, which fails only if the code contradicts itself."""
    named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "zip"
    return named and keyword.arg == "strict"


def modules(subjects: Sequence[str], root: Path = ROOT) -> list[str]:
    """Return the modules of subjects of SCOPE, as paths below src/konvoi, in order."""
    package = root / "src" / "konvoi"
    found = {
        path.relative_to(package).as_posix()
        for subject in subjects
        for pattern in SCOPE[subject]
        for path in package.glob(pattern)
    }
    return sorted(found)


def places(module: str, root: Path = ROOT) -> list[Place]:
    """Return all places of a module that can be changed."""
    return _Changes(module, (root / "src" / "konvoi" / module).read_bytes()).places()


def nearby_tests(module: str, root: Path) -> list[str]:
    """Return the files with tests that may notice a change of a module, the nearest first: itself, too."""
    path = Path(module)
    folder = root / "tests" / path.parent
    mirror = folder / f"test_{path.name}"
    dotted = re.escape(".".join(("konvoi", *path.with_suffix("").parts)))
    imported = re.compile(rf"\b(from {dotted} import|import {dotted})\b")
    importing = [file for file in sorted((root / "tests").rglob("test_*.py")) if _has(imported, file)]
    importing.sort(key=lambda file: file.parent != folder)
    whole = [root / one for name, more in _WHOLE.items() if module in modules([name], root) for one in more]
    own = root / "src" / "konvoi" / path
    ordered = [
        *([own] if ">>> " in own.read_text("utf-8") else []),
        *([mirror] if mirror.exists() else []),
        *importing,
        *sorted(folder.glob("test_*.py")),
        *whole,
    ]
    return [file.relative_to(root).as_posix() for file in dict.fromkeys(ordered)]


def _has(pattern: re.Pattern[str], file: Path) -> bool:
    return pattern.search(file.read_text("utf-8")) is not None


def drawn(every: Sequence[Place], most: int, seed: int, root: Path = ROOT) -> list[Place]:
    """Return places drawn at random; a change that is no Python is drawn again."""
    found: list[Place] = []
    for place in random.Random(seed).sample(every, len(every)):
        with suppress(SyntaxError):
            ast.parse(place.apply((root / "src" / "konvoi" / place.module).read_bytes()))
            found.append(place)
        if len(found) == most:
            break
    return found


def copied(root: Path, folder: Path) -> None:
    """Copy the tracked files as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)


def failed_tests(folder: Path, tests: Sequence[str], *, limit: int, most: int = 1) -> list[str]:
    """Run tests until so many have failed, and return those; nothing where they take too long.

    limit: processor seconds. A run that ends without naming a test, such as by a fault at import, is named by
    its exit code.
    """
    argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", f"--maxfail={most}"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "src"), str(folder))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(
        ["sh", "-c", f'ulimit -t {limit}; exec "$@"', "sh", *argv, *tests],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    named = re.findall(r"^(?:FAILED|ERROR) (\S+)", run.stdout, flags=re.MULTILINE)
    return named if named or run.returncode <= 0 else [f"exit code {run.returncode}"]


def outcome(folder: Path, place: Place, limit: int) -> Outcome:
    """Change a place in a copy, run its tests, and restore it."""
    path = folder / "src" / "konvoi" / place.module
    source = path.read_bytes()
    start = time.perf_counter()
    path.write_bytes(place.apply(source))
    try:
        failed = failed_tests(folder, nearby_tests(place.module, folder), limit=limit)
    finally:
        path.write_bytes(source)
    return Outcome(place, bool(failed), "".join(failed[:1]), time.perf_counter() - start)


def confirmed(folder: Path, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes without the kills of tests that fail on the unchanged code as well."""
    killers = sorted({one.test for one in outcomes if "::" in one.test})
    broken = set(failed_tests(folder, killers, limit=_ALL, most=len(killers))) if killers else set()
    return [one._replace(killed=one.killed and one.test not in broken) for one in outcomes]


def described(place: Place, source: bytes) -> str:
    """Return a place as a line for people: module, line, and the line before and after the change."""
    number = place.line - 1
    before = source.decode().splitlines()[number].strip()
    after = place.apply(source).decode().splitlines()[number].strip()
    return f"{place.module}:{place.line} {place.kind}: {before} => {after}"


def main() -> None:
    """Draw places, change each, and count those that are killed."""
    asked = arguments()
    asked.add_argument("--places", type=int, default=60, help="number of places drawn")
    asked.add_argument("--seed", type=int, default=1, help="seed of the drawing")
    asked.add_argument("--subjects", nargs="+", choices=SCOPE, default=list(SCOPE), help="subjects of SCOPE")
    asked.add_argument("--limit", type=int, default=45, help="processor seconds for the tests of a place")
    asked.add_argument("--list", action="store_true", help="name each place and its outcome on stderr")
    chosen = asked.parse_args()
    every = [place for module in modules(chosen.subjects) for place in places(module)]
    some = drawn(every, chosen.places, chosen.seed)
    bench = Benchmark("mutations", {"places": len(some), "places in all": len(every), "seed": chosen.seed})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(ROOT, folder)
        outcomes = []
        for place in some:
            one = outcome(folder, place, chosen.limit)
            outcomes.append(one)
            if chosen.list:
                told = described(place, (folder / "src" / "konvoi" / place.module).read_bytes())
                state = f"killed by {one.test}" if one.killed else "SURVIVED"
                print(f"{len(outcomes)} {told} | {state} ({one.seconds:.0f} s)", file=sys.stderr, flush=True)
        outcomes = confirmed(folder, outcomes)
    share = sum(one.killed for one in outcomes) / len(outcomes)
    bench.at_least("killed", share, 0.9, unit="of 1")
    bench.finish(chosen)


if __name__ == "__main__":
    main()
