"""Compare what the product states with the right answer of a counting case."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.counting.case import Case
from tests.counting.drawing import Drawn, Pair, decide, findings, pairs, total
from tests.counting.writing import write
from tests.flow.workspaces import alone

from konvoi.kit.text import fold


def faults(case: Case, folder: Path, *, anew: bool = False) -> list[str]:
    """Return what is wrong with the total of a case; folder: an empty one for its workspace.

    anew: whether its files are read again, though another workspace may hold the same.
    """
    work = write(case, folder / "work")
    if anew:
        alone(work)
    decide(work, case.decisions)
    found = total(work, case.options, as_of=case.as_of)
    return [
        *_values(case, found),
        *_rows(case, found),
        *(_pairs(case, pairs(work)) if case.together or case.apart else []),
        *(_findings(case, work) if case.findings else []),
    ]


def _values(case: Case, found: Drawn) -> list[str]:
    """What is wrong with the value and its range."""
    told = f"value {found.value}, range {found.lowest} to {found.highest}"
    if case.right == "refused":
        return [] if found.refused and found.value is None else [f"not refused: {told}"]
    if case.right == "unknown":
        return [] if found.value is None and not found.refused else [f"a value is shown: {told}"]
    if found.value is None or found.lowest is None or found.highest is None:
        return [f"no value: {found.refused or told}"]
    right = Decimal(case.right)
    wrong = []
    ends = (case.lowest, case.highest)
    if case.level == "exact":
        ends = (case.lowest or case.right, case.highest or case.right)
    if case.level in ("exact", "value") and found.value != right:
        wrong.append(f"the value is wrong: {told}")
    if not found.lowest <= right <= found.highest:
        wrong.append(f"the range does not hold the right answer: {told}")
    if not found.lowest <= found.value <= found.highest:
        wrong.append(f"the value lies outside its range: {told}")
    if case.level == "bracket" and found.lowest == found.highest:
        wrong.append(f"the range is closed: {told}")
    for name, end, is_ in zip(("lowest", "highest"), ends, (found.lowest, found.highest), strict=True):
        if end and is_ != Decimal(end):
            wrong.append(f"{name} is not {end}: {told}")
    if case.unvalued is not None and found.unvalued != case.unvalued:
        wrong.append(f"{found.unvalued} entries without value, not {case.unvalued}")
    return wrong


def _rows(case: Case, found: Drawn) -> list[str]:
    """What is wrong with the rows of `--by`: their values, or the ranges where the case states them."""
    wrong = []
    for key, right in case.rows.items():
        value, lowest, highest = found.rows.get(key, (None, None, None))
        low, _, high = right.partition("..")
        wanted = (Decimal(low), Decimal(high)) if high else (Decimal(low),)
        told = (lowest, highest) if high else (value,)
        if told != wanted:
            wrong.append(f"row {key}: {', '.join(map(str, told))}, not {right}")
    return wrong


def _pairs(case: Case, found: list[Pair]) -> list[str]:
    """What is wrong with the pairs in review: `together` hang together, and one of their pairs is open."""
    wrong = []
    reached, open_ = _joined(case.together, found)
    if case.together and reached < set(case.together):
        wrong.append(f"not in review together: {sorted(set(case.together) - reached)}")
    elif case.together and not open_:
        wrong.append("no pair in review")
    apart = set(case.apart)
    joined = [pair for pair in found if len(apart & (pair.left | pair.right)) > 1]
    return [*wrong, *(f"joined or in review: {sorted(pair.left | pair.right)}" for pair in joined)]


def _joined(wanted: tuple[str, ...], found: list[Pair]) -> tuple[set[str], bool]:
    """The references reached from the first one by pairs, and whether one of those is open."""
    names = set(wanted[:1])
    open_ = False
    grown = True
    while grown:
        before = len(names)
        for pair in found:
            if names & pair.left or names & pair.right:
                names |= pair.left | pair.right
                open_ = open_ or pair.open
        grown = len(names) > before
    return names & set(wanted), open_


def _findings(case: Case, folder: Path) -> list[str]:
    """The findings that are wanted and were not made."""
    told = findings(folder)
    wrong = []
    for wanted in case.findings:
        hits = [one for one in told if _told(wanted, one, case)]
        if not hits:
            wrong.append(f"no finding {dict(wanted)}; there are {sorted({one['code'] for one in told})}")
    return wrong


def _told(wanted: Mapping[str, str], finding: dict[str, Any], case: Case) -> bool:
    """Return True if a finding has the code, severity and place that are wanted."""
    if wanted.get("code") and finding["code"] not in wanted["code"].split():
        return False
    if finding["severity"] == "note" and not wanted.get("note"):
        return False
    place = finding["place"] if isinstance(finding.get("place"), dict) else finding
    if wanted.get("column") and fold(str(place.get("column") or "")) != wanted["column"]:
        return False
    if "at" not in wanted:
        return True
    number = _row_of(case, wanted["at"])
    everything = " ".join(str(value) for value in finding.values())
    return wanted["at"] in everything or place.get("row") in number


def _row_of(case: Case, reference: str) -> set[int]:
    """The rows in which a reference stands in any file, heads included."""
    return {
        at + 2
        for document in case.documents
        for rows in document.tables.values()
        for at, row in enumerate(rows)
        if reference in row.values()
    }
