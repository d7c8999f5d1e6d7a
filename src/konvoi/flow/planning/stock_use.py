"""Stocks of partners: what was drawn of them since they were stated, and what is left above the floor."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.flow.planning.tables import STOCK_USE
from konvoi.flow.planning.twins import twins
from konvoi.ledger.total import QUANTITY_PLACES
from konvoi.ledger.units import owned, reached
from konvoi.model.stages import Stage

FROM_STOCK = "from stock"
_NOTHING = Decimal(0)


def stock_use(
    *,
    stocks: pl.DataFrame,
    goods: pl.DataFrame,
    entries: pl.DataFrame,
    owners: pl.DataFrame,
    relations: pl.DataFrame,
    submissions: pl.DataFrame,
) -> pl.DataFrame:
    """Return each stock with what left it since the day on which it was stated, by partner and good.

    A stock holds on the day of its document: what left on that day or before is not in it. Line items count
    that leave from stock, of the same partner, good and unit, and such without a stated channel, named in
    `not_stated`: what is left is then the least that it can be. Of two that stand for the same thing, what is
    committed counts once. A stock without a day has no figure of use.
    """
    days = dict(submissions.select("name", "known_on").iter_rows())
    units = dict(goods.select("good", "unit").iter_rows())
    lines = of_lines(owned(entries, owners), relations).filter(
        pl.col("route").fill_null(FROM_STOCK) == FROM_STOCK, pl.col("quantity").is_not_null()
    )
    again = {line: twin.line for line, twin in twins(entries, relations).items() if twin.decided}
    rows = []
    for stock in stocks.sort("party", "good").iter_rows(named=True):
        unit = units.get(stock["good"])
        own = lines.filter(
            pl.col("party") == stock["party"],
            pl.col("good") == stock["good"],
            (pl.col("unit") == unit).fill_null(value=True),
        )
        rows.append(_row(stock, days.get(stock["_file"]), own, again) | {"unit": unit})
    return pl.DataFrame(rows, schema=STOCK_USE.schema())


def _row(
    stock: Mapping[str, object], day: date | None, own: pl.DataFrame, again: Mapping[str, str]
) -> dict[str, object]:
    held = stock["stock"]
    floor = stock["floor"]
    found: dict[str, object] = {
        "party": stock["party"],
        "good": stock["good"],
        "day": day,
        "stock": held,
        "floor": floor,
        "lines": sorted({str(one) for one in own["line"]}),
        "not_stated": sorted({str(one) for one in own.filter(pl.col("route").is_null())["line"]}),
        **{name: stock[name] for name in ("marking", "_file", "_sheet", "_row")},
    }
    if day is None or not isinstance(held, Decimal):
        return found
    gone = _by_line(own, Stage.DISPATCHED)
    before = _by_line(own.filter(pl.col("day_to") <= day), Stage.DISPATCHED)
    drawn = _sum(gone) - _sum(before)
    reserved = _reserved(_by_line(own, Stage.COMMITTED), gone, again)
    found |= {"drawn": drawn, "reserved": reserved, "left": held - drawn}
    found["share"] = float(drawn / held) if held else None
    if isinstance(floor, Decimal):
        spare = held - drawn - floor
        found |= {"spare": spare, "free": spare - reserved}
    return found


def _by_line(rows: pl.DataFrame, stage: Stage) -> dict[str, Decimal]:
    """Return the quantity that reached a stage, by line item."""
    values = rows.select(
        "stage", unit="line", value=(pl.col("quantity") * 10**QUANTITY_PLACES).cast(pl.Int64)
    )
    found = reached(values, stage).drop_nulls()
    return {line: Decimal(value).scaleb(-QUANTITY_PLACES) for line, value in found.iter_rows()}


def _sum(by_line: Mapping[str, Decimal]) -> Decimal:
    return sum(by_line.values(), _NOTHING)


def _reserved(
    committed: Mapping[str, Decimal], gone: Mapping[str, Decimal], again: Mapping[str, str]
) -> Decimal:
    """Return what is committed and has not left; lines that stand for the same thing are taken together."""
    whole: dict[str, Decimal] = {}
    left: dict[str, Decimal] = {}
    for line in committed.keys() | gone.keys():
        newest = again.get(line, line)
        whole[newest] = max(whole.get(newest, _NOTHING), committed.get(line, _NOTHING))
        left[newest] = left.get(newest, _NOTHING) + gone.get(line, _NOTHING)
    return sum((max(whole[line] - left[line], _NOTHING) for line in whole), _NOTHING)
