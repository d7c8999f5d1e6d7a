"""The sheets of the workbook of lists side by side."""

import polars as pl

from konvoi.align.citing import BESIDE
from konvoi.align.gap_programmes import By, counted
from konvoi.align.matrix import Cell
from konvoi.flow.sanctions.comparison_json import wide
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.report.language import Language
from konvoi.report.page import Message
from konvoi.report.sanctions.listed import NOT_KNOWN
from konvoi.report.sanctions.sanctions_book import Sheet, book, notes


def workbook_of(found: Sanctions, code: str, *, hxl: bool = False) -> bytes:
    """The workbook in a language; hxl: with the HXL tag of each column below its head."""
    sheets = [_lists(found), _matrix(found, code), _gaps(found), _ending(found), _shares(found), _lags(found)]
    return book("Konvoi", notes(found.on, found.asked), sheets, found.on, code, hxl=hxl)


def _lists(found: Sanctions) -> Sheet:
    states = pl.DataFrame(
        [(one.taken.snapshot.regime, one.state.value) for one in found.used],
        schema={"regime": pl.String(), "state": pl.String()},
        orient="row",
    )
    rows = pl.DataFrame({"regime": found.regimes}, schema={"regime": pl.String()})
    rows = rows.join(found.covers, on="regime", how="left").join(states, on="regime", how="left")
    rows = rows.with_columns(pl.col("state").fill_null("none in force")).sort("regime")
    heads = ("regime", "day", "data from", "data to", "state")
    return Sheet("Lists", heads, rows, frozenset({"state"}))


def _matrix(found: Sanctions, code: str) -> Sheet:
    rows = wide(found, Language(code).text)
    heads = ("party", "name", "original", "kind", "measure ordered", *found.regimes)
    return Sheet("Matrix", heads, rows, frozenset({"kind", "order"}))


def gaps_workbook(found: Sanctions, gaps: pl.DataFrame, code: str, *, hxl: bool = False) -> bytes:
    """Return a workbook of gaps: how many by theme, programme and measure, each gap, and each act.

    gaps: of konvoi.align.gap_programmes, with the titles of their parties.
    """
    groups = [_groups(gaps, by) for by in By]
    sheets = [_lists(found), *groups, _gap_rows(gaps), _acts(found, gaps)]
    return book("Konvoi", (*notes(found.on, found.asked), _MARKS), sheets, found.on, code, hxl=hxl)


_MARKS = Message(
    "“…”: as the list writes it, no act declared; *: to be verified against the published act. A gap "
    "counts in each of its programmes and themes."
)


def _groups(gaps: pl.DataFrame, by: By) -> Sheet:
    rows = counted(gaps, by)
    words = frozenset() if by == By.PROGRAMME else frozenset({"group"})
    return Sheet(f"By {by.value}", ("not listed by", by.value, "gaps", "cell not known"), rows, words)


def _acts(found: Sanctions, gaps: pl.DataFrame) -> Sheet:
    """Return each act behind the gaps once, with its number, days and link."""
    listings = gaps.select("order", pl.col("listings").str.split(BESIDE).alias("listing")).explode("listing")
    cited = found.citations.join(listings.unique(), on=("listing", "order"), how="semi")
    columns = ("regime", "tag", "title", "number", "valid_from", "valid_to", "link")
    marks = [
        pl.when("known").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("known"),
        pl.when("checked").then(pl.lit("yes")).otherwise(pl.lit("no")).alias("checked"),
    ]
    rows = cited.select(*columns, *marks).unique().sort("regime", "tag")
    heads = ("regime", "as listed", "title", "number", "in force from", "in force until", "link")
    return Sheet("Acts", (*heads, "declared", "verified"), rows, frozenset({"known", "checked"}))


def _gaps(found: Sanctions) -> Sheet:
    return _gap_rows(found.gaps.join(found.titles, on="party", how="left"))


def _gap_rows(gaps: pl.DataFrame) -> Sheet:
    columns = (
        *("party", "name", "kind", "lacks", "day", "order", "has", "count", "known"),
        *("citations", "programmes", "themes", "cell", "otherwise", "perhaps"),
    )
    heads = (
        *("party", "name", "kind", "not listed by", "on", "measure ordered", "listed by", "how many"),
        *("regimes with data", "acts to cite", "programmes", "themes", "there", "instead", "perhaps"),
    )
    cell = pl.when(pl.col("cell") == Cell.NOT_KNOWN.value).then(pl.lit(NOT_KNOWN)).otherwise("cell")
    rows = gaps.with_columns(cell=cell).select(columns)
    return Sheet("Gaps", heads, rows, frozenset({"kind", "order", "cell", "otherwise"}))


def _ending(found: Sanctions) -> Sheet:
    rows = found.ending.join(found.titles.select("party", "name"), on="party", how="left").select(
        "party", "name", "regime", "order", "until", "days", "acts", "others"
    )
    heads = ("party", "name", "regime", "measure ordered", "until", "days", "acts", "listed on by")
    return Sheet("Ends soon", heads, rows, frozenset({"order"}))


def _shares(found: Sanctions) -> Sheet:
    rows = found.shares.filter(pl.col("known") > 0)
    heads = ("regime", "measure ordered", "listed", "cells known", "cell not known", "share", "on")
    return Sheet("Shares", heads, rows, frozenset({"order"}))


def _lags(found: Sanctions) -> Sheet:
    heads = ("first", "then", "measure ordered", "n", "earlier", "same day", "later", "median days")
    rows = found.lags.with_columns(pl.col("median_days").cast(pl.Int64))
    return Sheet("Order of listing", heads, rows, frozenset({"order"}))
