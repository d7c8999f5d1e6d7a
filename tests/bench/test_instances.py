"""Problems from a seed: the same everywhere, sound, and such as they are said to be."""

import hashlib
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from bench.instances import SIZES, main, tables

from konvoi.cli.workspace_argument import opened
from konvoi.flow.run import tables_of
from konvoi.plan.read_problem import from_tables
from konvoi.report.tables import csv_files

COLUMNS = {
    "needs": ["need", "good", "quantity", "site", "due", "last_useful", "weight", "whole"],
    "offers": ["offer", "party", "good", "quantity", "site", "ready"],
    "lanes": ["lane", "days_p10", "days_p50", "days_p90", "cost"],
    "capacities": ["on", "tonnes", "pallets", "neq_kg"],
}


def digest(size: str, seed: int) -> str:
    """A digest of what draws most on chance, whatever columns the workbook may get."""
    made, found = tables(size, seed), hashlib.sha256()
    for name, columns in COLUMNS.items():
        found.update(made[name].select(columns).write_csv().encode())
    return found.hexdigest()[:16]


def test_a_seed_gives_the_same_problem_everywhere_and_another_seed_another() -> None:
    assert csv_files(tables("XXS", 3)) == csv_files(tables("XXS", 3))
    assert digest("XXS", 1) == "8ec354372035bb0a"
    assert digest("S", 5) == "b2ea88560cf95571"
    assert digest("S", 4) != digest("S", 5)


@pytest.mark.parametrize(("size", "seed"), [("XXS", 1), ("XXS", 2), ("S", 1)])
def test_a_problem_is_of_its_size_and_nothing_in_it_is_unsound(size: str, seed: int) -> None:
    problem, shape = from_tables(tables(size, seed)), SIZES[size]
    assert problem.findings == ()
    assert len(problem.needs) == shape.needs
    assert sum(1 for source in problem.sources if source.offer) == shape.offers
    assert len(problem.sites) == sum(shape.sites)
    assert problem.weeks == shape.weeks


def test_a_kit_bears_most_of_what_its_members_are_worth_and_they_are_needed_together() -> None:
    """A kit weighs 85 parts in a hundred of what its largest member is worth, members keep 15 of their own.

    Both are rounded to four places.
    """
    made = tables("S", 1)
    needs = {row["need"]: row for row in made["needs"].iter_rows(named=True)}
    rows = list(made["kits"].iter_rows(named=True))
    for kit in {row["kit"] for row in rows}:
        members = [(needs[row["need"]], row) for row in rows if row["kit"] == kit]
        assert len({(need["site"], need["due"], need["last_useful"]) for need, _ in members}) == 1
        assert not any(need["whole"] for need, _ in members)
        sets = min(need["quantity"] // row["per_kit"] for need, row in members)
        own, quantity = max((need["weight"] * need["quantity"], need["quantity"]) for need, _ in members)
        rounded = Decimal("0.0001") * (sets + 6 * max(quantity, *(need["quantity"] for need, _ in members)))
        assert len({row["weight"] for _, row in members}) == 1
        assert abs(members[0][1]["weight"] * sets - own / 15 * 85) < rounded


def test_tight_scales_what_lanes_and_hubs_take_a_week() -> None:
    usual, half = (tables("XXS", 1, tight=tight)["capacities"]["tonnes"] for tight in (1.0, 0.5))
    assert usual.len() == half.len()
    assert all(abs(many - 2 * few) <= Decimal("0.02") for many, few in zip(usual, half, strict=True))


@pytest.mark.slow
def test_a_problem_written_as_tables_is_read_as_the_same_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["instances", "XXS", str(tmp_path / "made"), "--seed", "2"])
    main()
    made, findings, refused = tables_of(opened([tmp_path / "made"]))
    assert (list(findings), refused) == ([], 0)
    assert from_tables(made.tables).digest == from_tables(tables("XXS", 2)).digest
