"""The range, the rows and the source rows of a total on the terminal."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.calling import konvoi

TWICE = (
    "package,party,day,kind,title,amount,currency",
    "PL-1,PL,2031-01-10,humanitarian,500 tents for the hospital in Kharkiv,1234567,EUR",
    "PL-2,PL,2031-05-20,energy,Transformers,,",
)
PRESS = (TWICE[0], TWICE[1].replace("PL-1", "N-1"))


def reported_twice(folder: Path) -> Path:
    """One gift of Poland in two submissions, of Poland and of a newspaper, which nobody has reviewed."""
    for party, rows in (("PL", TWICE), ("PRESS", PRESS)):
        into = folder / "submissions" / party
        into.mkdir(parents=True)
        (into / "packages.csv").write_text("\n".join(rows) + "\n")
    settings = '[coalition]\nname = "T"\nrecipient = "UA"\nday = 2031-06-30\ncurrency = "EUR"\n'
    (folder / "konvoi.toml").write_text(settings)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoken", "expected", "calibration"),
    [
        (
            "en",
            "1 duplicate candidate is under review; resolving it can lower the total to 1,234,567.00 EUR. "
            "Estimate by match probabilities: ",
            "Match probabilities are not calibrated: 40 more randomly drawn pairs must be reviewed.",
        ),
        (
            "de",
            "1 Dublettenverdacht wird geprüft; seine Klärung kann die Summe auf 1.234.567,00 EUR senken. "
            "Schätzung nach Übereinstimmungswahrscheinlichkeiten: ",
            "40 weitere zufällig gezogene Paare sind zu prüfen.",
        ),
        ("uk", "1 імовірний дублікат на перевірці", "ще 40 випадково відібраних пар."),
    ],
)
def test_the_range_says_what_review_can_change_and_whether_probabilities_are_calibrated(
    spoken: str, expected: str, calibration: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONVOI_LANG", spoken)
    told = konvoi("total", reported_twice(tmp_path), "--by", "partner").out.splitlines()
    assert expected in told[1]
    assert calibration in told[2]


def test_the_estimate_lies_between_the_figures_of_both_answers(tmp_path: Path) -> None:
    """One open pair with its match probability p: the estimate is the total less p of the report."""
    folder = reported_twice(tmp_path)
    document = konvoi("total", folder, "--by", "partner", "--json").json
    (row,) = document["by"]
    assert row["estimate"] == document["estimate"]
    assert Decimal(document["lowest"]) < Decimal(document["estimate"]) < Decimal(document["highest"])
    shown = konvoi("total", folder, "--by", "partner").out.splitlines()
    assert any("Estimate" in line and "Range" in line for line in shown)


def test_the_source_rows_of_a_figure_are_listed(tmp_path: Path) -> None:
    folder = reported_twice(tmp_path)
    document = konvoi("total", folder, "--json").json
    assert sum(Decimal(row["counted"]) for row in document["rows"]) == Decimal(document["value"])
    assert [row["how"] for row in document["rows"]] == ["counted", "counted", "no value stated"]
    assert document["calibration"] == {"calibrated": False, "reviewed": 0, "needed": 40}
    shown = konvoi("total", folder, "--show-rows").out
    assert "PL / PL-2" in shown
    assert "no value stated" in shown


def test_a_row_without_any_value_says_so(tmp_path: Path) -> None:
    out = konvoi("total", reported_twice(tmp_path), "--by", "kind").out
    (energy,) = [line for line in out.splitlines() if line.startswith("energy")]
    assert energy.split()[1:] == ["no", "value", "stated", "1"]
