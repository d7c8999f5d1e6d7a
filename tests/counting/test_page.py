"""Each example of docs/explanation/counting-once.md gives the total that stands below it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.counting.case import Case, case_of, cases, slug
from tests.counting.checks import faults
from tests.counting.drawing import read_here
from tests.counting.open_cases import OPEN
from tests.counting.variations import SEEDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "counting-once.md"
_EXAMPLE = re.compile(r"^Example: (.+)\n\n((?:\|.*\n)+)\nTotal: (.+)$", flags=re.MULTILINE)
_MONEY = re.compile(r"^([A-Z]{3}) ([\d,]+)$")
_RANGE = re.compile(r"(?:EUR )?([\d,]+) to (?:EUR )?([\d,]+)")


def examples() -> Iterator[Case]:
    """The examples of the page, as counting cases."""
    for name, table, right in _EXAMPLE.findall(PAGE.read_text("utf-8")):
        heads, _, *rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()
        ]
        yield _case(name, [dict(zip(heads, row, strict=True)) for row in rows], right)


def _case(name: str, rows: list[dict[str, str]], right: str) -> Case:
    """One example: rows of one party and day that state the same reference are documents of their own."""
    documents: list[dict[str, Any]] = []
    for row in rows:
        party, day = row["submission"].split(", ")
        last = next((one for one in documents if (one["party"], one["day"]) == (party, day)), None)
        if last is None or any(other["package"] == row["package"] for other in last["rows"]):
            last = {"party": party, "day": day, "rows": []}
            documents.append(last)
        last["rows"].append(row)
    raw: dict[str, Any] = {
        "name": name,
        "section": "docs/explanation/counting-once.md",
        "reason": right,
        "document": [_document(one) for one in documents],
        "options": _options(rows),
        **_right(right, rows),
    }
    return case_of(raw)


def _document(one: dict[str, Any]) -> dict[str, Any]:
    packages: list[dict[str, str]] = []
    lines: list[dict[str, str]] = []
    for row in one["rows"]:
        packages.append(_package(row, one["party"]))
        if "good" in row:
            line = {"line": f"{row['package']}/1", "package": row["package"]}
            lines.append(line | {"good": row["good"], "quantity": row["quantity"]})
    found = {"party": one["party"], "day": one["day"], "packages": _text(packages)}
    if lines:
        found["lines"] = _text(lines)
    if any(row.get("receiver") == "FUND" for row in one["rows"]):
        found["parties"] = "party | name | kind\nFUND | Heat Fund | fund"
    return found


def _package(row: dict[str, str], party: str) -> dict[str, str]:
    stated = ("package", "title", "stage", "relates", "day")
    found: dict[str, str] = {name: row[name] for name in stated if name in row}
    found["party"] = row.get("giver", party)
    if "receiver" in row:
        found["counterparty"] = row["receiver"]
    if money := _MONEY.match(row.get("amount", "")):
        found |= {"currency": money[1], "amount": money[2].replace(",", "")}
    return found


def _text(rows: list[dict[str, str]]) -> str:
    heads = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([" | ".join(heads), *(" | ".join(row.get(name, "") for name in heads) for row in rows)])


def _options(rows: list[dict[str, str]]) -> list[str]:
    return ["--what", "quantity", "--good", rows[0]["good"]] if "good" in rows[0] else []


def _right(text: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    """What the line of the total says: a value, or a range whose records are in review."""
    first = re.sub(r"^EUR ", "", text).split(" ")[0].rstrip(",").replace(",", "")
    found: dict[str, Any] = {"right": first}
    if ends := _RANGE.search(text):
        found |= {"lowest": ends[1].replace(",", ""), "highest": ends[2].replace(",", "")}
    if "in review" in text:
        found |= {"level": "bracket", "together": sorted({row["package"] for row in rows})}
    if code := re.search(r"finding `([\w-]+)`", text):
        found["findings"] = [{"code": code[1]}]
    if count := re.search(r"(\d+) without value", text):
        found["unvalued"] = int(count[1])
    return found


EXAMPLES = list(examples())


def _parameters() -> list[Any]:
    failing = pytest.mark.xfail(reason="listed in open_cases.txt", strict=True)
    known = [(case, f"page {slug(case.name)}" in OPEN) for case in EXAMPLES]
    return [pytest.param(case, id=slug(case.name), marks=[failing] if open_ else []) for case, open_ in known]


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def test_every_example_of_the_page_is_read() -> None:
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("\nExample: ")
    assert len(EXAMPLES) == PAGE.read_text("utf-8").count("\n|---|")


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("case", _parameters())
def test_an_example_gives_the_total_below_it(case: Case, tmp_path: Path) -> None:
    assert faults(case, tmp_path) == []


def test_the_open_list_names_tests_that_exist() -> None:
    names = [slug(case.name) for case in cases()]
    known = {f"counted {name}" for name in names} | {f"page {slug(case.name)}" for case in EXAMPLES}
    known |= {f"earlier {name}" for name in names}
    known |= {f"varied {name}-{seed}" for name in names for seed in SEEDS}
    assert sorted(OPEN - known) == []
