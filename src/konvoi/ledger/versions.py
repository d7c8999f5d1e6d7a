"""Statements in force: of one reference of one source the latest counts, earlier ones stay readable."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.kit.text import fold
from konvoi.ledger.convert import converted
from konvoi.model.entries import ENTRIES, WITHDRAWN_IN
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import RANK, Stage

AGE = "_age"
"""Column of entries: the age of their document as a whole number, a higher one being later."""

SUPERSEDED = pl.Schema(dict(ENTRIES) | {"until": pl.Date(), "by": pl.String()})
"""Statements that are no longer in force. until: day from which a later one holds; by: that statement."""

DISPUTES = pl.Schema({"dispute": pl.String(), "kind": pl.String(), "entry": pl.String(), "role": pl.String()})
"""Other readings of what is in force: one row for each entry in which a reading differs.

kind: one of DISPUTE_KINDS. role: `add` for a statement that the reading counts besides, `drop` for one in
force that it does not count.
"""

DISPUTE_KINDS = CONFLICT, REUSED, CONTAINED = ("version-conflict", "reference-reused", "refund-contained")

STATEMENT = "statement"
EVENT = "event"
WHOLE = "whole"

_RANKS = {str(stage): rank for stage, rank in RANK.items()}
# Of all events only movements state a stage of their own, also that they are withdrawn.
_MOVED = [
    str(stage)
    for stage in (Stage.APPROVED, Stage.DISPATCHED, Stage.AT_HUB, Stage.HANDED_OVER, Stage.WITHDRAWN)
]
# Formats whose own version rule replaces a record as a whole.
_REPLACED_WHOLE = r"^(iati:|fts-flow:)"
_OWN = "konvoi"
_REFERENCE = re.compile(r"[\w./-]*\w")
_LEAST_WORD = 3

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Versions:
    """Entries in force (ENTRIES), those that a later one replaced (SUPERSEDED), and what is in dispute.

    disputes: DISPUTES. disputed: ENTRIES of the statements that a reading adds.
    """

    entries: pl.DataFrame
    superseded: pl.DataFrame = field(default_factory=SUPERSEDED.to_frame)
    disputes: pl.DataFrame = field(default_factory=DISPUTES.to_frame)
    disputed: pl.DataFrame = field(default_factory=ENTRIES.to_frame)
    findings: tuple[Finding, ...] = ()


def current(entries: pl.DataFrame, rates: pl.DataFrame | None = None) -> Versions:
    """Return for each reference of a source the statement that is in force.

    entries: ENTRIES with AGE. A later statement of a package or line item replaces the earlier one of its
    stage; a return to an earlier stage, a withdrawal and a value of zero replace those of later stages too. A
    movement, receipt or contract is replaced by reference, an IATI activity or FTS flow as a whole. Of
    statements of one age the less advanced, then the lower, then the one of the smaller digest holds; the
    others are disputes.
    """
    keyed = (
        entries.with_columns(_kind=_kind(), _owner=_owner(), _set=_set())
        .with_columns(pl.when(_flow()).then(_days()).otherwise(AGE).alias(AGE))
        .sort(AGE, maintain_order=True)
        .with_row_index("_nth")
    )
    several = ((pl.col(AGE).n_unique() > 1) | (pl.col("_set").n_unique() > 1)).over("_owner")
    touched = keyed.filter(pl.col("_owner").is_not_null()).filter(several)
    held, losers = _settle_conflicts(touched, rates)
    replaced = pl.concat([_replaced_whole(held), _replaced_statements(held), _withdrawn_lines(keyed)])
    replaced = replaced.sort("_nth", "_by_age", "_by").unique("_nth", keep="first", maintain_order=True)
    out = keyed.join(replaced, on="_nth", how="inner")
    gone = pl.concat([replaced["_nth"], losers["_nth"]]).implode()
    rest = keyed.filter(~pl.col("_nth").is_in(gone))
    # A withdrawn movement or contract is no fact of its line item: what it replaced is out of force, and so
    # is it.
    ended = (
        pl.col("_owner").is_not_null()
        & (pl.col("_kind") == EVENT)
        & (pl.col("variant") == _OWN)
        & (pl.col("stage") == str(Stage.WITHDRAWN))
    )
    force = rest.filter(~ended.fill_null(False)).with_columns(
        # A title is no part of the id of a statement: the latest wording stands.
        pl.col("text").drop_nulls().last().over("entry")
    )
    disputes = _Disputes(keyed, force, losers, out)
    return Versions(
        entries=force.select(list(ENTRIES)).unique("entry", keep="first", maintain_order=True),
        superseded=_superseded(keyed, out),
        disputes=disputes.table(),
        disputed=disputes.added.select(list(ENTRIES)).unique("entry", keep="first", maintain_order=True),
        findings=(*disputes.findings(), *_returned(keyed, out)),
    )


def _kind() -> pl.Expr:
    """Return the mode in which statements of a reference follow one another, as an expression."""
    own = pl.coalesce("line", "package")
    return (
        pl.when(pl.col("reference").str.contains(_REPLACED_WHOLE))
        .then(pl.lit(WHOLE))
        .when((pl.col("reference") == own) & ~_ended_contract())
        .then(pl.lit(STATEMENT))
        .otherwise(pl.lit(EVENT))
    )


def _owner() -> pl.Expr:
    """The record that a statement is about, by its source; null without a reference or a source."""
    level = pl.when(pl.col("line").is_null()).then(pl.lit("package")).otherwise(pl.lit("line"))
    # A sender of our own tables numbers its line items through; other formats number them by package.
    package = pl.when(pl.col("variant").ne_missing(_OWN)).then(pl.col("package").fill_null(""))
    group = (
        pl.when(_ended_contract())
        .then(pl.lit(str(Stage.CONTRACTED)))
        .when(pl.col("stage").is_in(_MOVED))
        .then(pl.lit("movement"))
        .otherwise("stage")
    )
    about = (
        pl.when(_kind() == WHOLE)
        .then(pl.col("package").fill_null(""))
        .when(_kind() == STATEMENT)
        .then(pl.concat_str(level, package.fill_null(""), "reference", separator="\x1f"))
        .otherwise(pl.concat_str(group.fill_null(""), "reference", separator="\x1f"))
    )
    known = pl.col("reference").is_not_null() & pl.col("source").is_not_null()
    return pl.when(known & (pl.col("source") != "")).then(
        pl.concat_str("source", _kind(), about, separator="\x1f")
    )


def _ended_contract() -> pl.Expr:
    """True for the withdrawal of a contract or call-off that is cancelled or terminated."""
    withdrawn = pl.col("stage") == str(Stage.WITHDRAWN)
    return (withdrawn & (pl.col("column") == WITHDRAWN_IN)).fill_null(False)


def _flow() -> pl.Expr:
    """True for flows of FTS: a page may hold several versions, each known on a day of its own."""
    return pl.col("reference").str.starts_with("fts-flow:").fill_null(False)


def _days() -> pl.Expr:
    return pl.col("known_on").dt.epoch("d").fill_null(-1).cast(pl.Int64)


def _set() -> pl.Expr:
    """The statement that an entry belongs to: a row of our own tables, a version, else a whole document."""
    version = pl.when(_flow()).then(pl.col("known_on").cast(pl.String))
    document = pl.concat_str("submission", version, separator="\x1f", ignore_nulls=True)
    row = pl.concat_str("submission", "sheet", "row", separator="\x1f", ignore_nulls=True)
    return pl.when((pl.col("variant") == _OWN) & pl.col("row").is_not_null()).then(row).otherwise(document)


def _settle_conflicts(touched: pl.DataFrame, rates: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The statements without those that lose against another of the same age; and these, with `_winner`."""
    valued = converted(touched, rates, "EUR").with_columns(
        _size=pl.coalesce(pl.col("value").cast(pl.Float64), pl.col("quantity").cast(pl.Float64)),
        _stage=_stage_rank(),
    )
    sets = valued.group_by("_owner", AGE, "_set").agg(
        stage=pl.col("_stage").max(), size=pl.col("_size").sum(), digest=pl.col("entry").sort().str.join(" ")
    )
    # The same statement twice is none that contradicts itself.
    rivals = sets.filter(pl.col("digest").n_unique().over("_owner", AGE) > 1)
    best = rivals.sort("_owner", AGE, "stage", "size", "digest", "_set").unique(
        ["_owner", AGE], keep="first", maintain_order=True
    )
    lost = rivals.join(best.select("_owner", AGE, _winner="_set", _won="digest"), on=["_owner", AGE]).filter(
        pl.col("digest") != pl.col("_won")
    )
    on = ["_owner", AGE, "_set"]
    losers = touched.join(lost.select(*on, "_winner"), on=on, how="inner")
    return touched.join(lost.select(on), on=on, how="anti"), losers


