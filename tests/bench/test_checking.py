"""The checker of plan folders: plans of both generators have no fault, and each changed cell is found."""

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from bench.checking.check import check
from bench.instances import tables as own
from bench.rechecked import rechecked
from bench.weekly import weekly
from tests.plan.worlds import Rows, day, tables

from konvoi.gateways.files import write_folder
from konvoi.plan.folder import files
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve
from konvoi.report.tables import csv_files

Generator = Callable[[str, int], dict[str, pl.DataFrame]]

CHECKING = Path(__file__).parents[2] / "bench" / "checking"

BUYS: Rows = [
    {"day": day(0), "amount": 1000},
    {"good": "tent", "price": 100, "lead_days": 1, "supplier": "Maker", "site": "D", "most": 9},
]
WORLD = tables(
    offers=[
        {"quantity": 6, "ready": day(0), "until": day(20), "unit_value": 50_00, "currency": "EUR"},
    ],
    needs=[{"last_useful": day(20)}, {"need": "W", "quantity": 2, "whole": True, "last_useful": day(20)}],
    budgets=BUYS,
    capacities=[{"on": "DX", "tonnes": 6}, {"on": "S", "tonnes": 20}],
    caps=[
        {"party": "P", "what": "tonnes", "most": 12},
        {"party": "P", "what": "quantity", "most": 12},
        {"party": "P", "what": "value", "most": 400, "currency": "EUR"},
    ],
    stocks=[{"party": "P", "good": "tent", "stock": 9, "floor": 2}],
    closures=[{"on": "XS", "from": day(24), "to": day(26)}],
    approvals=[{"approval": "A", "kind": "export licence", "party": "P", "covers": "O", "given": day(0)}],
    earmarks=[{"offer": "O", "to": "region", "value": "east"}],
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a problem and its plan."""
    folder = tmp_path_factory.mktemp("checked")
    write_folder(folder / "problem", csv_files(WORLD))
    write_folder(folder / "plan", files(solve(from_tables(WORLD))))
    return folder


def changed(written: Path, folder: Path, at: str, cells: dict[str, str]) -> set[str]:
    """The rules that are broken once some cells of the first row of a table are others."""
    for path in written.rglob("*.*"):
        copy = folder / path.relative_to(written)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    path = folder / at
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if all(row[name] for name in cells))
    row.update(cells)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return {one.rule for one in check(folder / "problem", folder / "plan").faults}


def test_the_plan_has_movements_from_stock_and_purchases_and_no_fault(written: Path) -> None:
    found = check(written / "problem", written / "plan")
    assert found.faults == ()
    assert found.movements >= 3
    assert (written / "plan" / "payments.csv").read_text("utf-8").count("\n") > 1


FAULTS = {
    "no whole steps": ("plan/movements.csv", {"quantity": "0.5"}),
    "more than is offered": ("problem/offers.csv", {"quantity": "1"}),
    "more than may be bought": ("problem/budgets.csv", {"most": "1"}),
    "leaves before it is ready": ("problem/offers.csv", {"ready": "2026-01-30"}),
    "leaves after the offer's last day": ("problem/offers.csv", {"until": "2026-01-04"}),
    "approval does not hold": ("problem/approvals.csv", {"given": "2026-02-01"}),
    "earmarked for others": ("problem/earmarks.csv", {"value": "west"}),
    "paid otherwise than priced": ("problem/budgets.csv", {"price": "2.00"}),
    "leaves before its lead days are over": ("problem/budgets.csv", {"lead_days": "27"}),
    "more money than there is": ("problem/budgets.csv", {"amount": "0.01"}),
    "another time of travel": ("problem/lanes.csv", {"days_p50": "3"}),
    "passes what is closed": ("problem/closures.csv", {"from": "2026-01-05"}),
    "arrives on another day": ("plan/movements.csv", {"arrives": "2026-01-25"}),
    "leaves before it arrives": ("plan/legs.csv", {"departs": "2026-01-01"}),
    "in time or late, stated wrongly": ("problem/needs.csv", {"due": "2026-01-05"}),
    "of no use any more": ("problem/needs.csv", {"last_useful": "2026-01-05"}),
    "above capacity": ("problem/capacities.csv", {"tonnes": "1"}),
    "above the partner's cap": ("problem/caps.csv", {"most": "1"}),
    "below the stock floor": ("problem/stocks.csv", {"floor": "8"}),
    "more than is needed": ("problem/needs.csv", {"quantity": "1"}),
    "another unmet quantity": ("problem/needs.csv", {"quantity": "30"}),
    "a part where only all is useful": ("problem/needs.csv", {"whole": "yes", "quantity": "30"}),
    "another value": ("problem/needs.csv", {"quantity": "1"}),
    "unknown need": ("plan/movements.csv", {"need": "Z"}),
    "legs do not meet": ("plan/legs.csv", {"from": "X"}),
    "outside the horizon": ("problem/horizon.csv", {"weeks": "1"}),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_changed_cell_is_found(written: Path, tmp_path: Path, rule: str) -> None:
    at, cells = FAULTS[rule]
    assert rule in changed(written, tmp_path, at, cells)


def test_a_cap_by_value_counts_what_offers_state(written: Path, tmp_path: Path) -> None:
    assert "above the partner's cap" in changed(
        written, tmp_path, "problem/offers.csv", {"unit_value": "100.00"}
    )


@pytest.mark.slow
@pytest.mark.parametrize("generator", [own, weekly, partial(weekly, by_value=True)])
def test_plans_of_both_generators_have_no_fault(generator: Generator) -> None:
    world = generator("XS", 1)
    assert rechecked(world, solve(from_tables(world))).faults == ()


def test_the_checker_shares_no_code_with_what_it_checks() -> None:
    assert not [path for path in CHECKING.glob("*.py") if "konvoi import" in path.read_text("utf-8")]
    assert not [path for path in CHECKING.glob("*.py") if "import konvoi" in path.read_text("utf-8")]
