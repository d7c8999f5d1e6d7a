"""Each purchase is paid by the earliest money that is left, and the audit counts that again."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest
from tests.plan.worlds import Rows, day, tables

from konvoi.plan.audit import audit
from konvoi.plan.folder import files, plan_of
from konvoi.plan.plan import Plan
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

BOUGHT: dict[str, Rows] = {
    "offers": [],
    "budgets": [
        {"day": day(-3), "amount": 30_00},
        {"day": day(0), "amount": 15_00},
        {"day": day(7), "amount": 100_00},
        {"good": "tent", "price": 10_00, "lead_days": 0, "supplier": "T", "site": "D"},
    ],
}
"""Ten tents at ten euro: 45 euro are there at once, which pay for four; 100 more come a week later."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(from_tables(tables(**BOUGHT)))


def test_what_an_earlier_tranche_left_pays_before_a_later_one(plan: Plan) -> None:
    """Four tents for 40 of the first 45 euro, then six for 60: five that are left, and 55 of the second."""
    paid = plan.payments.sort("ordered", "tranche").drop("movement").rows()
    first, second = day(0), day(7)
    assert paid == [
        ("B", first, first, Decimal(40_00)),
        ("B", second, first, Decimal(5_00)),
        ("B", second, second, Decimal(55_00)),
    ]
    assert audit(tables(**BOUGHT), plan) == ()


def test_what_is_given_is_not_paid() -> None:
    assert solve(from_tables(tables())).payments.is_empty()


def test_payments_come_back_from_the_folder(plan: Plan) -> None:
    assert plan_of(files(plan)).payments.equals(plan.payments)


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("amount", pl.col("amount") + 1),
        ("tranche", pl.lit(day(7))),
        ("ordered", pl.lit(day(14))),
        ("budget", pl.lit("C")),
        ("movement", pl.lit("none")),
    ],
)
def test_a_wrong_payment_is_found(plan: Plan, column: str, change: pl.Expr) -> None:
    """Of the first: a unit too many, money of a week later, a day without a tranche, another budget."""
    at = pl.int_range(pl.len()) == 0
    payments = plan.payments.sort("ordered", "tranche")
    payments = payments.with_columns(pl.when(at).then(change).otherwise(pl.col(column)).alias(column))
    assert {one.code for one in audit(tables(**BOUGHT), replace(plan, payments=payments))} == {
        "audit-payment"
    }


def test_what_is_not_paid_is_found(plan: Plan) -> None:
    less = replace(plan, payments=plan.payments.head(0))
    found = audit(tables(**BOUGHT), less)
    assert [one.code for one in found] == ["audit-payment"] * plan.movements.height


def test_more_from_a_tranche_than_it_holds_is_found(plan: Plan) -> None:
    """All is said to be paid by the first tranche, which holds 45 of 100 euro."""
    first = replace(plan, payments=plan.payments.with_columns(tranche=pl.lit(day(0))))
    [found] = audit(tables(**BOUGHT), first)
    assert (found.code, found.read, "no more than 4500" in found.values["expected"]) == (
        "audit-payment",
        "10000",
        True,
    )