_REPLACED = pl.Schema({"_nth": pl.UInt32(), "_by": pl.UInt32(), "_by_age": pl.Int64(), "_why": pl.String()})
"""_nth: the statement that no longer holds; _by, _by_age: the one that replaces it; _why: as what."""


def _replaced_whole(held: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that a later statement of the same record replaces as a whole."""
    rows = held.filter(pl.col("_kind") != STATEMENT)
    ages = (
        rows.group_by("_owner", _by_age=AGE)
        .agg(_by=pl.col("_nth").min())
        .sort("_owner", "_by_age")
        .with_columns(_before=pl.col("_by_age").shift(1).over("_owner"))
        .drop_nulls("_before")
    )
    found = rows.join(ages, left_on=["_owner", AGE], right_on=["_owner", "_before"])
    return _as_replaced(found.with_columns(_why=pl.lit("later")))


def _replaced_statements(held: pl.DataFrame) -> pl.DataFrame:
    """Return the statements of a package or line item with the later ones that replace them."""
    told = held.filter(pl.col("_kind") == STATEMENT).select(
        "_nth", "_owner", AGE, "entry", "stage", rank=_stage_rank(), gone=_gone()
    )
    rows = told.with_columns(highest=pl.col("rank").max().over("_owner", AGE))
    # A repeated statement replaces nothing: it is in force since it was first made.
    pairs = rows.join(_without_repeats(rows), on="_owner", suffix="_by").filter(
        pl.col(f"{AGE}_by") > pl.col(AGE)
    )
    withdrawn = pl.col("stage") == str(Stage.WITHDRAWN)
    same = pl.col("stage").eq_missing(pl.col("stage_by"))
    back = pl.col("highest_by") < pl.col("rank")
    why = (
        pl.when("gone_by")
        .then(pl.lit("withdrawn"))
        .when(same | withdrawn)
        .then(pl.lit("later"))
        .when(back)
        .then(pl.lit("returned"))
    )
    found = pairs.with_columns(_why=why).filter(pl.col("_why").is_not_null())
    return _as_replaced(found.rename({"_nth_by": "_by", f"{AGE}_by": "_by_age"}))


def _without_repeats(rows: pl.DataFrame) -> pl.DataFrame:
    """Return statements without those that repeat the one before them."""
    said = (
        rows.group_by("_owner", AGE)
        .agg(_said=pl.col("entry").unique().sort().str.join(" "))
        .sort("_owner", AGE)
        .with_columns(_before=pl.col("_said").shift(1).over("_owner"))
    )
    again = said.filter(pl.col("_said") == pl.col("_before"))
    return rows.join(again, on=["_owner", AGE], how="anti")


def _withdrawn_lines(keyed: pl.DataFrame) -> pl.DataFrame:
    """Line items of a package that a later statement withdraws as a whole."""
    statements = keyed.filter((pl.col("_kind") == STATEMENT) & (pl.col("variant") == _OWN))
    packages = statements.filter(pl.col("line").is_null())
    last = packages.filter(pl.col(AGE) == pl.col(AGE).max().over("source", "package")).filter(_gone())
    gone = last.select("source", "package", _by="_nth", _by_age=AGE)
    found = statements.filter(pl.col("line").is_not_null()).join(gone, on=["source", "package"])
    earlier = found.filter(pl.col(AGE) < pl.col("_by_age"))
    return _as_replaced(earlier.with_columns(_why=pl.lit("withdrawn")))


def _as_replaced(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(pl.col(name).cast(kind) for name, kind in _REPLACED.items())


def _stage_rank() -> pl.Expr:
    return pl.col("stage").replace_strict(_RANKS, default=_RANKS[Stage.PLEDGED], return_dtype=pl.Int64)


def _gone() -> pl.Expr:
    """True for a statement that withdraws its record: the stage withdrawn, or a value of zero."""
    no_amount = pl.col("amount_minor").is_null() | (pl.col("amount_minor") == 0)
    no_quantity = pl.col("quantity").is_null() | (pl.col("quantity") == 0)
    stated = pl.col("amount_minor").is_not_null() | pl.col("quantity").is_not_null()
    return ((pl.col("stage") == str(Stage.WITHDRAWN)) | (no_amount & no_quantity & stated)).fill_null(False)


def _superseded(keyed: pl.DataFrame, out: pl.DataFrame) -> pl.DataFrame:
    later = keyed.select(_by="_nth", by="entry", until="known_on")
    return (
        out.join(later, on="_by", how="left").select(list(SUPERSEDED)).sort("entry", "known_on", "submission")
    )


class _Disputes:
    """Readings that differ from what is in force, and what is asked about them."""

    def __init__(
        self, keyed: pl.DataFrame, force: pl.DataFrame, losers: pl.DataFrame, out: pl.DataFrame
    ) -> None:
        self._force = force
        self._losers = losers
        self._reused = _reused(keyed, force, out)
        self._refunds = _contained(force, out)
        # A conflict matters only while the statement that was chosen is in force.
        on = {"left_on": ["_owner", AGE, "_winner"], "right_on": ["_owner", AGE, "_set"]}
        chosen = force.select("_owner", AGE, "_set").unique()
        self._conflicts = losers.join(chosen, how="semi", **on)  # type: ignore[arg-type]
        self.added = pl.concat([self._conflicts.select(list(ENTRIES)), self._reused.select(list(ENTRIES))])

    def table(self) -> pl.DataFrame:
        """All readings as DISPUTES, sorted."""
        rows = [
            *self._of_conflicts(),
            *((f"{REUSED} {one}", REUSED, one, "add") for one in self._reused["entry"]),
            *((f"{CONTAINED} {one}", CONTAINED, one, "drop") for one in self._refunds["entry"]),
        ]
        return pl.DataFrame(sorted(set(rows)), schema=DISPUTES, orient="row")

    def _of_conflicts(self) -> Iterable[tuple[str, str, str, str]]:
        kept = self._force.select("_owner", AGE, _winner="_set", kept="entry")
        for (_, _, _), rows in self._conflicts.group_by("_owner", AGE, "_set", maintain_order=True):
            name = f"{CONFLICT} {key(*sorted(rows['entry']))}"
            yield from ((name, CONFLICT, str(one), "add") for one in rows["entry"])
            winners = rows.join(kept, on=["_owner", AGE, "_winner"])["kept"]
            yield from ((name, CONFLICT, str(one), "drop") for one in winners)

    def findings(self) -> Iterable[Finding]:
        """One finding for each reading, at the statement that does not hold or may not."""
        chosen = self._force.unique(["_owner", AGE, "_set"], keep="first", maintain_order=True)
        of = {(r["_owner"], r[AGE], r["_set"]): r for r in chosen.iter_rows(named=True)}
        for row in self._conflicts.sort("submission", "sheet", "row", "entry").iter_rows(named=True):
            other = of.get((row["_owner"], row[AGE], row["_winner"]))
            if other:
                yield _finding(row, CONFLICT, _CONFLICT, other)
        for row in self._reused.sort("submission", "sheet", "row", "entry").iter_rows(named=True):
            yield _finding(row, REUSED, _REUSED, {name: row[f"{name}_by"] for name in _SHOWN})
        for row in self._refunds.sort("submission", "sheet", "row", "entry").iter_rows(named=True):
            yield _finding(row, CONTAINED, _CONTAINED, {name: row[f"{name}_by"] for name in _SHOWN})


_SHOWN = ("reference", "submission", "sheet", "row", "stage", "amount_minor", "currency", "quantity", "unit")


def _reused(keyed: pl.DataFrame, force: pl.DataFrame, out: pl.DataFrame) -> pl.DataFrame:
    """Replaced statements that share neither good nor title with the one that holds under their reference."""
    old = out.filter((pl.col("_kind") == STATEMENT) & (pl.col("_why") == "later"))
    later = force.select(
        _by="_nth", good_by="good", text_by="text", **{f"{name}_by": pl.col(name) for name in _SHOWN}
    )
    pairs = old.join(later, on="_by").filter(
        pl.col("text").is_not_null()
        & pl.col("text_by").is_not_null()
        & (pl.col("text") != pl.col("text_by")),
        (pl.col("good") != pl.col("good_by")).fill_null(True),
        ~(
            pl.col("amount_minor").eq_missing(pl.col("amount_minor_by"))
            & pl.col("currency").eq_missing(pl.col("currency_by"))
            & pl.col("quantity").eq_missing(pl.col("quantity_by"))
        ),
        (pl.col("amount_minor") != 0).fill_null(True) & (pl.col("amount_minor_by") != 0).fill_null(True),
    )
    texts = pairs.select("text", "text_by").iter_rows()
    strange = [not (_words(one) & _words(other)) for one, other in texts]
    return pairs.filter(pl.Series(strange, dtype=pl.Boolean))


def _words(text: str) -> set[str]:
    """Return the significant words of a title; numbers count, short words do not."""
    return {word for word in fold(text).split() if len(word) >= _LEAST_WORD or word.isdigit()}


def _contained(force: pl.DataFrame, out: pl.DataFrame) -> pl.DataFrame:
    """Refunds that name a package whose amount was stated anew after them."""
    negative = (pl.col("amount_minor") < 0) | (pl.col("quantity") < 0)
    refunds = force.filter(negative.fill_null(False) & pl.col("text").is_not_null())
    anew = out.select("source", "reference").unique()
    later = force.join(anew, on=["source", "reference"], how="semi").filter(pl.col("_kind") == STATEMENT)
    named = [
        (row["_nth"], reference)
        for row in refunds.iter_rows(named=True)
        for reference in sorted(set(_REFERENCE.findall(row["text"])))
    ]
    mentions = pl.DataFrame(named, schema={"_nth": pl.UInt32, "_names": pl.String}, orient="row")
    about = later.select(
        "source", _names="reference", _later=AGE, **{f"{name}_by": pl.col(name) for name in _SHOWN}
    ).unique(["source", "_names"], keep="first", maintain_order=True)
    pairs = refunds.join(mentions, on="_nth").join(about, on=["source", "_names"])
    return pairs.filter((pl.col("_later") > pl.col(AGE)) & (pl.col("reference") != pl.col("_names"))).unique(
        "_nth", keep="first", maintain_order=True
    )


def _returned(keyed: pl.DataFrame, out: pl.DataFrame) -> Iterable[Finding]:
    """A finding for each record that a later statement puts back to an earlier stage."""
    back = out.filter(pl.col("_why") == "returned")
    later = keyed.select(_by="_nth", **{f"{name}_by": pl.col(name) for name in _SHOWN})
    rows = back.join(later, on="_by").sort("submission_by", "sheet_by", "row_by", "entry")
    for row in rows.unique("_by", keep="first", maintain_order=True).iter_rows(named=True):
        now = {name: row[f"{name}_by"] for name in _SHOWN}
        yield _finding(now, "stage-returned", _RETURNED, row, column="stage", read=str(now["stage"]))


_CONFLICT = (
    "one statement for a reference on one day; {file}, sheet {sheet}, row {row} states {value}",
    "The lower is used until this is settled. Submit the right value with a later day.",
)
_REUSED = (
    "a reference used for one item; {file}, sheet {sheet}, row {row} uses it for another",
    "The later statement is used. If these are two items, assign separate references.",
)
_CONTAINED = (
    "a statement whether {value} ({file}, sheet {sheet}, row {row}) already includes this refund",
    "The refund is deducted. If the later amount contains it, withdraw the refund.",
)
_RETURNED = (
    "a stage not before {stage} ({file}, sheet {sheet}, row {row})",
    "The later stage is withdrawn. If that is wrong, submit the record again with its present stage.",
)


def _finding(
    row: Row, code: str, words: tuple[str, str], other: Row, *, column: str = "", read: str = ""
) -> Finding:
    place = Place(
        str(row["submission"] or ""), str(row["sheet"] or ""), int(row["row"] or 0), column or _column(row)
    )
    values = {
        "file": str(other["submission"] or ""),
        "sheet": str(other["sheet"] or ""),
        "row": str(other["row"] or ""),
        "value": _value(other),
        "stage": str(other["stage"] or ""),
    }
    return Finding(
        Severity.WARNING,
        code,
        place,
        read or f"{row['reference']}: {_value(row)}",
        words[0],
        words[1],
        values,
    )


def _column(row: Row) -> str:
    return "amount" if row["amount_minor"] is not None else "quantity"


def _value(row: Row) -> str:
    """The amount or quantity of a statement with its stage, as a person writes it."""
    parts = []
    if row["amount_minor"] is not None:
        parts.append(
            f"{to_major(row['amount_minor'], row['currency'] or 'EUR'):f} {row['currency'] or ''}".strip()
        )
    if row["quantity"] is not None:
        parts.append(f"{row['quantity'].normalize():f} {row['unit'] or ''}".strip())
    return ", ".join([*(parts or ["no value stated"]), str(row["stage"] or "")]).strip(", ")
