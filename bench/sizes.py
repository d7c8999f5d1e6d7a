"""How large the files and functions of Konvoi are: median, 95th in a hundred, largest."""

import ast
import statistics
from pathlib import Path

from bench.record import ROOT, Benchmark

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(function: Function) -> int:
    """Lines of a function from its `def`, without its docstring."""
    first = function.body[0]
    said = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if said else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def functions(path: Path) -> list[int]:
    """The lengths of all functions of a file."""
    tree = ast.parse(path.read_text("utf-8"))
    return [lines_of(node) for node in ast.walk(tree) if isinstance(node, Function)]


def spread(lengths: list[int]) -> dict[str, float]:
    """Median, 95th percentile and largest."""
    ordered = sorted(lengths)
    at = min(len(ordered) - 1, len(ordered) * 95 // 100)
    return {"median": statistics.median(ordered), "95th": ordered[at], "largest": ordered[-1]}


def main() -> None:
    """Measure src; the tests are counted beside."""
    sources = sorted((ROOT / "src").rglob("*.py"))
    files = spread([len(path.read_text("utf-8").splitlines()) for path in sources])
    lengths = spread([length for path in sources for length in functions(path)])
    tests = sum(len(p.read_text("utf-8").splitlines()) for p in (ROOT / "tests").rglob("*.py"))
    whole = sum(len(path.read_text("utf-8").splitlines()) for path in sources)
    bench = Benchmark("sizes", {"files": len(sources), "lines": whole, "lines of tests": tests})
    bench.at_most("median file", files["median"], 100, unit="lines")
    bench.at_most("95th file", files["95th"], 300, unit="lines")
    bench.at_most("largest file", files["largest"], 350, unit="lines")
    bench.at_most("median function", lengths["median"], 8, unit="lines")
    bench.at_most("95th function", lengths["95th"], 30, unit="lines")
    bench.at_most("largest function", lengths["largest"], 40, unit="lines")
    bench.finish()


if __name__ == "__main__":
    main()
