"""The need of money by month, against payments made and to come."""

from datetime import date

import polars as pl

from konvoi.fund.calendar import MONEY
from konvoi.fund.monthly_need import by_month
from konvoi.model.tables import BY_NAME


def test_what_was_to_come_and_was_not_paid_covers_no_month_that_is_over() -> None:
    """Of 8 needed in February 5 were paid; 2 decided for February are still to come in March."""
    need = {"from": date(2031, 2, 1), "to": date(2031, 2, 28), "amount": 8, "currency": "EUR"}
    needs = pl.DataFrame([need], schema_overrides=BY_NAME["financing_needs"].schema())
    rows = [
        {"day": date(2031, 2, 10), "what": "paid", "amount": 5, "currency": "EUR"},
        {"day": date(2031, 2, 12), "what": "decided", "amount": 2, "currency": "EUR"},
        {"day": date(2031, 4, 1), "what": "expected", "amount": 1, "currency": "EUR"},
    ]
    money = pl.DataFrame(rows, schema=MONEY)
    found = [
        (one.first.month, one.paid, one.coming, one.lacks) for one in by_month(needs, money, date(2031, 3, 3))
    ]
    assert found == [(2, 5, 0, 3), (3, 0, 2, None), (4, 0, 1, None)]
    then = by_month(needs, money, date(2031, 2, 11))
    assert [(one.coming, one.lacks) for one in then] == [(2, 1), (1, None)]
