"""Progress of each line on its route: reached, still open, and not reported."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.kit.union import components
from konvoi.ledger.basis import Basis, basis
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.summing import between, summed
from konvoi.model.stages import NOT_STATED, ROUTES, Stage

NOT_REPORTED = "not reported"
NO_VALUE = "no value stated"

FUNNEL = pl.Schema(
    {
        "unit": pl.String(),
        "route": pl.String(),
        "party": pl.String(),
        "kind": pl.String(),
        "good": pl.String(),
        "package": pl.String(),
        "line": pl.String(),
        "measure": pl.String(),
        "stage": pl.String(),
        "word": pl.Int64(),
        "reached": pl.Int64(),
        "told": pl.Boolean(),
        "word_entries": pl.List(pl.String()),
        "entries": pl.List(pl.String()),
    }
)
"""One row for each line (or package without lines) and each stage of its route; two reports are one line.

word, reached: whole numbers of the smallest parts of `measure` (minor units of a currency, millionths of a
unit of quantity): the pledge, and the part of it that has reached at least the stage; null is not known.
told: whether any entry reports that the line came to this stage or beyond. word_entries, entries: the basis
of both.
"""

STATED = pl.Schema(
    {
        "route": pl.String(),
        "key": pl.String(),
        "stage": pl.String(),
        "measure": pl.String(),
        "lines": pl.Int64(),
        "came": pl.Int64(),
        "told": pl.Int64(),
        "unknown": pl.Int64(),
        "unvalued": pl.Int64(),
        "word": pl.Int64(),
        "reached": pl.Int64(),
        "open": pl.Int64(),
        "silent": pl.Int64(),
        "entries": pl.List(pl.String()),
        "silent_entries": pl.List(pl.String()),
    }
)
"""One row for each route, key and stage.

lines = told + unknown: lines with a report on the stage (`told`; a reported zero counts, too), and lines
without one. came: lines of which anything came. unvalued: lines of which the pledge has no known value; they
are in no sum. word = reached + open + silent: the amount that has reached the stage; the outstanding amount
of lines with a report; and the pledges of lines without one. reached, open, word, silent: null where no value
of it is known (then they are no zero: `absence`); all sums are null where goods of different units would be
added. entries: those of reported lines; silent_entries: the pledges without a report on their progress.
"""

_JOINED = ("same_as", "restates", "contracts_for")
_LINE = ["source", "package"]


def funnel(ledger: Ledger, question: Question, *, recipient: str = "") -> pl.DataFrame:
    """Return FUNNEL of the units of a question; its stage, rows and level are ignored."""
    asked = replace(question, stage=str(Stage.PLEDGED), exact=False, by="", rule="", mix=True, level="both")
    word = _own(basis(ledger, asked, recipient))
    cluster = _clusters(ledger, word)
    lines = _lines(_at(word, ledger, asked), word, cluster)
    rows = []
    for stage in _stages(lines):
        at = replace(asked, stage=stage)
        came = _at(_own(basis(ledger, at, recipient)), ledger, at)
        rows.append(_beside(lines, came, cluster, stage))
    found = pl.concat(rows) if rows else pl.DataFrame(schema=FUNNEL)
    return found.sort("unit", "stage").select(list(FUNNEL)).cast(FUNNEL)


def stated(rows: pl.DataFrame, by: str = "route") -> pl.DataFrame:
    """STATED of FUNNEL rows, by one of its columns; without a word of that column under an empty key.

    A stage that is not reported on a whole route is left out: `silent_stages` names it.
    """
    heard = rows.filter("told").select("route", "stage").unique()
    alike = pl.col("measure").n_unique() == 1
    if rows["good"].n_unique() > 1 and not _money(rows):
        alike &= pl.col("good").n_unique() == 1
    valued = pl.col("word").is_not_null()
    known = pl.col("told") & valued & pl.col("reached").is_not_null()
    word = pl.col("word")
    came = pl.col("reached")
    # A sum over values of which none is stated is unknown, and no zero.
    silent = valued & ~known
    unheard = ~valued & ~pl.col("told")
    untold = pl.col("word_entries").filter(~pl.col("told"))
    sums = {
        "word": pl.when(valued.any()).then(word.sum()),
        "reached": pl.when(known.any()).then(came.filter(known).sum()),
        "open": pl.when(known.any()).then((word - came).filter(known).sum()),
        "silent": pl.when(silent.any() | (valued.any() & ~unheard.any())).then(word.filter(silent).sum()),
    }
    return (
        rows.join(heard, on=["route", "stage"], how="semi")
        .with_columns(key=pl.col(by).fill_null(""))
        .group_by("route", "key", "stage")
        .agg(
            pl.col("measure").drop_nulls().sort().first(),
            lines=pl.len(),
            came=(pl.col("told") & (came.fill_null(1) > 0)).sum(),
            told=pl.col("told").sum(),
            unknown=(~pl.col("told")).sum(),
            unvalued=(~valued).sum(),
            **{name: pl.when(alike).then(one) for name, one in sums.items()},
            entries=pl.col("entries").filter("told").explode().drop_nulls().unique().sort(),
            silent_entries=untold.explode().drop_nulls().unique().sort(),
        )
        .with_columns(at=_place())
        .sort("route", "key", "at")
        .select(list(STATED))
        .cast(STATED)
    )


def absence(row: Mapping[str, object], column: str) -> str:
    """Return the reason for which a sum of a STATED row is null, as an English message id.

    Empty where it is not null, or where goods of different units would be added.
    """
    if row[column] is not None:
        return ""
    if column in ("reached", "open") and not row["told"]:
        return NOT_REPORTED
    return NO_VALUE if row["unvalued"] else ""


def silent_stages(rows: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return for each route the stages without a report, in their order."""
    told = rows.group_by("route", "stage").agg(pl.col("told").any(), at=_place().first()).sort("route", "at")
    found: dict[str, tuple[str, ...]] = {}
    for route, stage, heard in told.select("route", "stage", "told").iter_rows():
        if not heard:
            found[route] = (*found.get(route, ()), stage)
    return found


