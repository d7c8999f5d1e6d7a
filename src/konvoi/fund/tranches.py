"""Tranches with their amounts requested, proposed, decided and paid, and our own estimate."""

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from konvoi.fund.rule import Estimate, Request, Step, added, less
from konvoi.fund.rules import BY_NAME as RULES
from konvoi.fund.steps import Row, Tables, key, listed, steps, table
from konvoi.model.tables.funds import (
    ASSESSED,
    DECIDED,
    EXPECTED,
    GUARANTEE,
    LOAN,
    MET,
    NOT_MET,
    PAID,
    TRANCHE_STAGES,
    WAIVED,
    WINDFALL,
)

STANDING = pl.Schema(
    {
        "tranche": pl.String(),
        "programme": pl.String(),
        "party": pl.String(),
        "rule": pl.String(),
        "part": pl.String(),
        "stage": pl.String(),
        "currency": pl.String(),
        **{name: pl.Int64() for name in TRANCHE_STAGES},
        **{f"{name}_on": pl.Date() for name in TRANCHE_STAGES},
        **{f"{name}_exactness": pl.String() for name in TRANCHE_STAGES},
        "steps": pl.Int64(),
        "late": pl.Int64(),
        "met": pl.Int64(),
        "not_met": pl.Int64(),
        "estimate": pl.Int64(),
        "reason": pl.String(),
        "held_proposed": pl.Int64(),
        "held_decided": pl.Int64(),
        "behind": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each tranche. part: null where its rows name none or several. stage: the furthest one
reported. expected, requested, assessed (what the authority proposed), decided, paid: amounts in minor units
of `currency`, each with its day and how exact it is; null: not reported or not known. steps: of its own, in
force; late: of earlier tranches, claimed or assessed with it; met, not_met: of both, by assessments.
estimate: our estimate of the disbursable amount by the assessments so far; reason: why it is not known.
held_proposed, held_decided: amounts held back for unmet steps by the proposal and by the decision."""


class Standing:
    """The tranches of all programmes on a day, with the estimate of each."""

    def __init__(self, tables: Tables, day: date) -> None:
        """tables: those of the workbook. day: today."""
        self.day = day
        self.programmes = {row["programme"]: row for row in table(tables, "programmes").iter_rows(named=True)}
        self.steps = steps(tables)
        self.rows: dict[str, list[Row]] = {}
        for row in table(tables, "tranches").sort("_file", "_sheet", "_row").iter_rows(named=True):
            if row["programme"] in self.programmes:
                self.rows.setdefault(str(row["tranche"]), []).append(row)
        self.estimates = {one: self._estimate(one) for one in sorted(self.rows)}

    def frame(self) -> pl.DataFrame:
        """All tranches by programme and expected day (STANDING)."""
        found = [self._stands(one) for one in sorted(self.rows)]
        return pl.DataFrame(found, schema=STANDING).sort(
            "programme", pl.coalesce("expected_on", "decided_on", "paid_on"), "tranche", nulls_last=True
        )

    def programme(self, tranche: str) -> Row:
        """The programme of a tranche."""
        return self.programmes[self.rows[tranche][0]["programme"]]

    def at(self, tranche: str, stage: str) -> list[Row]:
        """The rows of one stage, in the currency of the programme."""
        currency = self.programme(tranche)["currency"]
        return [row for row in self.rows[tranche] if row["stage"] == stage and row["currency"] == currency]

    def total(self, tranche: str, stage: str) -> int | None:
        """Return the total reported of a stage; None if nothing was reported, or a part is unknown."""
        rows = self.at(tranche, stage)
        return added([whole(row["amount"]) for row in rows]) if rows else None

    def own(self, tranche: str) -> list[Row]:
        """The steps in force that hang on a tranche."""
        return self._steps((pl.col("tranche") == tranche) & pl.col("replaced").is_null())

    def late(self, tranche: str) -> list[Row]:
        """Steps of other tranches of the programme that are claimed or were assessed with this one."""
        claimed = {name for row in self.rows[tranche] for name in listed(row["claims"])}
        mine = pl.col("programme") == self.programme(tranche)["programme"]
        with_it = (pl.col("with") == tranche) | pl.col("condition").is_in(sorted(claimed))
        other = pl.col("tranche").is_not_null() & (pl.col("tranche") != tranche)
        # Steps assessed with a third tranche belong to that one.
        elsewhere = pl.col("with").is_not_null() & (pl.col("with") != tranche)
        return self._steps(mine & with_it & other & ~elsewhere.fill_null(False))

    def _steps(self, which: pl.Expr) -> list[Row]:
        return [*self.steps.filter(which).iter_rows(named=True)]

    def _estimate(self, tranche: str) -> Estimate:
        programme = self.programme(tranche)
        expected = self.at(tranche, EXPECTED)
        request = Request(
            day=self.day,
            amount=self.total(tranche, EXPECTED),
            exact=all(row["exactness"] is None for row in expected),
            steps=tuple(_step(row) for row in self.own(tranche)),
            late=tuple(_step(row) for row in self.late(tranche)),
            room=self._room(programme),
        )
        return RULES[str(programme["rule"])].estimate(request)

    def _room(self, programme: Row) -> int | None:
        """Return the part of a programme's loan that is not paid out."""
        loan = whole(programme["loan"])
        rows = [
            row
            for one in self.rows
            if self.programme(one) is programme
            for row in self.at(one, PAID)
            if row["part"] == LOAN
        ]
        paid = added([whole(row["amount"]) for row in rows])
        return less(loan, paid)

    def _stands(self, tranche: str) -> dict[str, object]:
        rows = self.rows[tranche]
        programme = self.programme(tranche)
        own = self.own(tranche)
        late = self.late(tranche)
        estimate = self.estimates[tranche]
        parts = {row["part"] for row in rows}
        first = rows[0]
        counted = [one for one in own if one["with"] is None] + late
        return {
            **{name: first[name] for name in ("marking", "_file", "_sheet", "_row")},
            "tranche": tranche,
            **{name: programme[name] for name in ("programme", "party", "rule", "currency")},
            "part": next(iter(parts)) if len(parts) == 1 else None,
            "stage": max((str(row["stage"]) for row in rows), key=TRANCHE_STAGES.index),
            **{name: self.total(tranche, name) for name in TRANCHE_STAGES},
            **{f"{name}_on": latest(self.at(tranche, name)) for name in TRANCHE_STAGES},
            **{f"{name}_exactness": exactness(self.at(tranche, name)) for name in TRANCHE_STAGES},
            "steps": len(own),
            "late": len(late),
            "met": sum(one["verdict"] in (MET, WAIVED) for one in counted),
            "not_met": sum(one["verdict"] == NOT_MET for one in counted),
            "estimate": None if apart(rows) else estimate.payable,
            "reason": None if apart(rows) else estimate.reason or None,
            "held_proposed": self.held(tranche, ASSESSED),
            "held_decided": self.held(tranche, DECIDED),
            "behind": self.behind(tranche),
        }

    def behind(self, tranche: str) -> list[str]:
        """All rows that a tranche rests on: its own, its programme's, those of its steps."""
        above = self.programme(tranche)
        steps = [*self.own(tranche), *self.late(tranche)]
        rows = [key("programmes", above), *(key("tranches", row) for row in self.rows[tranche])]
        return [*rows, *(str(one) for step in steps for one in _list(step["behind"]))]

    def held(self, tranche: str, stage: str) -> int | None:
        """Return the part of the tranche with all steps met that a proposal or decision does not grant."""
        whole = self.total(tranche, EXPECTED)
        left = less(whole, self.total(tranche, stage))
        # A correction below zero holds back no more than there is.
        return None if left is None or whole is None else max(0, min(left, whole))


def _step(row: Row) -> Step:
    met = row["met"]
    failed = row["failed"]
    return Step(
        condition=str(row["condition"]),
        amount=whole(row["amount"]),
        verdict=None if row["verdict"] is None else str(row["verdict"]),
        met=met if isinstance(met, date) else None,
        failed=failed if isinstance(failed, date) else None,
        proven=whole(row["proven"]),
        moved=row["with"] is not None and row["verdict"] == MET,
    )


def apart(rows: Iterable[Row]) -> bool:
    """Return True if a tranche pays nothing to the recipient: guarantees, and the profits that service a
    loan.
    """
    return {row["part"] for row in rows} <= {GUARANTEE, WINDFALL}


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | pl.Series) else []


def latest(rows: Sequence[Row]) -> date | None:
    """The last of the days of rows; None where none is known."""
    days = [row["day"] for row in rows]
    return max((day for day in days if isinstance(day, date)), default=None)


def exactness(rows: Sequence[Row]) -> str | None:
    """Return the precision of a sum: that of its least exact part."""
    return next((str(row["exactness"]) for row in rows if row["exactness"]), None)


def whole(value: object) -> int | None:
    """An amount in minor units; None where it is not known."""
    return value if isinstance(value, int) else None
