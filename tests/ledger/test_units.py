"""How far a unit has come, and which stages stand beyond which."""

from decimal import Decimal

import polars as pl
import pytest
from tests.ledger.ledgers import ledger

from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.ledger.units import FULFILLED, onwards, owners, passes, reached
from konvoi.model.stages import Stage


def test_a_stage_is_reached_only_by_what_comes_after_it_on_a_route() -> None:
    """Disbursed, received and completed end three routes: none of them has reached another."""
    assert onwards("received") == ("received",)
    assert onwards("contracted") == (
        *("approved", "at hub", "contracted", "dispatched", "handed over", "produced", "received"),
    )
    assert "paid in" in onwards("committed")
    assert "paid in" not in onwards("allocated")


def test_what_two_routes_end_with_does_not_add_up_in_one_unit() -> None:
    """A line without a route of which 4 were received and 3 completed has fulfilled 4, and not 7."""
    values = pl.DataFrame(
        {"unit": ["u"] * 3, "stage": ["received", "received", "completed"], "value": [1, 3, 3]}
    )
    assert reached(values, FULFILLED).rows() == [("u", 4)]


def test_a_withdrawal_leaves_what_was_sent_and_counts_it_once_though_it_was_received_too() -> None:
    """Of 10 committed 4 were dispatched, and the same 4 received, before 8 were withdrawn."""
    values = pl.DataFrame(
        {
            "unit": ["u"] * 4,
            "stage": ["committed", "dispatched", "received", "withdrawn"],
            "value": [10, 4, 4, 8],
        }
    )
    assert reached(values, Stage.COMMITTED).rows() == [("u", 4)]


def test_the_end_of_a_route_counts_goods_money_and_services_once_each() -> None:
    ends = ledger(
        {"route": "money", "stage": "disbursed", "amount_minor": 1_00},
        {"route": "from stock", "stage": "received", "amount_minor": 2_00},
        {"route": "service", "stage": "completed", "amount_minor": 4_00},
        {"route": None, "stage": "disbursed", "amount_minor": 8_00},
        {"route": "pooled fund", "stage": "paid in", "amount_minor": 16_00},
        {"route": "from stock", "stage": "dispatched", "amount_minor": 32_00},
    )
    assert total(ends, Question(stage=FULFILLED)).value == Decimal("15.00")
    apart = [total(ends, Question(stage=stage)).value for stage in ("disbursed", "received", "completed")]
    assert apart == [Decimal("9.00"), Decimal("2.00"), Decimal("4.00")]


@pytest.mark.parametrize("stage", ["received", "contracted"])
def test_money_without_a_route_has_no_stage_of_goods(stage: str) -> None:
    answer = total(ledger({"route": None, "stage": "disbursed"}), Question(stage=stage))
    assert (answer.used, answer.unused) == (0, (("stage not applicable to the channel", 1),))


def test_what_was_withdrawn_can_be_asked_for() -> None:
    gone = ledger({"stage": "withdrawn", "route": "procured", "amount_minor": 7_00}, {"route": "procured"})
    assert total(gone, Question(stage="withdrawn")).value == Decimal("7.00")


def test_exactly_at_a_stage_is_what_has_not_gone_beyond_it() -> None:
    """Of ten committed four were dispatched; all of the other unit was: nothing of it is left."""
    values = pl.DataFrame(
        {
            "unit": ["some", "some", "all", "all"],
            "stage": ["committed", "dispatched", "committed", "dispatched"],
            "value": [10, 4, 7, 7],
        }
    )
    assert reached(values, Stage.COMMITTED, exact=True).rows() == [("some", 6)]
    assert sorted(reached(values, Stage.COMMITTED).rows()) == [("all", 7), ("some", 10)]


def test_a_report_on_a_line_without_a_package_belongs_to_the_one_source_that_promised_it() -> None:
    """Two promise line L-2, and nobody knows whose a report on it is."""
    rows = [
        ("own", "AR", None, "L-1", "committed"),
        ("report", "BO", None, "L-1", "received"),
        ("one", "AR", None, "L-2", "committed"),
        ("other", "CA", None, "L-2", "committed"),
        ("unclear", "BO", None, "L-2", "received"),
    ]
    columns = ["entry", "source", "package", "line", "stage"]
    entries = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    assert owners(entries).rows() == [("report", "AR")]


def valued(*rows: tuple[str, str, int | None]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"unit": pl.String, "stage": pl.String, "value": pl.Int64}, orient="row")


def reaching(stage: str, *rows: tuple[str, str, int | None], exact: bool = False) -> dict[str, int]:
    return dict(reached(valued(*rows), stage, exact=exact).sort("unit").iter_rows())


def test_what_has_reached_a_stage_is_the_most_that_a_stage_from_it_on_holds() -> None:
    rows = (("a", "committed", 10), ("a", "dispatched", 4), ("a", "dispatched", 8), ("b", "received", 3))
    assert reaching("committed", *rows) == {"a": 12, "b": 3}
    assert reaching("received", *rows) == {"b": 3}
    assert reaching("committed", *rows, ("c", "committed", None)) == {"a": 12, "b": 3}


def test_a_withdrawal_takes_off_what_has_not_been_sent() -> None:
    rows = (("a", "committed", 10), ("a", "withdrawn", 4))
    assert reaching("committed", *rows) == {"a": 6}
    assert reaching("committed", *rows, ("a", "dispatched", 8)) == {"a": 8}
    assert reaching("committed", ("a", "committed", 10), ("a", "withdrawn", None)) == {"a": 0}
    assert reaching("committed", *rows, ("b", "committed", 5)) == {"a": 6, "b": 5}
    assert reaching("dispatched", ("a", "dispatched", 8), ("a", "withdrawn", 4)) == {"a": 8}


def test_exactly_at_a_stage_is_what_later_ones_leave() -> None:
    rows = (("a", "committed", 10), ("a", "received", 4), ("b", "committed", 5), ("c", "received", 2))
    assert reaching("committed", *rows, exact=True) == {"a": 6, "b": 5}
    assert reaching("received", *rows, exact=True) == {"a": 4, "c": 2}
    assert reaching("fulfilled", *rows, exact=True) == {"a": 4, "c": 2}


def test_an_entry_without_a_route_passes_a_stage_that_any_route_has_with_its_own() -> None:
    rows = pl.DataFrame(
        {
            "route": ["money", "money", None, None, "from stock", None],
            "stage": ["pledged", "withdrawn", "received", "disbursed", "pledged", None],
        },
        schema={"route": pl.String, "stage": pl.String},
    )

    def passing(stage: str) -> list[bool | None]:
        return rows.select(passes(stage).fill_null(False)).to_series().to_list()

    assert passing("disbursed") == [True, True, False, True, False, False]
    assert passing("received") == [False, False, True, False, True, False]
    assert passing("fulfilled") == [True, True, True, True, True, False]
