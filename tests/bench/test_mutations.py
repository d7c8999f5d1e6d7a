"""Places that can be changed are found, changed one at a time, and their tests named."""

from pathlib import Path

import pytest
from bench.mutations import Outcome, Place, confirmed, described, nearby_tests, places

SOURCE = '''"""Docstrings with 1 and 2 are no place."""


@cache(maxsize=1)
def share(part: int, whole: int = 100) -> Literal[0, 1]:
    """Return 1 or 0."""
    for one, two in zip(part, whole, strict=True):
        assert one < two
    if not whole:
        raise ValueError(part + 1)
    return part * 2 >= whole and part != 3
'''


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_each_operator_condition_and_value_of_a_function_is_a_place(tmp_path: Path) -> None:
    root = written(tmp_path, {"src/konvoi/kit/share.py": SOURCE})
    found = [
        described(place, SOURCE.encode()).split("share.py:")[1] for place in places("kit/share.py", root)
    ]
    last = "return part * 2 >= whole and part != 3"
    assert found == [
        "5 value: def share(part: int, whole: int = 100) -> Literal[0, 1]: => "
        "def share(part: int, whole: int = 101) -> Literal[0, 1]:",
        "9 not: if not whole: => if whole:",
        "9 condition: if not whole: => if not (not whole):",
        f"11 arithmetic: {last} => return part + 2 >= whole and part != 3",
        f"11 value: {last} => return part * 3 >= whole and part != 3",
        f"11 comparison: {last} => return part * 2 > whole and part != 3",
        f"11 and, or: {last} => return part * 2 >= whole or part != 3",
        f"11 comparison: {last} => return part * 2 >= whole and part == 3",
        f"11 value: {last} => return part * 2 >= whole and part != 4",
    ]


def test_the_nearest_tests_of_a_module_come_first(tmp_path: Path) -> None:
    root = written(
        tmp_path,
        {
            "src/konvoi/flow/cut.py": '"""Two.\n\n>>> 1 + 1\n2\n"""\n',
            "tests/flow/test_cut.py": "",
            "tests/flow/test_a.py": "",
            "tests/flow/test_readers.py": "from konvoi.flow.cut import cut",
            "tests/cli/test_table.py": "import konvoi.flow.cut",
            "tests/cli/test_add.py": "from konvoi.flow.cutting import cut",
        },
    )
    names = ["flow/test_cut", "flow/test_readers", "cli/test_table", "flow/test_a"]
    wanted = ["src/konvoi/flow/cut.py", *(f"tests/{name}.py" for name in names)]
    assert nearby_tests("flow/cut.py", root) == wanted
    (root / "src/konvoi/flow/cut.py").write_text("cut = 2\n")
    assert nearby_tests("flow/cut.py", root) == wanted[1:]


@pytest.mark.parametrize(("body", "killed"), [("assert two() == 2", True), ("assert two() == 3", False)])
def test_a_test_that_fails_on_the_unchanged_code_kills_nothing(
    tmp_path: Path, body: str, killed: bool
) -> None:
    test = f"def two() -> int:\n    return 2\n\n\ndef test_two() -> None:\n    {body}\n"
    root = written(tmp_path, {"tests/test_two.py": test})
    place = Place("kit/two.py", 0, 1, "", 1, "value")
    outcome = Outcome(place, killed=True, test="tests/test_two.py::test_two", seconds=1.0)
    assert [one.killed for one in confirmed(root, [outcome])] == [killed]
