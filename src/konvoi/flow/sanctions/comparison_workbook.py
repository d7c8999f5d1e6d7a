"""The sheets of the workbook of lists side by side."""

import polars as pl

from konvoi.flow.sanctions.comparison_json import wide
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.report.language import Language
from konvoi.report.sanctions.sanctions_book import Sheet, book, notes


def workbook_of(found: Sanctions, code: str) -> bytes:
    """The workbook in a language."""
    sheets = [_lists(found), _matrix(found, code), _gaps(found), _ending(found), _shares(found), _lags(found)]
    return book("Konvoi", notes(found.on, found.asked), sheets, found.on, code)


def _lists(found: Sanctions) -> Sheet:
    states = pl.DataFrame(
        [(one.taken.snapshot.regime, one.state.value) for one in found.used],
        schema={"regime": pl.String(), "state": pl.String()},
        orient="row",
    )
    rows = pl.DataFrame({"regime": found.regimes}, schema={"regime": pl.String()})
    rows = rows.join(found.covers, on="regime", how="left").join(states, on="regime", how="left")
    rows = rows.with_columns(pl.col("state").fill_null("none in force")).sort("regime")
    heads = ("regime", "day", "speaks from", "speaks to", "state")
    return Sheet("Lists", heads, rows, frozenset({"state"}))


def _matrix(found: Sanctions, code: str) -> Sheet:
    rows = wide(found, Language(code).text)
    heads = ("party", "name", "original", "kind", "measure ordered", *found.regimes)
    return Sheet("Matrix", heads, rows, frozenset({"kind", "order"}))


def _gaps(found: Sanctions) -> Sheet:
    titles = found.titles.select("party", "name", "kind")
    rows = found.gaps.join(titles, on="party", how="left").select(
        "party",
        "name",
        "kind",
        "lacks",
        "day",
        "order",
        "has",
        "count",
        "acts",
        "cell",
        "otherwise",
        "perhaps",
    )
    heads = (
        "party",
        "name",
        "kind",
        "lacking in",
        "on",
        "measure ordered",
        "listed by",
        "how many",
        "acts",
        "there",
        "instead",
        "perhaps",
    )
    return Sheet("Gaps", heads, rows, frozenset({"kind", "order", "cell", "otherwise"}))


def _ending(found: Sanctions) -> Sheet:
    rows = found.ending.join(found.titles.select("party", "name"), on="party", how="left").select(
        "party", "name", "regime", "order", "until", "days", "acts", "others"
    )
    heads = ("party", "name", "regime", "measure ordered", "until", "days", "acts", "listed on by")
    return Sheet("Ends soon", heads, rows, frozenset({"order"}))


def _shares(found: Sanctions) -> Sheet:
    rows = found.shares.filter(pl.col("known") > 0)
    heads = ("regime", "measure ordered", "listed", "cells known", "not known", "share", "on")
    return Sheet("Shares", heads, rows, frozenset({"order"}))


def _lags(found: Sanctions) -> Sheet:
    heads = ("first", "then", "measure ordered", "n", "earlier", "same day", "later", "median days")
    rows = found.lags.with_columns(pl.col("median_days").cast(pl.Int64))
    return Sheet("Who was first", heads, rows, frozenset({"order"}))
