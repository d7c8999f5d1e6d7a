"""Calendar of payments: amounts paid, decided, expected, suspended (with end), and lost."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from konvoi.fund.rule import Held, added, later, less
from konvoi.fund.rules import BY_NAME as RULES
from konvoi.fund.steps import Row, key
from konvoi.fund.tranches import Standing, apart, exactness, latest, whole
from konvoi.model.tables.funds import ASSESSED, AT_LEAST, DECIDED, EXPECTED, MET, PAID

SUSPENDED = "suspended"
LOST = "lost"
WHATS = (PAID, DECIDED, EXPECTED, SUSPENDED, LOST)
AT_MOST = "at most"

MONEY = pl.Schema(
    {
        "day": pl.Date(),
        "what": pl.String(),
        "programme": pl.String(),
        "party": pl.String(),
        "tranche": pl.String(),
        "part": pl.String(),
        "condition": pl.String(),
        "amount": pl.Int64(),
        "currency": pl.String(),
        "exactness": pl.String(),
        "ours": pl.Boolean(),
        "budget": pl.String(),
        "behind": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each sum, none twice. what: one of WHATS; decided: and not paid yet. day: of a payment its
own, of what is decided or expected when it is to come, of what is suspended the last on which its step may
be met, of what is lost the first on which it is; null: not known, or without an end. amount: minor units;
null: not known. exactness: at least, about, at most; null: exactly. condition: the step that holds it; null:
all of them. ours: whether the amount is our estimate. budget: the one that it goes into, if any."""


def calendar(standing: Standing) -> pl.DataFrame:
    """All money of all tranches that reaches the recipient, by day (MONEY)."""
    rows = [
        row
        for tranche in sorted(standing.rows)
        if not apart(standing.rows[tranche])
        for row in (*_paid(standing, tranche), *_coming(standing, tranche), *_held(standing, tranche))
    ]
    order = ["day", "programme", "tranche", "what", "condition"]
    return pl.DataFrame(rows, schema=MONEY).sort(order, nulls_last=True, maintain_order=True)


def _paid(standing: Standing, tranche: str) -> Iterator[dict[str, object]]:
    for row in standing.at(tranche, PAID):
        exact = {"amount": row["amount"], "exactness": row["exactness"], "part": row["part"]}
        yield _row(standing, tranche, row, **exact, what=PAID, day=row["day"], behind=[key("tranches", row)])


def _coming(standing: Standing, tranche: str) -> Iterator[dict[str, object]]:
    """Yield amounts decided and not paid; before a decision, the expected ones."""
    decided = standing.at(tranche, DECIDED)
    asked = standing.at(tranche, EXPECTED)
    day = latest(asked)
    if decided:
        left = less(standing.total(tranche, DECIDED), _paid_out(standing, tranche))
        if left is None or left > 0:
            first = latest(decided)
            day = max(day, first) if day and first else day
            kept = {"amount": left, "exactness": exactness(decided)}
            yield _row(standing, tranche, decided[-1], **kept, what=DECIDED, day=day)
    elif asked and not standing.at(tranche, PAID):
        yield _expected(standing, tranche, day)


def _expected(standing: Standing, tranche: str, day: date | None) -> dict[str, object]:
    """Return the amount proposed by the authority, else our estimate of the part that is not held back."""
    proposed = standing.at(tranche, ASSESSED)
    asked = standing.at(tranche, EXPECTED)
    if proposed:
        kept = {"amount": standing.total(tranche, ASSESSED), "exactness": exactness(proposed)}
        return _row(standing, tranche, proposed[-1], **kept, what=EXPECTED, day=day)
    stated = standing.total(tranche, EXPECTED)
    reckoned = standing.estimates[tranche].expected
    kept = {"amount": reckoned, "exactness": exactness(asked), "ours": reckoned != stated}
    return _row(standing, tranche, asked[-1], **kept, what=EXPECTED, day=day)


def _paid_out(standing: Standing, tranche: str) -> int | None:
    return added([whole(row["amount"]) for row in standing.at(tranche, PAID)])


def _held(standing: Standing, tranche: str) -> Iterator[dict[str, object]]:
    """Yield amounts held back: step by step if all weights are known, else as one by proposal or decision.

    Steps that were met since, or with a later tranche that pays for them, are no longer held back.
    """
    held = standing.estimates[tranche].held
    total, stage = _by_authority(standing, tranche)
    since = latest(standing.at(tranche, stage)) if stage else None
    kept = {one.condition for one in held}
    gone = [
        whole(row["amount"])
        for row in standing.own(tranche)
        if row["condition"] not in kept and _met_since(row, since)
    ]
    if total is not None:
        total = max(0, total - sum(one or 0 for one in gone))
    steps = added([one.amount for one in held])
    if held and steps is not None and (total is None or steps == total):
        yield from (_held_row(standing, tranche, one, ours=True) for one in held)
    elif total:
        rows = standing.at(tranche, stage)
        one = Held("", total, *_until(standing, tranche))
        yield _held_row(standing, tranche, one, bound=AT_MOST if None in gone else _less(rows), ours=False)
    elif total is None:
        yield from (_held_row(standing, tranche, one, ours=True) for one in held)


def _met_since(step: Row, day: date | None) -> bool:
    """Return True if a step was met with a later tranche, or after the day of a decision or proposal."""
    met = step["met"]
    if step["verdict"] != MET:
        return False
    return bool(step["with"]) or (day is not None and isinstance(met, date) and met > day)


def _by_authority(standing: Standing, tranche: str) -> tuple[int | None, str]:
    """Return the amount held back by the decision, else by the proposal; None without both."""
    for stage in (DECIDED, ASSESSED):
        held = standing.held(tranche, stage)
        if held is not None:
            return held, stage
    return None, ""


def _until(standing: Standing, tranche: str) -> tuple[date | None, bool]:
    """Return the last day for money held back without a step: from the proposal, by the rule's months."""
    months = RULES[str(standing.programme(tranche)["rule"])].months
    first = latest(standing.at(tranche, ASSESSED)) or latest(standing.at(tranche, DECIDED))
    if months is None or first is None:
        return None, False
    until = later(first, months)
    return until, standing.day > until


def _held_row(
    standing: Standing, tranche: str, one: Held, *, ours: bool, bound: str | None = None
) -> dict[str, object]:
    day = one.until + timedelta(days=1) if one.until and one.lost else one.until
    kept = {"amount": one.amount, "exactness": bound, "ours": ours, "condition": one.condition or None}
    at = standing.rows[tranche][0]
    return _row(standing, tranche, at, **kept, what=LOST if one.lost else SUSPENDED, day=day)


def _row(standing: Standing, tranche: str, at: Row, **more: object) -> dict[str, object]:
    programme = standing.programme(tranche)
    parts = {row["part"] for row in standing.rows[tranche]}
    return {
        "programme": programme["programme"],
        "party": programme["party"],
        "tranche": tranche,
        "part": next(iter(parts)) if len(parts) == 1 else None,
        "currency": programme["currency"],
        "budget": programme["budget"],
        "ours": False,
        "behind": standing.behind(tranche),
        **{name: at[name] for name in ("marking", "_file", "_sheet", "_row")},
        **more,
    }


def _less(rows: list[Row]) -> str | None:
    """Return the precision of a rest of which a part is at least or about so much."""
    found = exactness(rows)
    return AT_MOST if found == AT_LEAST else found
