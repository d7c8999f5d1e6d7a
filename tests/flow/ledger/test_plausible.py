"""A questioned scale or currency widens the range by the amount that may be meant; the stated one counts."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.calling import konvoi

HEAD = "package,party,day,kind,title,amount,currency\n"
LINES = "line,package,good,quantity,unit,amount,currency\n"


def cell(tmp_path: Path, amount: int, currency: str) -> dict[str, tuple[str, str, str]]:
    """Four clean prices of about 100 SEK or EUR 10 for a tent, and a fifth entry of Sweden's as given."""
    work, desk = tmp_path / "cell", tmp_path / "desk"
    konvoi("init", work)
    desk.mkdir()
    (desk / "goods.csv").write_text("good,name,unit\ntent,Tent,piece\n")
    (desk / "rates.csv").write_text("currency,day,per_eur,source\nSEK,2030-12-31,10,bank\n")
    rows = [(f"S-{n}", 500 + n, 100 * (500 + n), "SEK") for n in range(1, 5)]
    rows.append(("S-9", 600, amount, currency))
    titles = ("schools", "harbours", "clinics", "farms", "stations")
    packages = [
        f"{ref},SE,2031-01-01,energy,Tents: {title},{sum_},{code}"
        for title, (ref, _, sum_, code) in zip(titles, rows, strict=True)
    ]
    lines = [f"{ref}/1,{ref},tent,{count},piece,{sum_},{code}" for ref, count, sum_, code in rows]
    (desk / "packages.csv").write_text(HEAD + "\n".join(packages) + "\n")
    (desk / "lines.csv").write_text(LINES + "\n".join(lines) + "\n")
    konvoi("add", desk, "--from", "SE", "--dir", work, "--json")
    found = konvoi("total", work, "--json", "--currency", "EUR", "--by", "partner").json
    return {
        key: tuple(str(Decimal(one[name]) - 20100) for name in ("value", "lowest", "highest"))  # type: ignore[misc]
        for key, one in (("total", found), ("SE", found["by"][0]))
    }


@pytest.mark.slow(all=True)
@pytest.mark.parametrize(
    ("amount", "currency", "range_"),
    [
        (60_000, "SEK", ("6000", "6000", "6000")),
        (60_000, "EUR", ("60000", "6000", "60000")),  # kronor with the code EUR
        (60_000_000, "SEK", ("6000000", "6000", "6000000")),
        (60, "SEK", ("6", "6", "6000")),
    ],
)
def test_the_range_holds_the_amount_that_may_be_meant(
    tmp_path: Path, amount: int, currency: str, range_: tuple[str, str, str]
) -> None:
    assert cell(tmp_path, amount, currency) == {"total": range_, "SE": range_}


def test_a_row_that_may_be_the_total_of_others_may_count_nothing(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    rows = (("A", "Radios", 2_500), ("B", "Trucks", 7_500), ("S", "Subtotal: army", 10_400))
    packages = [f"{ref},SE,2031-01-01,energy,{title},{amount},XTS" for ref, title, amount in rows]
    (desk / "packages.csv").write_text(HEAD + "\n".join(packages) + "\n")
    found = konvoi("total", desk, "--json").json
    assert [found[name] for name in ("value", "lowest", "highest")] == [20400, 10000, 20400]
