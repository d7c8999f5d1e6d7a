"""The first page: the answer, four tiles, decisions by reader, and what the figures leave out."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.report.cases import case

from konvoi.model.finding import Finding, Place, Severity
from konvoi.report.front.decisions import MOST, Decision, Effect, decisions
from konvoi.report.front.front import front
from konvoi.report.front.missing import NOTHING, missing
from konvoi.report.language import Language
from konvoi.report.page import Message

EN = Language("en")


def texts(found: tuple[Message, ...]) -> list[str]:
    return [EN.text(one) for one in found]


def test_the_answer_states_pledged_delivered_share_and_what_is_outstanding() -> None:
    told = EN.text(front(case(), "cell").answer)
    assert told.startswith("EUR 287.0 m pledged, EUR ")
    assert "delivered or disbursed. Outstanding: EUR " in told


def test_without_amounts_the_answer_says_what_to_do() -> None:
    assert "konvoi add" in EN.text(front(case(totals={}), "cell").answer)


def test_there_are_four_tiles_with_a_figure_or_the_reason_for_none() -> None:
    for one in (case(), case(totals={}), case(plan=None)):
        tiles = front(one, "cell").tiles
        assert [tile.id for tile in tiles] == ["pledged", "delivered", "overdue", "unmet"]
        assert all(EN.text(tile.figure) for tile in tiles)


@pytest.mark.parametrize("audience", ["public", "coalition"])
def test_a_reader_who_cannot_act_gets_no_decisions(audience: str) -> None:
    assert decisions(case(), audience) == (None, 0)


def test_the_cell_gets_at_most_seven_rows_and_the_number_of_the_others() -> None:
    table, further = decisions(case(), "cell")
    assert table is not None
    assert 0 < len(table.rows) <= MOST
    assert further >= 0


def test_a_party_gets_only_rows_on_which_it_may_act() -> None:
    whole, _ = decisions(case(), "cell")
    assert whole is not None
    owners = {EN.text(row[1]) for row in whole.rows}
    assert len(owners) > 1
    own, _ = decisions(case(), "ARV")
    assert own is not None
    assert len({EN.text(row[1]) for row in own.rows}) <= 1


def test_what_is_overdue_or_due_soon_comes_first_then_needs_money_figures_then_the_larger_share() -> None:
    day = case().day
    what = Message("x")

    def one(by: int | None, effect: Effect, share: str = "0") -> Decision:
        due = None if by is None else day + timedelta(days=by)
        return Decision(what, "A", due, what, effect, Decimal(share))

    order = [
        one(-3, Effect.NEEDS),
        one(5, Effect.FIGURES),
        one(20, Effect.NEEDS, "0.4"),
        one(None, Effect.NEEDS, "0.1"),
        one(None, Effect.MONEY),
        one(None, Effect.FIGURES, "0.9"),
    ]
    mixed = [order[at] for at in (3, 0, 5, 2, 4, 1)]
    assert sorted(mixed, key=lambda found: found.order(day)) == order


def test_what_is_missing_names_partners_documents_and_rows() -> None:
    silent = Finding(Severity.WARNING, "partner-without-submission", Place("a.xlsx"), read="AR")
    wrong = Finding(Severity.ERROR, "number-unreadable", Place("a.xlsx", "Items", 4, "quantity"), read="4O")
    told = texts(missing(case(findings=(silent, wrong), totals={}, plan=None)))
    assert told[0].startswith("Partner without a submission: ")
    assert "1 row with an error." in told
    seen = texts(missing(case(findings=(silent,), totals={}, plan=None, reader="BO")))
    assert seen[0].startswith("No submission released to this reader: ")


def test_a_complete_case_says_that_nothing_is_missing() -> None:
    assert missing(case(findings=(), totals={}, plan=None)) == (NOTHING,)


def test_receipts_that_nobody_reports_are_no_zero() -> None:
    tables = {
        name: rows for name, rows in case().tables.items() if name not in ("met", "receipts", "movements")
    }
    unmet = front(case(tables=tables), "cell").tiles[3]
    told = [EN.text(one) for one in unmet.details]
    assert "Dispatches and receipts are not reported" in told
    assert not any("received, by value" in one for one in told)
