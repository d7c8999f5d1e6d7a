"""What a pair would change is what the total shows once it is decided; lines without a price by proxy."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from tests.flow.reports import told_twice
from tests.flow.workspaces import workspace as made

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.workspace import Workspace, workspace
from konvoi.ledger.units import owned
from konvoi.reconcile.judgement import JUDGEMENTS, judged
from konvoi.reconcile.relate import decide

PACKAGES = "package,party,day,kind,amount,currency,stage,title"
LINES = "line,package,good,quantity,unit,amount,currency"
AT = "2031-03-01T10:00:00Z"


def two_desks(
    folder: Path, own: tuple[str, ...], told: tuple[str, ...], lines: dict[str, tuple[str, ...]]
) -> Workspace:
    """Packages and lines of Arvenia, and what Corland tells of them."""
    made(
        folder, packages=(PACKAGES, *own), lines=(LINES, *lines["own"]), movements=(), receipts=(), offers=()
    )
    desk = folder / "submissions" / "CO"
    desk.mkdir()
    (desk / "packages.csv").write_text("\n".join((PACKAGES, *told)) + "\n")
    (desk / "lines.csv").write_text("\n".join((LINES, *lines["told"])) + "\n")
    return workspace(folder)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gathered, Workspace]:
    """A package whose two reports state no value, with a line of tents each; another line has a price."""
    day = "2031-01-10,humanitarian"
    work = two_desks(
        tmp_path_factory.mktemp("weigh"),
        (f"P-1,AR,{day},,,committed,Winter help", "P-2,AR,2030-01-10,humanitarian,,,committed,Stoves"),
        (f"X-1,AR,{day},,,committed,Winter help",),
        {
            "own": ("L-1,P-1,tent,10,piece,,", "L-2,P-2,tent,4,piece,800.00,EUR"),
            "told": ("M-1,X-1,tent,10,piece,,",),
        },
    )
    return gathering(work), work


def row(weighing: Weighing, gathered: Gathered, level: str) -> dict[str, object]:
    """The waiting pair of packages, or of lines."""
    lines = set(gathered.ledger.entries.filter(pl.col("line").is_not_null())["entry"])
    found = weighing.queue(gathered.ledger.relations).filter(
        pl.col("left").is_in(sorted(lines)) if level == "line" else ~pl.col("left").is_in(sorted(lines))
    )
    return found.row(0, named=True)


def test_lines_without_an_amount_stand_at_the_price_of_others_and_it_is_said(
    gathered: tuple[Gathered, Workspace],
) -> None:
    """Ten tents at EUR 200.00 apiece, by the one line that says so."""
    whole, work = gathered
    found = row(Weighing.of(whole, work.settings), whole, "line")
    assert (found["change_minor"], found["proxy_minor"], found["prices"]) == (None, 2000_00, 1)
    assert (found["queue"], found["good"], found["change_quantity"]) == ("amount", "tent", Decimal(10))
    assert found["share"] == pytest.approx(10 / 24)


def test_a_pair_of_packages_without_a_value_weighs_what_its_lines_weigh(
    gathered: tuple[Gathered, Workspace],
) -> None:
    """If the packages are one, their tents are."""
    whole, work = gathered
    found = row(Weighing.of(whole, work.settings), whole, "package")
    assert (found["good"], found["change_quantity"], found["proxy_minor"]) == ("tent", Decimal(10), 2000_00)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_a_pair_would_change_is_what_the_total_shows_once_it_is_decided(
    tmp_path_factory: pytest.TempPathFactory, count: int
) -> None:
    """One after the other, each weighed beside those that were decided before."""
    work = workspace(told_twice(tmp_path_factory.mktemp("decided"), count))
    whole = gathering(work)
    entries = owned(whole.ledger.entries, whole.ledger.owners)
    weighing = Weighing.of(whole, work.settings)
    relations, rows = whole.ledger.relations, pl.DataFrame(schema=JUDGEMENTS)
    for _ in range(count):
        first = weighing.queue(relations).row(0, named=True)
        _, before = weighing.bounds(relations)
        pair = (first["left"], first["right"])
        said = judged(pair, "same", relation=first["relation"], by="A", at=AT, entries=entries)
        rows = pl.concat([rows, pl.DataFrame([said], schema=JUDGEMENTS)])
        relations, _ = decide(whole.proposed, rows, entries)
        _, after = weighing.bounds(relations)
        assert (before - after) * 100 == first["change_minor"]
    assert weighing.queue(relations).is_empty()
    assert weighing.bounds(relations)[0] == weighing.bounds(relations)[1]
