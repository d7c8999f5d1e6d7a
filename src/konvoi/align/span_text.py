"""Spans of days as texts: a day, a month, a year, or both ends."""

from datetime import date, timedelta

import polars as pl


def span_text(first: date | None, last: date | None) -> str:
    """Return a span as ISO 8601; a span that is a whole month or year as this, any other with both ends.

    >>> span_text(date(2022, 1, 1), date(2022, 12, 31)), span_text(date(2022, 2, 1), date(2022, 2, 28))
    ('2022', '2022-02')
    >>> span_text(date(2022, 5, 4), date(2022, 5, 4)), span_text(date(2022, 5, 4), date(2022, 5, 6))
    ('2022-05-04', '2022-05-04 – 2022-05-06')
    """
    if first is None:
        return ""
    if last is None or first == last:
        return first.isoformat()
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = 12 * (after.year - first.year) + after.month - first.month
        if months == 1:
            return f"{first:%Y-%m}"
        if months == 12 and first.month == 1:
            return str(first.year)
    return f"{first} – {last}"


def span_column(first: str, last: str) -> pl.Expr:
    """Return the text of the spans of two columns, as an expression; empty where there is none."""
    return pl.struct(first, last).map_elements(
        lambda one: span_text(one[first], one[last]), return_dtype=pl.String
    )
