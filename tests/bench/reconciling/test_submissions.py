"""Made-up records become files that the product reads back as they were written."""

from pathlib import Path

import polars as pl
import pytest
from bench.pledges.campaigns import campaigns
from bench.pledges.handed import Made
from bench.reconciling.path import lay, pairs, totals
from bench.reconciling.submissions import PREFIX, columns, rates, write

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.workspace import Workspace, workspace

TOML = '[coalition]\nrecipient = "UA"\ncurrency = "EUR"\n'


@pytest.fixture(scope="module")
def made() -> Made:
    """About 300 records of a dev seed."""
    return campaigns(300, 11)


@pytest.fixture(scope="module")
def work(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace of all their submissions."""
    folder = tmp_path_factory.mktemp("path")
    (folder / "konvoi.toml").write_text(TOML)
    rates(made, folder / "rates.csv")
    lay(write(made, folder / "files"), folder)
    return workspace(folder)


@pytest.fixture(scope="module")
def gathered(work: Workspace) -> Gathered:
    return gathering(work)


def test_each_sender_hands_in_each_document_once(made: Made, tmp_path: Path) -> None:
    """IATI activities of a register, workbooks of some senders, CSV tables of the others."""
    files = write(made, tmp_path)
    documents = made.records.select("sender", "document").unique().height
    paths = [path for each in files.values() for path in each]
    assert set(files) == set(made.records["sender"])
    assert len(paths) == len(set(paths)) == documents
    assert {path.suffix for path in paths} == {"", ".xlsx", ".xml"}


@pytest.mark.slow
def test_all_references_and_amounts_arrive(made: Made, gathered: Gathered) -> None:
    """Every stated amount in its currency, from both kinds of files; what states none arrives without one."""
    entries = gathered.ledger.entries
    once = made.records.filter(pl.len().over("id") == 1)
    entries = entries.with_columns(pl.col("package").str.strip_prefix(PREFIX))
    both = once.join(entries, left_on="id", right_on="package", how="left", suffix="_read")
    assert both.filter(pl.col("amount_minor").is_not_null())["entry"].null_count() == 0
    assert {".xml", ".xlsx", ".csv"} == {Path(one).suffix for one in both["submission"].drop_nulls()}
    assert both.filter(pl.col("amount_minor").ne_missing(pl.col("amount_minor_read"))).height == 0
    assert (
        both.filter(
            pl.col("amount_minor").is_not_null(), pl.col("currency") != pl.col("currency_read")
        ).height
        == 0
    )


@pytest.mark.slow
def test_rates_are_read_without_a_doubt(work: Workspace, gathered: Gathered) -> None:
    """Six decimals: "10.507" alone could be ten thousand."""
    assert not [one for one in gathered.findings if one.place.file == "rates.csv"]
    assert work.settings.recipient == "UA"


def test_what_the_product_states_is_named_by_references(made: Made, gathered: Gathered) -> None:
    """Pairs name two packages, with a probability; totals have rows by partner and by partner and year."""
    found = pairs(gathered)
    ids = set(made.truth["id"])
    assert set(found["left_id"]) | set(found["right_id"]) <= ids
    assert found["probability"].is_between(0, 1).all()
    assert found["probability"].null_count() == 0


@pytest.mark.slow
def test_years_of_all_partners_add_up_to_the_total(work: Workspace, gathered: Gathered) -> None:
    """The same question asked three ways."""
    told = totals(gathered, work.settings)
    total, partners, years = told["total"], told["partners"], told["years"]
    assert isinstance(total, dict)
    assert isinstance(partners, list)
    assert isinstance(years, list)
    assert sum(row["value"] for row in partners) == pytest.approx(total["value"])
    assert sum(row["value"] for row in years) == pytest.approx(total["value"], rel=1e-6)
    assert total["lowest"] <= total["value"] <= total["highest"]


def test_columns_that_the_product_lacks_are_left_out() -> None:
    """Implementer and place are stated where packages have them."""
    assert columns()[:3] == ("package", "party", "day")
