"""The money of projects: joined to what it names, counted once, unknown where it is not known."""

from datetime import date

import polars as pl
import pytest
from tests.fund.rebuilding import money, project, rebuilt

from konvoi.fund.project_money import Money

Row = dict[str, object]

ALLOCATION = {"allocation": "A", "party": "XA", "day": date(2031, 1, 1), "amount": 700, "currency": "EUR"}
CONTRACT = {"contract": "C", "supplier": "X", "day": date(2031, 1, 1), "amount": 500, "currency": "EUR"}


def sums(*rows: Row, **tables: list[Row]) -> dict[str, int | None]:
    found = rebuilt(financing=list(rows), **tables)
    return Money(found).sums(found["projects"].row(0, named=True))


def test_left_is_what_was_committed_less_what_was_paid() -> None:
    rows = [money("committed", 900), money("contracted", 500), money("paid", 100), money("paid", 50)]
    assert sums(*rows) == {"committed": 900, "contracted": 500, "paid": 150, "left": 750}


def test_what_nobody_told_is_not_known_and_not_nothing() -> None:
    assert sums(money("committed", 900)) == {"committed": 900, "contracted": None, "paid": None, "left": None}
    assert sums(money("committed", 900), money("committed", None))["committed"] is None


def test_an_amount_in_another_currency_leaves_the_sum_unknown() -> None:
    rows = [money("committed", 900), {**money("committed", 5), "currency": "USD"}]
    assert sums(*rows)["committed"] is None


def test_a_project_without_a_currency_has_that_of_all_its_money() -> None:
    found = rebuilt(projects=[project(currency=None)], financing=[money("committed", 5)])
    assert Money(found).currency(found["projects"].row(0, named=True)) == "EUR"


def test_what_names_a_record_has_its_amount_where_it_says_none() -> None:
    rows = [money("committed", None, record="A"), money("contracted", None, record="C")]
    found = sums(*rows, allocations=[ALLOCATION], contracts=[CONTRACT])
    assert (found["committed"], found["contracted"]) == (700, 500)
    own = money("committed", 300, record="A")
    assert sums(own, allocations=[ALLOCATION])["committed"] == 300


def test_of_a_tranche_what_was_decided_is_committed_and_what_was_paid_is_paid() -> None:
    part = {"tranche": "T", "programme": "G", "currency": "EUR"}
    tranches = [{**part, "stage": "decided", "amount": 800}, {**part, "stage": "paid", "amount": 200}]
    rows = [money(stage, None, record="T") for stage in ("committed", "contracted", "paid")]
    found = sums(*rows, tranches=tranches)
    assert found == {"committed": 800, "contracted": None, "paid": 200, "left": 600}


@pytest.mark.parametrize("state", ["pending", "cancelled"])
def test_a_contract_that_is_not_in_force_does_not_count(state: str) -> None:
    rows = [money("contracted", None, record="C"), money("contracted", 10)]
    assert sums(*rows, contracts=[{**CONTRACT, "state": state}])["contracted"] == 10


def test_one_record_told_by_two_files_counts_once_and_twice_in_one_file_is_two() -> None:
    """The ministry's OC4IDS and the giver's workbook speak of one contract."""
    ours = money("contracted", 500, record="C", day=date(2031, 1, 1))
    theirs = {**money("contracted", 510, record="C", day=date(2031, 1, 2)), "_file": "b.json"}
    assert sums(ours, theirs)["contracted"] == 500
    again = {**money("contracted", 510, record="C", day=date(2031, 1, 2))}
    assert sums(ours, again)["contracted"] == 1010


def test_payments_on_one_contract_add_up_and_the_same_one_of_two_files_is_one() -> None:
    one, two = (money("paid", 50, record="C", day=date(2031, 1, day)) for day in (1, 2))
    same = {**two, "financing": "again", "_file": "b.json"}
    assert sums(one, two, same)["paid"] == 100


def test_a_process_is_the_contract_that_was_made_in_it() -> None:
    theirs = {**money("contracted", 500, record="ocds-1-C"), "_file": "b.json"}
    found = dict(rebuilt(financing=[money("contracted", 500, record="C"), theirs]))
    found["ocds_processes"] = pl.DataFrame({"process": ["ocds-1-C"], "contract": ["C"]})
    assert Money(found).sums(found["projects"].row(0, named=True))["contracted"] == 500


def test_its_evidence_are_its_rows_and_their_records() -> None:
    found = rebuilt(financing=[money("contracted", None, record="C")], contracts=[CONTRACT])
    behind = Money(found).behind(found["projects"].row(0, named=True))
    assert [one.partition("/")[0] for one in behind] == ["financing", "contracts"]
