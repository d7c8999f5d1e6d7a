"""Rows of the main sheet become entries; what cannot be made out is told and left unknown."""

from datetime import date

from konvoi.intake.kiel.columns import Columns
from konvoi.intake.kiel.days import WINDOW
from konvoi.intake.kiel.faults import Faults
from konvoi.intake.kiel.rows import Reader
from konvoi.intake.sheet import Row, Value

NAMES = (
    *("package", "party", "day", "kind", "form", "currency", "given", "item", "type", "class", "units"),
    *("delivered", "value", "value delivered", "total", "eur", "head", "valuation", "source 1", "source 2"),
)


def cells(number: int, **known: Value) -> Row:
    """A head row of a grant by Norway, but for what is said."""
    usual: dict[str, Value] = {
        "package": "NOM1",
        "party": "Norway",
        "day": date(2022, 3, 1),
        "kind": "Military",
        "form": "Weapons",
        "currency": "NOK",
        "total": 1000,
        "eur": 100,
        "head": 1,
    }
    values = usual | {name.replace("_", " "): value for name, value in known.items()}
    return Row(number, tuple(values.get(name) for name in NAMES))


def read(*rows: Row) -> tuple[list[dict[str, object]], list[tuple[str, str]]]:
    """Entries, and the codes and columns of what was told."""
    faults = Faults("f.xlsx")
    columns = Columns({name: at for at, name in enumerate(NAMES)})
    rates = {"NOK": "a rate"}
    reader = Reader(
        columns=columns, faults=faults, window=WINDOW, submission="f.xlsx", marking="public", rates=rates
    )
    entries = reader.entries(rows)
    return entries, [(finding.code, finding.place.column) for finding in faults.found]


def test_the_value_is_taken_from_the_row_that_is_marked_as_head() -> None:
    entries, told = read(cells(2, head=0, eur=None, total=None), cells(3, eur=100))
    assert [entry["row"] for entry in entries] == [3]
    assert told == []


def test_a_package_with_no_head_or_two_takes_the_first_row_and_says_so() -> None:
    for heads in (0, 1):
        entries, told = read(cells(2, head=heads, eur=100), cells(3, head=heads, eur=200))
        assert [entry["stated_minor"] for entry in entries] == [100_00]
        assert told == [("package-heads", "Q")]


def test_an_amount_without_a_currency_is_unknown_and_its_euro_value_counts() -> None:
    entries, told = read(cells(2, currency="crowns"))
    assert (entries[0]["amount_minor"], entries[0]["stated_minor"]) == (None, 100_00)
    assert told == [("currency-missing", "F")]


def test_a_rate_is_named_only_where_something_was_converted() -> None:
    assert read(cells(2))[0][0]["rate"] == "a rate"
    assert read(cells(2, eur=None))[0][0]["rate"] is None


def test_the_first_address_among_the_sources_is_kept_whole() -> None:
    entries, _ = read(cells(2, source_1="on the radio", source_2="https://a.example/b c https://d.example"))
    assert entries[0]["address"] == "https://a.example/b%20c"


def test_money_and_funds_have_their_routes_and_other_packages_leave_it_to_their_lines() -> None:
    routes = {
        form: read(cells(2, form=form))[0][0]["route"]
        for form in ("Loan", "European Peace Facility", "Weapons")
    }
    assert routes == {"Loan": "money", "European Peace Facility": "pooled fund", "Weapons": None}
    assert read(cells(2, kind="Financial"))[0][0]["route"] == "money"


def test_units_without_an_item_are_told() -> None:
    entries, told = read(cells(2, units=5, item="."))
    assert len(entries) == 1
    assert told == [("item-missing", "H")]


def test_rows_without_a_package_a_kind_or_a_known_party_are_told() -> None:
    entries, told = read(
        cells(2, package=None), cells(3, kind="Moral"), cells(4, party="Nordland", package="X")
    )
    assert told == [("package-missing", "A"), ("kind-unknown", "D"), ("party-unknown", "B")]
    assert [entry["party"] for entry in entries] == ["NO", "Nordland"]


def test_a_party_that_is_not_known_is_told_once() -> None:
    _, told = read(cells(2, party="Nordland"), cells(3, party="Nordland", head=0))
    assert told == [("party-unknown", "B")]
