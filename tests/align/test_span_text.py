"""A year of which no day is known is shown as a year."""

from datetime import date

import polars as pl

from konvoi.align.span_text import span_column, span_text


def test_a_year_or_a_month_is_no_day() -> None:
    assert span_text(date(2022, 1, 1), date(2022, 12, 31)) == "2022"
    assert span_text(date(2022, 2, 1), date(2022, 2, 28)) == "2022-02"
    assert span_text(date(2022, 1, 1), date(2022, 1, 1)) == "2022-01-01"
    assert span_text(date(2022, 1, 1), date(2023, 12, 31)) == "2022-01-01 – 2023-12-31"
    assert span_text(date(2022, 2, 1), date(2023, 1, 31)) == "2022-02-01 – 2023-01-31"
    assert span_text(date(2022, 1, 1), None) == "2022-01-01"
    assert span_text(None, None) == ""


def test_a_column_of_spans_is_told_in_the_same_way() -> None:
    rows = pl.DataFrame(
        {"a": [date(2022, 1, 1), None], "b": [date(2022, 12, 31), None]},
        schema={"a": pl.Date(), "b": pl.Date()},
    )
    assert rows.select(span_column("a", "b")).to_series().to_list() == ["2022", ""]
