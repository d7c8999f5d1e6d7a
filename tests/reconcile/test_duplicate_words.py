"""What reviewers read of a duplicate candidate is translated into each language of the report."""

import ast
from pathlib import Path

import pytest
from tests.report.test_catalogues import catalogue

import konvoi.reconcile as room

_FOLDER = Path(room.__file__).parent
_MODULES = ("paid_in.py", "parts_of_whole.py", "joint_shares.py", "cumulative_totals.py")
_RELATIONS = {"same_as", "restates", "part_of"}


def texts(path: Path) -> set[str]:
    """The literals of answers, and the names of comparisons: first of a pair that is no pair of constants."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "lit":
            found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            name, answer = node.elts
            if isinstance(name, ast.Constant) and isinstance(answer, ast.Call | ast.Name):
                found.add(name.value)
    return {one for one in found if isinstance(one, str)} - _RELATIONS


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_answer_on_a_duplicate_candidate_is_translated(code: str) -> None:
    classes = [path for path in sorted((_FOLDER / "duplicates").glob("*.py")) if path.name != "pairs.py"]
    paths = [*classes, *(_FOLDER / name for name in _MODULES)]
    found = set[str]().union(*map(texts, paths))
    assert "two partners announce the same" in found
    keys_of_sums = {"less", "more", "make up", "unknown"}
    assert sorted(found - keys_of_sums - set(catalogue(code))) == []
