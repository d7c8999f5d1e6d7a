"""Totals: amounts that have reached a stage, counted once, with lowest and highest value."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl

from konvoi.kit.money import places
from konvoi.ledger.answer import Part, Total
from konvoi.ledger.basis import QUANTITY_PLACES, Basis, basis
from konvoi.ledger.fund_payments import fund_payments
from konvoi.ledger.parts import Sum, doubles, parts, plain, unvalued
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import LINES_ALONE, Question
from konvoi.ledger.readings import readings
from konvoi.ledger.refuse import refusal
from konvoi.ledger.source_rows import FURTHER, GONE, SourceRows, source_rows
from konvoi.ledger.summing import WITH_COLUMNS, WITHDRAWN, gone_further, summed

__all__ = ["QUANTITY_PLACES", "total", "totals"]

_RATES_NAMED = 5


def total(
    ledger: Ledger,
    question: Question,
    *,
    recipient: str = "",
    groups: Mapping[str, tuple[str, ...]] | None = None,
    with_rows: bool = False,
) -> Total:
    """Return the answer of the ledger to the question.

    recipient: whose receipts count at the coalition's boundary; empty counts all submissions.
    groups: parties by group, for `by="group"`. A total that would count twice is refused with the reason.
    with_rows: also the source rows behind the figure.
    """
    found = totals(ledger, question, (question.by,), recipient=recipient, groups=groups, with_rows=with_rows)
    return found[0]


def totals(
    ledger: Ledger,
    question: Question,
    by: Sequence[str],
    *,
    recipient: str = "",
    groups: Mapping[str, tuple[str, ...]] | None = None,
    with_rows: bool = False,
) -> tuple[Total, ...]:
    """Return the answer to a question by each of several rows: what these have in common is found once."""
    bases: dict[bool, Basis] = {}
    sums: dict[tuple[bool, str], Sum] = {}
    found = []
    for rows in by:
        asked = replace(question, by=rows)
        alone = asked.by == LINES_ALONE
        if alone not in bases:
            bases[alone] = basis(ledger, asked, recipient)
        base = bases[alone]
        like = (alone, rows if rows in WITH_COLUMNS else "")
        if like not in sums:
            others = readings(ledger, asked, recipient, base)
            sums[like] = summed(base.counting, ledger, asked, others)
        inside = sums[like]
        drawn = _drawn(_asked(asked, base, recipient), base, inside, ledger, asked, groups=groups or {})
        if with_rows and not drawn.refused:
            behind = source_rows(ledger, asked, base, inside, recipient=recipient, groups=groups or {})
            drawn = replace(drawn, rows=SourceRows(behind, _scale(asked, base)))
        found.append(drawn)
    return tuple(found)


def _scale(question: Question, base: Basis) -> int:
    return places(base.unit) if question.what == "amount" else QUANTITY_PLACES


def _drawn(
    asked: Total,
    base: Basis,
    inside: Sum,
    ledger: Ledger,
    question: Question,
    *,
    groups: Mapping[str, tuple[str, ...]],
) -> Total:
    """Return the total with its figures and their basis, or with the reason why there are none."""
    scale = _scale(question, base)
    refused = refusal(question, base, ledger.tables.get("shares"))
    # If there are statements but no known value, the sum is unknown, and not zero.
    empty = base.counting.is_empty() and not base.levelled.is_empty()
    silent = refused is not None or empty or bool(base.parted)
    rows, figures = parts(inside, question, ledger.tables, groups, scale)
    value, lowest, highest, estimate = (None if silent else plain(number, scale) for number in figures)
    funds = fund_payments(base, inside, ledger, question, groups)
    if highest is not None:
        highest += plain(funds.disputed, scale)
    rows = tuple(_with_payments(row, funds.by_key.get(row.key, 0), scale) for row in rows)
    met = frozenset(base.known["place"].unique())
    apart = {
        place: plain(_apart(base, place, ledger, question) if place in met else 0, scale)
        for place in ("shared", "internal", "perhaps")
    }
    gone = base.counting.select(further=gone_further(base.counting, question, inside), withdrawn=WITHDRAWN)
    further = gone.filter("further").height
    withdrawn = gone.filter(~pl.col("further") & pl.col("withdrawn")).height
    apart_from = [(why, count) for why, count in ((FURTHER, further), (GONE, withdrawn)) if count]
    return replace(
        asked,
        value=value,
        lowest=lowest,
        highest=highest,
        estimate=estimate,
        rates=_rates(base.known),
        valuation=_valuation(inside, question, scale),
        used=base.counting.height - further - withdrawn,
        withdrawn=withdrawn,
        unknown=base.unknown,
        unread_values=len(base.unread),
        unlike_units=len(base.unlike),
        unread_stages=base.unstaged.height,
        unread_stages_value=plain(int(base.unstaged["value"].sum() or 0), scale),
        no_rate=base.no_rate,
        unused=(*base.unused, *apart_from),
        shared=apart["shared"],
        internal=apart["internal"],
        perhaps=apart["perhaps"],
        paid_into_funds=plain(funds.left, scale),
        by=() if refused else rows,
        unvalued=unvalued(base.unvalued(), question, groups, base.unread),
        entries=tuple(
            inside.members.filter(~pl.col("withdrawn"))["entries"].explode().drop_nulls().to_list()
        ),
        double=doubles(inside, scale),
        open_pairs=0 if silent else inside.open_pairs() + funds.pairs,
        conflicts=0 if silent else inside.conflicts(),
        refused=refused,
    )


def _with_payments(row: Part, disputed: int, scale: int) -> Part:
    """Return a row that may count more by the rest of its payments into funds beside their gifts."""
    return replace(row, highest=row.highest + plain(disputed, scale)) if disputed else row


def _asked(question: Question, base: Basis, recipient: str) -> Total:
    """A total that names what was asked, still without a figure."""
    return Total(
        value=None,
        lowest=None,
        highest=None,
        estimate=None,
        unit="" if base.parted else base.unit,
        what=question.what,
        stage=question.stage,
        exact=question.exact,
        rule=question.delivered_rule,
        boundary=_boundary(question, recipient),
        level="lines" if question.only_lines else question.level,
        attribute=question.attribute,
        mix=question.mix,
        variants=base.variants,
    )


def _boundary(question: Question, recipient: str) -> str:
    """The boundary in words."""
    return question.boundary or (f"coalition → {recipient}" if recipient else "all submissions")


def _rates(known: pl.DataFrame) -> tuple[str, ...]:
    """The names of the rates used; where a source converts each record at a rate of its own, their number."""
    own = pl.col("stated_minor").is_not_null() & (pl.col("value") == pl.col("stated_minor"))
    stated = known.filter(own)["used_rate"].drop_nulls().unique()
    ours = known.filter(~own.fill_null(False))["used_rate"].drop_nulls().unique()
    return tuple(sorted({*_few(stated, "as stated by the source"), *_few(ours)}))


def _few(names: pl.Series, together: str = "") -> list[str]:
    """Names of rates; where there are many, one for each name without its day, with their number."""
    told = [name for name in names.sort().to_list() if name]
    if len(told) <= _RATES_NAMED:
        return told
    if together:
        return [f"{together} ({len(told)} rates)"]
    days: dict[str, list[str]] = {}
    for name in told:
        source, _, day = name.rpartition(" ")
        days.setdefault(source, []).append(day)
    return [
        f"{source} {found[0]}"
        if len(found) == 1
        else f"{source} {found[0]} to {found[-1]} ({len(found)} days)"
        for source, found in days.items()
    ]


def _apart(base: Basis, place: str, ledger: Ledger, question: Question) -> int:
    """Return the amount at one place (shared, internal, perhaps) by the same rules; the value excludes it."""
    there = base.known.filter(pl.col("place") == place)
    return summed(there, ledger, question).value()


def _valuation(inside: Sum, question: Question, scale: int) -> dict[str, Decimal]:
    """Return the value by the way in which it was found."""
    if question.what == "quantity":
        return {}
    sums = (
        inside.accepted.units.join(inside.members.select("unit", "valuation"), on="unit")
        .group_by(pl.col("valuation").fill_null("not stated"))
        .agg(pl.col("counts").sum())
        .sort("valuation")
    )
    return {str(name): plain(int(value), scale) for name, value in sums.iter_rows() if value}
