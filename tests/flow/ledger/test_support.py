"""Support by partner and year is what a register publishes, kind by kind; unknown stays unknown."""

from datetime import date

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.ledger.support import support_by_year


def sums(*rows: tuple[object, ...]) -> pl.DataFrame:
    columns = ("figure", "party", "from", "to", "stage", "kind", "amount", "register")
    schema = CATALOGUE["published_sums"].schema()
    filled = [dict(zip(columns, row, strict=True)) | {"currency": "EUR"} for row in rows]
    return pl.DataFrame(filled, schema=schema)


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number, 12, 31)


def test_allocations_add_up_over_kinds_and_not_with_their_total() -> None:
    """A sum of all kinds beside sums of kinds says the same again."""
    found = support_by_year(
        published_sums=sums(
            ("C", "AR", *year(2030), "committed", None, 900, "kiel"),
            ("M", "AR", *year(2030), "allocated", "military", 300, "kiel"),
            ("H", "AR", *year(2030), "allocated", "humanitarian", 100, "kiel"),
            ("T", "AR", *year(2030), "allocated", None, 400, "kiel"),
        )
    ).row(0, named=True)
    assert (found["committed"], found["allocated"], found["outstanding"]) == (900, 400, 500)
    assert (found["military"], found["humanitarian"], found["financial"]) == (300, 100, None)
    assert found["figures"] == ["C", "H", "M", "T"]


def test_what_nobody_states_is_unknown_and_not_zero() -> None:
    """Without commitments nothing is outstanding or not."""
    found = support_by_year(
        published_sums=sums(("M", "AR", *year(2030), "allocated", "military", 300, "kiel"))
    ).row(0, named=True)
    assert (found["committed"], found["allocated"], found["outstanding"]) == (None, 300, None)


def test_a_frame_of_several_years_and_a_sum_of_no_register_are_left_out() -> None:
    """A frame is never a year's jump; what a partner announces is no register's sum."""
    found = support_by_year(
        published_sums=sums(
            ("F", "AR", date(2030, 1, 1), date(2033, 12, 31), "committed", None, 900, "kiel"),
            ("A", "AR", *year(2030), "allocated", None, 900, None),
            ("P", "AR", *year(2030), "planned", None, 900, "kiel"),
        )
    )
    assert found.is_empty()
