"""What changed between two states, and what it did to the totals."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from bench.kiel_revised import KINDS, revised
from tests.flow.workspaces import TABLES, workspace

from konvoi.flow.submissions.diff import OTHERWISE, Diff, diff
from konvoi.flow.workspace import opened

KIEL = "pledges/kiel-release-7/Ukraine_Support_Tracker.xlsx"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Diff:
    """The first package is worth 500 more, a third one is new, and the despatch is of six tents."""
    folder = tmp_path_factory.mktemp("diff")
    packages = (
        *(TABLES["packages"][0], TABLES["packages"][1].replace("1000.00", "1500.00"), TABLES["packages"][2]),
        "P-3,AR,2031-02-11,energy,70.00,EUR,committed,",
    )
    moves = (TABLES["movements"][0], "M-1,L-1,2031-02-01,dispatched,6")
    old, new = workspace(folder / "old"), workspace(folder / "new", packages=packages, movements=moves)
    return diff(opened([old]), opened([new]))


def test_packages_come_back_by_kind_and_not_cells(changed: Diff) -> None:
    rows = list(changed.packages.select("package", "kind").iter_rows())
    assert rows == [("P-1", "corrected"), ("P-3", "added")]
    assert "L-1, dispatched: quantity: 4 → 6" in changed.packages["changes"][0].to_list()
    assert changed.counts["added"] == 1


def test_the_kinds_of_change_together_are_the_difference_of_each_total(changed: Diff) -> None:
    by_name = {(one.stage, one.good): one for one in changed.totals}
    committed = by_name["committed", ""]
    assert (committed.old, committed.new) == (Decimal("1000.00"), Decimal("1570.00"))
    assert committed.by == {"added": Decimal("70.00"), "corrected": Decimal("500.00")}
    assert by_name["dispatched", "tent"].by == {"corrected": Decimal(2)}
    for one in changed.totals:
        assert one.old is not None
        assert one.new is not None
        assert one.new - one.old == sum(one.by.values())


def test_what_only_counts_otherwise_is_told_as_that(tmp_path: Path) -> None:
    """Nobody changed the package: a boundary now leaves it out."""
    folder = workspace(tmp_path / "w")
    work = opened([folder])
    other = replace(work, settings=replace(work.settings, recipient="AR"))
    found = diff(work, other)
    assert found.packages.is_empty()
    assert set(found.totals[0].by) == {OTHERWISE}


def test_a_state_does_not_differ_from_itself(tmp_path: Path) -> None:
    work = opened([workspace(tmp_path / "w")])
    assert diff(work, work).as_dict()["packages"] == []


@pytest.mark.slow
@pytest.mark.real_data
def test_ten_changes_of_each_kind_in_re_ordered_rows_of_kiel_come_back_exactly(
    real_data: Path, tmp_path: Path
) -> None:
    told = revised(real_data / KIEL, tmp_path / "second.xlsx")
    found = diff(opened([real_data / KIEL]), opened([tmp_path / "second.xlsx"]))
    assert dict(found.packages.select("package", "kind").iter_rows()) == told
    assert found.packages.height == 10 * len(KINDS)
    committed = next(one for one in found.totals if (one.stage, one.good) == ("committed", ""))
    assert committed.old == Decimal("93942559020.33")
    assert committed.new is not None
    assert committed.new - committed.old == sum(committed.by.values())


def test_a_package_of_which_only_the_rate_changed_is_re_rated(tmp_path: Path) -> None:
    """P-1 states 1,000 dollars in both states, at 2 dollars for a euro and then at 1.6; P-2 states euros."""
    packages = (
        TABLES["packages"][0],
        TABLES["packages"][1].replace("EUR", "USD"),
        *TABLES["packages"][2:],
    )
    states = []
    for name, rate in (("old", "2"), ("new", "1.6")):
        folder = workspace(tmp_path / name, packages=packages)
        (folder / "rates.csv").write_text(f"day,currency,per_eur,source\n2031-01-01,USD,{rate},bank\n")
        states.append(opened([folder]))
    found = diff(*states, currency="EUR")
    rows = found.packages.select("package", "kind", "changes").rows()
    assert rows == [("P-1", "re-rated", ["committed: stated_minor: 500.00 EUR → 625.00 EUR"])]
    assert found.totals[0].by == {"re-rated": Decimal("125.00")}
