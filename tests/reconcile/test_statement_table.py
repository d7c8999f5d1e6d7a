"""Records with the statements of their titles: intervals, parties named, days, goods and their families."""

from datetime import date
from decimal import Decimal

import polars as pl
from tests.reconcile.ledgers import entries

from konvoi.model.entries import PARTICIPANT, PLACE, SCOPES, SINCE, frame
from konvoi.reconcile.records import records
from konvoi.reconcile.statement_table import statement_table


def table(
    *rows: dict[str, object], scopes: tuple[tuple[str, str], ...] = (), **tables: pl.DataFrame
) -> pl.DataFrame:
    ledger = entries(*rows)
    named = frame(
        [{"entry": "a", "side": "source", "dimension": name, "value": value} for name, value in scopes],
        SCOPES,
    )
    return statement_table(records(ledger, None), ledger, named, tables)


def one(text: str, scopes: tuple[tuple[str, str], ...] = (), **tables: pl.DataFrame) -> dict[str, object]:
    money = {"amount_minor": 200_000_000, "currency": "EUR"}
    return table({"entry": "a", "text": text, **money}, scopes=scopes, **tables).row(0, named=True)


def test_an_approximation_is_an_interval() -> None:
    assert [one("over 2 million")[name] for name in ("value", "low", "high")] == [2e6, 2e6, 3e6]
    assert [round(float(str(one("rund 2 Mio.")[name]))) for name in ("low", "high")] == [1_700_000, 2_300_000]
    assert [round(float(str(one("майже 2 млн")[name]))) for name in ("low", "high")] == [1_500_000, 2_000_000]


def test_parties_are_named_in_any_case_and_the_giver_is_not_among_them() -> None:
    parties = pl.DataFrame({"party": ["DE", "NL-1"], "name": ["Germany", "Norland"], "kind": ["state"] * 2})
    for text in (
        "jointly with Germany",
        "gemeinsam mit Deutschland",
        "разом з Німеччиною",
        "razem z Niemcami",
    ):
        assert one(f"Norland: stoves {text}", parties=parties)["members"] == ["DE"]
    assert one("stoves, DE and NL-1", parties=parties)["members"] == ["DE"]
    recipient = pl.DataFrame({"party": ["UA"], "name": ["Ukraine"], "kind": ["recipient"]})
    assert one("joint package for Ukraine", parties=recipient)["members"] == []
    assert one("stoves", ((PARTICIPANT, "Germany"),), parties=parties)["members"] == ["DE"]


def test_columns_since_and_place_stand_above_the_title() -> None:
    row = one("Stoves for Sumy", ((SINCE, "2022-01-05"), (PLACE, "Odessa")))
    assert (row["lead"], row["place"]) == ("to date", "odesa")
    assert row["since"] == (date(2022, 1, 5) - date(1970, 1, 1)).days
    assert one("total since January")["since"] == (date(2022, 1, 1) - date(1970, 1, 1)).days
    assert one("total since May")["since"] == (date(2021, 5, 1) - date(1970, 1, 1)).days


def test_a_good_stands_under_those_above_it_also_where_they_run_in_a_circle() -> None:
    goods = pl.DataFrame({"good": ["m777", "gun", "a", "b"], "family": ["gun", None, "b", "a"]})
    row = {"entry": "a", "line": "L", "quantity": Decimal(3), "unit": "piece"}
    assert table(row | {"good": "m777"}, goods=goods)["goods"].to_list() == [["gun", "m777"]]
    assert table(row | {"good": "a"}, goods=goods)["goods"].to_list() == [["a", "b"]]
    assert table(row | {"good": "m777"})["goods"].to_list() == [["m777"]]


def test_damaged_input_raises_nothing() -> None:
    assert table().height == 0
    assert table({"entry": "a", "text": None, "party": None, "source": None}).height == 1
    assert table({"entry": "a", "text": "x"}, scopes=((SINCE, "soon"),))["since"].to_list() == [None]


def test_goods_with_a_hyphen_stand_under_those_above_them() -> None:
    goods = pl.DataFrame({"good": ["gun-155", "gun"], "family": ["gun", None]})
    row = {"entry": "a", "line": "1", "good": "gun-155", "quantity": Decimal(3), "unit": "piece"}
    assert table(row, goods=goods)["goods"].to_list() == [["gun", "gun 155"]]


def test_things_are_the_goods_of_the_title_and_of_the_lines_and_goods_are_not() -> None:
    goods = pl.DataFrame({"good": ["snow-plough"], "name": ["snow ploughs"], "family": ["vehicle-x"]})
    package: dict[str, object] = {"entry": "a", "package": "P-1", "reference": "P-1", "text": "For roads"}
    line: dict[str, object] = {
        "entry": "b",
        "package": "P-1",
        "line": "P-1/1",
        "good": "grit",
        "quantity": Decimal(3),
    }
    titled: dict[str, object] = {
        "entry": "c",
        "package": "P-2",
        "reference": "P-2",
        "text": "12 snow ploughs",
    }
    rows = {row["id"]: row for row in table(package, line, titled, goods=goods).iter_rows(named=True)}
    assert (rows["a"]["goods"], rows["a"]["things"]) == ([], ["grit"])
    assert rows["c"]["things"] == ["snow plough", "vehicle x"]


def test_an_amount_of_one_or_two_digits_may_be_rounded_from_others() -> None:
    def rounded(amount: int) -> list[float | None]:
        money = {"amount_minor": amount * 100, "currency": "EUR"}
        row = table({"entry": "a", "text": "Stoves", **money}).row(0, named=True)
        return [None if row[name] is None else round(row[name], -4) for name in ("round_low", "round_high")]

    assert rounded(8_000_000) == [7_450_000, 8_550_000]
    assert rounded(8_100_000) == [8_000_000, 8_200_000]
    assert rounded(8_120_000) == [None, None]
