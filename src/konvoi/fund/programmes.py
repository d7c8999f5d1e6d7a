"""Programmes: amounts committed, decided and disbursed, by part."""

from datetime import date

import polars as pl

from konvoi.fund.rule import added, less
from konvoi.fund.steps import Row, key
from konvoi.fund.tranches import Standing, exactness, whole
from konvoi.model.tables.funds import DECIDED, EXPECTED, GRANT, GUARANTEE, LOAN, PAID, PRE_FINANCING, WINDFALL

PROGRAMMES = pl.Schema(
    {
        "programme": pl.String(),
        "party": pl.String(),
        "title": pl.String(),
        "rule": pl.String(),
        "currency": pl.String(),
        "grant": pl.Int64(),
        "loan": pl.Int64(),
        "guarantee": pl.Int64(),
        "prefinancing": pl.Int64(),
        "committed": pl.Int64(),
        "decided": pl.Int64(),
        "decided_exactness": pl.String(),
        "disbursed": pl.Int64(),
        "disbursed_exactness": pl.String(),
        "grant_paid": pl.Int64(),
        "loan_paid": pl.Int64(),
        "prefinancing_paid": pl.Int64(),
        "untold_paid": pl.Int64(),
        "left": pl.Int64(),
        "vouched": pl.Int64(),
        "service_due": pl.Int64(),
        "serviced": pl.Int64(),
        "behind": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each programme, amounts in minor units of its currency; null: not reported, or not known.

grant, loan, guarantee, prefinancing: what was committed, apart. committed: grant and loan together, for
guarantees pay no money and pre-financing is a part of the two. decided, disbursed: of all tranches that reach
the recipient; grant_paid, loan_paid, prefinancing_paid, untold_paid are its parts. left: committed less
disbursed. vouched: guarantees decided. service_due, serviced: what of a loan was to be serviced by profits up
to the day, and what came."""


def programmes(standing: Standing) -> pl.DataFrame:
    """All programmes by giver and id (PROGRAMMES)."""
    rows = [_programme(standing, row) for row in standing.programmes.values()]
    return pl.DataFrame(rows, schema=PROGRAMMES).sort("party", "programme")


def _programme(standing: Standing, row: Row) -> dict[str, object]:
    every = _rows(standing, row)
    known = [amount for name in (GRANT, LOAN) if (amount := whole(row[name])) is not None]
    committed = added(known) if known else None
    reached = _reaching(every)
    decided, paid = (_at(reached, stage) for stage in (DECIDED, PAID))
    disbursed = _sum(paid)
    return {
        **{name: row[name] for name in ("programme", "party", "title", "rule", "currency")},
        **{name: row[name] for name in ("grant", "loan", "guarantee", "prefinancing")},
        **{name: row[name] for name in ("marking", "_file", "_sheet", "_row")},
        "committed": committed,
        "decided": _sum(decided),
        "decided_exactness": exactness(decided),
        "disbursed": disbursed,
        "disbursed_exactness": exactness(paid),
        "grant_paid": _sum(_of(paid, GRANT)),
        "loan_paid": _sum(_of(paid, LOAN)),
        "prefinancing_paid": _sum(_of(paid, PRE_FINANCING)),
        "untold_paid": _sum(_of(paid, None)),
        "left": less(committed, disbursed),
        "vouched": _sum(_at(_of(every, GUARANTEE), DECIDED)),
        "service_due": _sum(_due(_at(_of(every, WINDFALL), EXPECTED), standing.day)),
        "serviced": _sum(_at(_of(every, WINDFALL), PAID)),
        "behind": [key("programmes", row), *(key("tranches", one) for one in every)],
    }


def payments(standing: Standing, programme: Row) -> list[Row]:
    """Return the payments of a programme that reach the recipient, in its currency."""
    return _at(_reaching(_rows(standing, programme)), PAID)


def _rows(standing: Standing, programme: Row) -> list[Row]:
    """The rows of a programme's tranches in its currency."""
    own = [one for one in sorted(standing.rows) if standing.programme(one) is programme]
    currency = programme["currency"]
    return [found for one in own for found in standing.rows[one] if found["currency"] == currency]


def _reaching(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["part"] not in (GUARANTEE, WINDFALL)]


def _at(rows: list[Row], stage: str) -> list[Row]:
    return [row for row in rows if row["stage"] == stage]


def _of(rows: list[Row], part: str | None) -> list[Row]:
    return [row for row in rows if row["part"] == part]


def _due(rows: list[Row], day: date) -> list[Row]:
    """Rows of days that have come."""
    return [row for row in rows if isinstance(due := row["day"], date) and due <= day]


def _sum(rows: list[Row]) -> int | None:
    return added([whole(row["amount"]) for row in rows]) if rows else None
