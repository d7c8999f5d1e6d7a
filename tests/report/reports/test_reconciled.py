"""Consignments in a brief: what was sent, what came, what is open."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case, entries, entry

from konvoi.model.entries import ENTRIES, frame
from konvoi.model.table import QUANTITY
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Number, Section
from konvoi.report.reports.reconciled import section

ENGLISH = Language("en")
NUMBERS = ("sent", "received", "short", "damaged", "rejected", "over", "open", "arrived")
CONSIGNMENTS = pl.Schema(
    {
        **dict.fromkeys(("consignment", "line", "good", "unit"), pl.String()),
        **dict.fromkeys(NUMBERS, QUANTITY),
        "state": pl.String(),
        **dict.fromkeys(("first", "last", "until"), pl.Date()),
        **dict.fromkeys(("despatches", "receipts"), pl.String()),
    }
)
PIECES = pl.Schema(
    dict.fromkeys(("consignment", "good", "serial", "state", "despatch", "receipt"), pl.String())
)


def consignment(name: str, state: str, **more: object) -> dict[str, object]:
    """Twelve generators of Arvenia that left on 2 February."""
    nothing = dict.fromkeys(NUMBERS, Decimal(0))
    usual = {"line": "ARV-1/1", "good": "gen", "unit": "piece", "first": date(2026, 2, 2)}
    papers = {"despatches": f"M-{name}", "receipts": None}
    return {"consignment": name, "state": state, **nothing, "sent": Decimal(12), **usual, **papers, **more}


def sent(*, pieces: list[dict[str, str]] | None = None) -> Case:
    """The invented case with two consignments: one open, one that came short."""
    told = [
        entry("E70", "ARV", "dispatched", None, line="ARV-1/1", reference="M-W-2", quantity=Decimal(12)),
        entry("E71", "ARV", "received", None, line="ARV-1/1", reference="R-2", quantity=Decimal(10)),
    ]
    rows = [
        consignment(
            "W-2", "received with discrepancies", received=Decimal(10), short=Decimal(2), receipts="R-2"
        ),
        consignment("W-1", "open", open=Decimal(12)),
    ]
    tables = cases.tables() | {
        "consignments": pl.DataFrame(rows, schema=CONSIGNMENTS),
        "pieces": pl.DataFrame(pieces or [], schema=PIECES),
    }
    return replace(case(), entries=pl.concat([entries(), frame(told, ENTRIES)]), tables=tables)


def made(known: Case) -> Section:
    """The part, which is there."""
    found = section(known)
    assert found is not None
    return found


def test_the_answer_counts_the_states_that_occur() -> None:
    assert ENGLISH.text(made(sent()).answer[0]) == (
        "2 consignments dispatched (one for each good): receipt not reported 1, received with "
        "discrepancies 1."
    )


def test_what_is_open_stands_first_and_each_quantity_in_its_column() -> None:
    rows = [[ENGLISH.text(value) for value in row] for row in made(sent()).tables[1].rows]
    assert [row[0] for row in rows] == ["W-1", "W-2"]
    assert rows[1][5:9] == ["12 pieces", "10 pieces", "2 pieces", "0 pieces"]
    assert (rows[0][1], rows[0][11]) == ("○ receipt not reported", "12 pieces")
    assert rows[1][14] == "M-W-2 → R-2"


def test_what_was_sent_opens_its_despatch_and_what_came_its_receipt() -> None:
    row = made(sent()).tables[1].rows[1]
    sent_, received = row[5], row[6]
    assert isinstance(sent_, Number)
    assert isinstance(received, Number)
    assert (sent_.behind, received.behind) == (("E70",), ("E71",))


def test_each_partner_has_its_counts() -> None:
    (row,) = made(sent()).tables[0].rows
    assert [ENGLISH.text(value) for value in row] == ["Arvenia", "2", "1", "1"]


def test_only_pieces_that_differ_are_listed() -> None:
    one = {"consignment": "W-2", "good": "gen", "receipt": "R-2", "despatch": "M-W-2"}
    pieces = [one | {"serial": "A1", "state": "received"}, one | {"serial": "A2", "state": "missing"}]
    (table,) = (table for table in made(sent(pieces=pieces)).tables if table.id == "pieces")
    assert [ENGLISH.text(row[2]) for row in table.rows] == ["A2"]
    assert ENGLISH.text(table.rows[0][3]) == "dispatched, not received"


def test_where_nothing_was_sent_there_is_no_such_part() -> None:
    assert section(case()) is None
