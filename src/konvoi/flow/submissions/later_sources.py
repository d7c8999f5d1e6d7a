"""Documents in force that were published after the day of the view."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from konvoi.flow.reconstructed import declared
from konvoi.flow.settings import Settings


def reconstructed_of(*, submissions: pl.DataFrame, settings: Settings, day: date | None) -> pl.DataFrame:
    """Return the reconstructed documents in force that were published after the day of the view."""
    rows = list(_rows(submissions.filter("in_force")["name"], settings, day))
    schema = {"document": pl.String, "name": pl.String, "published": pl.Date, "shown_from": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("document")


def _rows(
    names: Iterable[str], settings: Settings, day: date | None
) -> Iterable[tuple[str, str, date, date]]:
    for name in names:
        one = declared(settings.reconstructed, name)
        if one is not None and (day is None or day < one.known):
            yield name, one.name, one.known, one.shown