def _money(rows: pl.DataFrame) -> bool:
    """Return True if the measure is money, which adds up over all goods."""
    measures = rows["measure"].drop_nulls().unique()
    return all(len(one) == 3 and one.isupper() for one in measures)


def _place() -> pl.Expr:
    """A stage's place among all, so that stages stand in the order in which a line passes them."""
    order = {str(stage): at for at, stage in enumerate(Stage)}
    return pl.col("stage").replace_strict(order, return_dtype=pl.Int64)


def _own(base: Basis) -> Basis:
    """Return the same without packages whose lines stand for them."""
    has_lines = base.levelled.filter(pl.col("line").is_not_null()).select(_LINE).unique()
    doubled = (
        base.levelled.filter(pl.col("line").is_null())
        .join(has_lines, on=_LINE, how="semi", nulls_equal=True)["entry"]
        .implode()
    )
    keep = ~pl.col("entry").is_in(doubled)
    return replace(base, levelled=base.levelled.filter(keep), known=base.known.filter(keep))


def _clusters(ledger: Ledger, base: Basis) -> dict[str, str]:
    """Return the unit that stands for each unit with several reports."""
    relations = ledger.relations.filter(
        (pl.col("status") == "accepted") & pl.col("relation").is_in(list(_JOINED))
    )
    pairs = between(relations, base.levelled)
    return components(sorted(pairs.select("left", "right").unique().iter_rows()))


def _at(base: Basis, ledger: Ledger, question: Question) -> pl.DataFrame:
    """Return the values of each unit at a stage: unit, value (null: not known), entries."""
    inside = summed(base.counting, ledger, question)
    valued = inside.accepted.units.join(inside.members.select("unit", "entries"), on="unit", how="left")
    kept = valued.select("unit", "entries", value="counts")
    mute = base.unvalued().group_by("unit").agg(entries=pl.col("entry").sort())
    alone = mute.join(kept, on="unit", how="anti").with_columns(value=pl.lit(None, pl.Int64))
    return pl.concat([kept, alone.select(kept.columns)])


def _lines(word: pl.DataFrame, base: Basis, cluster: dict[str, str]) -> pl.DataFrame:
    """Return each line once, with its pledge; lines withdrawn in full are left out."""
    said = base.levelled.filter(pl.col("place") == "in").sort("entry")
    about = said.group_by("unit").agg(
        pl.col("route", "party", "kind", "good", "package", "line", "counted_in").drop_nulls().first(),
        gone=(pl.col("stage") == Stage.WITHDRAWN).any(),
        named=pl.col("stage").unique().sort(),
    )
    found = (
        about.join(word, on="unit", how="inner")
        .with_columns(of=pl.col("unit").replace(cluster))
        .sort("of", "value", "unit", descending=[False, True, False], nulls_last=True)
        .group_by("of", maintain_order=True)
        .agg(
            pl.col("route", "party", "kind", "good", "package", "line", "counted_in").drop_nulls().first(),
            pl.col("gone").any(),
            pl.col("named").explode().unique().sort(),
            word=pl.when(pl.col("value").is_not_null().any()).then(pl.col("value").sum()),
            word_entries=pl.col("entries").explode().drop_nulls().unique().sort(),
        )
    )
    measure = pl.lit(base.unit) if base.unit and _is_money(base) else pl.col("counted_in")
    live = ~(pl.col("gone") & (pl.col("word").fill_null(0) <= 0))
    return found.filter(live).with_columns(measure=measure, route=pl.col("route").fill_null(NOT_STATED))


def _is_money(base: Basis) -> bool:
    return len(base.unit) == 3 and base.unit.isupper()


def _stages(lines: pl.DataFrame) -> list[str]:
    """The stages that any of the lines' routes has, or that a line without a route names."""
    known = {str(stage) for route in lines["route"].unique() for stage in ROUTES.get(route, (Stage.PLEDGED,))}
    free = lines.filter(pl.col("route") == NOT_STATED)["named"].explode().drop_nulls().unique()
    return [str(stage) for stage in Stage if stage in known | set(free) and stage != Stage.WITHDRAWN]


def _beside(lines: pl.DataFrame, came: pl.DataFrame, cluster: dict[str, str], stage: str) -> pl.DataFrame:
    """Return the lines whose route has a stage, each with the amount that has reached it."""
    on_route = [route for route, stages in ROUTES.items() if stage in stages]
    free = (pl.col("route") == NOT_STATED) & (
        pl.col("named").list.contains(stage) | pl.lit(stage == str(Stage.PLEDGED))
    )
    reached = (
        came.with_columns(of=pl.col("unit").replace(cluster))
        .group_by("of")
        .agg(
            reached=pl.when(pl.col("value").is_not_null().any()).then(pl.col("value").sum()),
            entries=pl.col("entries").explode().drop_nulls().unique().sort(),
            told=pl.lit(True),
        )
    )
    return (
        lines.filter(pl.col("route").is_in(on_route) | free)
        .join(reached, on="of", how="left")
        .with_columns(pl.col("told").fill_null(False), stage=pl.lit(stage), unit="of")
        .select(list(FUNNEL))
        .cast(FUNNEL)
    )
