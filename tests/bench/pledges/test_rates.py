"""What comes out is as often as what was counted in the real files."""

import re
from pathlib import Path

import polars as pl
import pytest
from bench.pledges.rates import HERE, rates

from bench.pledges import generate, measure

C = pl.col
ROW = C("role").is_in(["row", "parent"])
FTS = (C("source") == "fts") & ROW
TRACKER = (C("source") == "tracker") & (C("role") == "row")
FIRST = C("role") == "announcement"
COMMITMENT = C("role") == "commitment"


@pytest.mark.parametrize(
    ("rate", "what", "among"),
    [
        ("kiel.amount_missing", C("amount_minor").is_null(), FIRST),
        ("kiel.official", C("source") == "ministry", FIRST),
        ("sheets.hedged", C("qualifier").is_not_null(), FIRST & C("amount_minor").is_not_null()),
        ("kiel.row_day_not_exact", C("day_from") != C("day_to"), TRACKER),
        ("fts.reference_missing", C("reference").is_null(), FTS),
        ("fts.receiver_missing", C("implementer").is_null(), FTS),
        ("iati.reference_missing", C("reference").is_null(), COMMITMENT),
        ("iati.implementer_missing", C("implementer").is_null(), COMMITMENT),
    ],
)
def test_missing_values_are_as_many_as_counted(
    told: pl.DataFrame, rate: str, what: pl.Expr, among: pl.Expr
) -> None:
    """Within four standard errors of a share, and never by a share of its own."""
    found = told.filter(among)
    share, n = rates().share(rate), found.height
    assert n > 300
    assert found.select(what.mean()).item() == pytest.approx(
        share, abs=4 * (share * (1 - share) / n) ** 0.5 + 1e-9
    )


def _count(told: pl.DataFrame, among: pl.Expr) -> int:
    """Records."""
    return told.filter(among).height


def test_records_repeat_as_often_as_counted(told: pl.DataFrame) -> None:
    """Pages of a package, versions of a flow, second reports, announcements said again: per first record."""
    first = _count(told, FIRST)
    flows = _count(told, (C("source") == "fts") & (C("role") == "row"))
    versions = _count(told, (C("source") == "fts") & (C("role") == "version"))
    assert _count(told, C("role") == "page") / first == pytest.approx(
        rates().mean("kiel.pages") - 1, abs=0.05
    )
    assert _count(told, C("role") == "again") / first == pytest.approx(
        rates().share("sheets.said_again"), abs=0.03
    )
    assert versions / flows == pytest.approx(rates().mean("fts.version") - 1, abs=0.08)
    assert _count(told, C("role") == "second report") / flows == pytest.approx(
        rates().mean("fts.reports") - 1, abs=0.05
    )


def test_packages_fall_into_rows_and_flows_into_children_as_often_as_counted(told: pl.DataFrame) -> None:
    """Children are spread so unevenly (one parent had 33) that their share is near only."""
    lines = rates().share("kiel.package_of_lines") * (rates().mean("kiel.lines") - 1)
    assert _count(told, C("role") == "line") / _count(told, TRACKER) == pytest.approx(lines, rel=0.15)
    child = _count(told, C("role") == "child")
    assert child / (child + _count(told, FTS)) == pytest.approx(rates().share("fts.child"), abs=0.06)


def test_references_of_flows_are_shared_about_as_often_as_counted(told: pl.DataFrame) -> None:
    """A reference that another flow bears, too, does not make the two the same."""
    coded = told.filter(FTS & C("reference").is_not_null())
    several = coded.group_by("reference").len().filter(C("len") > 1)["len"].sum()
    assert several / coded.height == pytest.approx(rates().share("fts.reference_shared"), abs=0.08)


def test_descriptions_of_flows_are_shared_about_as_often_as_counted() -> None:
    """To the letter, among as many flows as were counted: most describe one thing and no other."""
    made = generate(30_000, 2)
    told = made["records"].join(made["clusters"], on="id")
    texts = told.filter((C("source") == "fts") & C("role").is_in(["row", "parent", "child"]))["text"].head(
        961
    )
    several = texts.value_counts().filter(C("count") > 1)["count"].sum()
    assert several / len(texts) == pytest.approx(rates().share("fts.description_shared"), abs=0.08)


def test_payments_are_equal_month_after_month_about_as_often_as_counted(told: pl.DataFrame) -> None:
    """Of those under one activity, equal in sum to one 27 to 33 days before."""
    paid = told.filter(
        (C("source") == "iati") & C("role").is_in(["commitment", "payment"]) & C("publisher").is_not_null()
    )
    apart = C("day_to").diff().dt.total_days().over("activity_id", "stage", "amount_minor", order_by="day_to")
    equal = paid.select(apart.is_between(27, 33).fill_null(False).mean()).item()
    assert equal == pytest.approx(rates().share("iati.month_after_month"), abs=0.1)


def test_every_rate_that_is_drawn_on_stands_in_a_file_and_every_assumption_is_used() -> None:
    """An assumption that nothing uses, or without a reason, is a leftover."""
    source = "\n".join(path.read_text("utf-8") for path in sorted(HERE.glob("*.py")))
    named = set(re.findall(r'"((?:kiel|fts|iati|sheets)\.[a-z_]+)"', source))
    counted = {f"{group}.{rate}" for group, found in rates().counted.items() for rate in found}
    assert named - counted == set()
    entries = {
        f"{group}.{rate}": entry for group, found in rates().assumed.items() for rate, entry in found.items()
    }
    assert all(entry["reason"] for entry in entries.values())
    assert {name for name in entries if f'"{name}"' not in source} == set()


def test_every_rate_names_its_file_column_and_manner() -> None:
    """So that anybody can count again."""
    for found in rates().counted.values():
        for entry in found.values():
            assert entry["file"]
            assert entry["column"]
            assert entry["counted"]


def test_a_rate_that_does_not_exist_is_a_mistake() -> None:
    """With its name."""
    with pytest.raises(ValueError, match=r"fts\.nothing"):
        rates().share("fts.nothing")


@pytest.mark.real_data
def test_measuring_again_gives_the_committed_rates(real_data: Path) -> None:
    """From the real files, to the letter."""
    assert measure.rates(real_data) == (HERE / "rates.toml").read_text("utf-8")
    assert measure.exchange_rates(real_data) == (HERE / "fx.csv").read_text("utf-8")


def test_measuring_without_the_files_is_refused_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and what was expected."""
    assert measure.main([str(tmp_path)]) == 2
    assert "pledges/" in capsys.readouterr().err
