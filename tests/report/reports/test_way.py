"""From word to receipt in a brief: what was undertaken, what stands open, what is stalled."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.report.cases import case, table

from konvoi.accord.stage_reconciliation import JOINTS
from konvoi.accord.stalled import STALLED
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.records import records
from konvoi.report.reports.way import ALL_MET, NO_UNDERTAKING, NONE_STALLED, section

EN = Language("en")
Row = dict[str, object]

UNDERTAKING: Row = {"undertaking": "U-1", "document": "D-1", "clause": "II/3", "party": "ARV"}
ALLOCATION: Row = {"allocation": "A-1", "party": "ARV", "line": "L-1", "undertaking": "U-1"}


def joint(record: str, to: str, had: int | None, came: int | None, state: str, **more: object) -> Row:
    usual: Row = {"level": "line", "record": record, "route": "procured", "party": "ARV", "from": "allocated"}
    usual |= {"had": had, "came": came, "unit": "piece", "to": to, "state": state, "behind": ["e01"]}
    return dict.fromkeys(JOINTS) | usual | more


def made(*joints: Row, stalled: tuple[Row, ...] = ()) -> Case:
    known = case()
    tables = {
        **known.tables,
        "joints": pl.DataFrame(joints, schema=JOINTS),
        "stalled": pl.DataFrame(stalled, schema=STALLED),
        "undertakings": table("undertakings", [UNDERTAKING]),
        "allocations": table("allocations", [ALLOCATION]),
    }
    return replace(known, tables=tables)


PROMISE = {"level": "undertaking", "from": "undertaken", "behind": ["undertakings/U-1"]}
STAYS = dict.fromkeys(STALLED) | {
    "line": "L-1",
    "party": "ARV",
    "stage": "contracted",
    "days": 77,
    "limit": 60,
    "cases": 3,
    "basis": "limit",
    "eur_minor": 720_000_000,
    "mover": "BRE",
    "moves": "supplier",
    "next": "produced",
    "since": date(2026, 1, 1),
    "behind": ["e01"],
}


def drawn(found: Section | None) -> tuple[list[str], dict[str, list[list[str]]]]:
    assert found is not None
    tables = {one.id: [[EN.text(cell) for cell in row] for row in one.rows] for one in found.tables}
    return [EN.text(sentence) for sentence in found.answer], tables


def test_the_answer_counts_undertakings_the_share_behind_lines_and_what_is_stalled() -> None:
    rows = (
        joint("U-1", "allocated", 10, 10, "met", **PROMISE),
        joint("L-1", "contracted", 10, 12, "above"),
        joint("L-2", "contracted", 5, None, "open"),
    )
    answer, _ = drawn(section(made(*rows, stalled=(STAYS,))))
    assert answer == [
        "1 obligation from agreements; fully allocated: 1.",
        "Items with an obligation from an agreement: 50\u00a0% (all: 2 line items).",
        "At 1 stage transition, more was reported than at the previous stage.",
        "1 stalled item, value EUR 7.2 m (no value stated: 0).",
    ]


def test_what_went_too_far_stands_first_and_what_is_met_not_at_all() -> None:
    rows = (
        joint("L-1", "contracted", 5, None, "open"),
        joint("L-2", "contracted", 10, 10, "met"),
        joint("L-3", "contracted", 10, 4, "open"),
        joint("L-4", "contracted", 10, 12, "above"),
    )
    cells = drawn(section(made(*rows)))[1]["joints-table"]
    assert [row[0] for row in cells] == ["L-4", "L-3", "L-1"]
    assert cells[1][3:] == ["allocated → contracted", "10 pieces", "4 pieces", "piece", "open"]
    assert cells[2][5] == ""


def test_sums_are_told_where_quantities_are_not_known() -> None:
    money: Row = {"unit": None, "had_minor": 5_000_000_000, "came_minor": 2_000_000_000, "currency": "EUR"}
    row = joint("L-1", "disbursed", None, None, "open", **money)
    (cells,) = drawn(section(made(row)))[1]["joints-table"]
    assert cells[4:7] == ["EUR 50.0 m", "EUR 20.0 m", "EUR"]


def test_a_stalled_line_says_how_long_what_it_is_worth_and_whose_move_it_is() -> None:
    (row,) = drawn(section(made(stalled=(STAYS,))))[1]["stalled-table"]
    assert row[2:] == [
        "Arvenia",
        "contracted",
        "77 days",
        "60 days",
        "EUR 7.2 m",
        "Breland (supplier)",
        "produced",
    ]


def test_an_undertaking_names_its_document_and_clause_and_opens_to_its_row() -> None:
    known = made(joint("U-1", "allocated", 10, 4, "open", **PROMISE))
    (row,) = drawn(section(known))[1]["undertakings-table"]
    assert (row[0], row[2], row[4], row[5], row[7]) == ("U-1", "D-1 II/3", "10 pieces", "4 pieces", "open")
    assert {"undertakings/U-1", "allocations/A-1"} <= {one.id for one in records(known)}


def test_without_anything_agreed_there_is_no_such_part_and_without_rows_it_says_what_to_do() -> None:
    assert section(case()) is None
    found = section(made())
    assert found is not None
    assert found.answer == (NO_UNDERTAKING, NONE_STALLED)
    assert found.tables[1].empty == ALL_MET
