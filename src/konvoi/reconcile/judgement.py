"""Review decisions: append-only rows, undone by new rows, shown again if the values change."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.kit.digest import key
from konvoi.reconcile.records import firsts

JUDGEMENTS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "verdict": pl.String(),
        "by": pl.String(),
        "at": pl.String(),
        "reason": pl.String(),
        "seen": pl.String(),
        "supersedes": pl.String(),
        "judgement": pl.String(),
        "drawn": pl.String(),
        "probability": pl.String(),
        "on": pl.String(),
    }
)
"""One line for each decision. left, right: stable names of records (see `names`). verdict: same (the relation
holds), different (it does not), unsure, undone (the decision that it supersedes is taken back, and what that
one superseded holds again). at: instant in UTC. seen: digest of the values that the person saw. supersedes:
the `judgement` (id) that this row takes the place of; empty for none. drawn: how the pair came before
the person, RANDOM or WEIGHT; empty outside of a review. probability: that of the pair when it was judged.
on: the day for which the decision counts; empty: that of `at`."""

VERDICTS = ("same", "different", "unsure")
UNDONE = "undone"
RANDOM = "random"
WEIGHT = "weight"
"""Origin of a pair under review: drawn by chance, or for its weight; outside of a review neither."""
DECIDED = pl.Schema(
    dict.fromkeys(("left", "right", "relation", "verdict", "judgement"), pl.String())
    | {"current": pl.Boolean()}
)
"""The columns of `Decided.pairs`."""
_VALUES = (
    *("party", "counterparty", "kind", "good", "stage", "day_from", "day_to"),
    *("amount_minor", "currency", "quantity", "unit", "implementer", "text"),
)


@dataclass(frozen=True)
class Decided:
    """Judgements in force, in terms of entries.

    pairs: left, right (entries), relation, verdict, judgement, current (whether both records' values are what
    the person saw), sorted. lost: judgements (ids) with an end that no record has, kept for when it returns.
    """

    pairs: pl.DataFrame
    lost: tuple[str, ...]


def names(entries: pl.DataFrame, wanted: Collection[str] | None = None) -> pl.DataFrame:
    """The stable name and the digest of the values of each package or line: entry, name, seen.

    The name is made of source and reference (and the line, where it is not the reference), so that it
    outlives new versions of a submission; a record without a reference is named by its entry. wanted: only
    of these entries.
    """
    units = firsts(entries)
    if wanted is not None:
        units = units.filter(pl.col("entry").is_in(sorted(wanted)))
    line = pl.when(pl.col("line") != pl.col("reference")).then("line")
    stable = pl.concat_str([pl.col("source"), pl.col("reference"), line], separator="#", ignore_nulls=True)
    by_entry = pl.when(pl.col("reference").is_null()).then("entry").otherwise(stable)
    seen = [key(*row) for row in units.select(_VALUES).iter_rows()]
    return units.select("entry", name=by_entry, seen=pl.Series(seen, dtype=pl.String)).sort("entry")


def judged(
    pair: tuple[str, str],
    verdict: str,
    *,
    relation: str,
    by: str,
    at: str,
    entries: pl.DataFrame,
    reason: str = "",
    supersedes: str = "",
) -> dict[str, str]:
    """One row of JUDGEMENTS for a pair of entries (each the first of its package or line)."""
    if verdict not in VERDICTS:
        raise ValueError(f"no such verdict: {verdict!r}")
    known = names(entries, pair)
    told = {entry: (name, seen) for entry, name, seen in known.iter_rows()}
    left = told[pair[0]]
    right = told[pair[1]]
    row = {
        "left": left[0],
        "right": right[0],
        "relation": relation,
        "verdict": verdict,
        "by": by,
        "at": at,
        "reason": reason,
        "seen": seen_of(left, right),
        "supersedes": supersedes,
        "drawn": "",
        "probability": "",
        "on": "",
    }
    return row | {"judgement": judgement_id(row)}


def taken_back(row: Mapping[str, str], *, by: str, at: str) -> dict[str, str]:
    """Return the row that undoes a decision: the state before it is in force again."""
    undone = dict.fromkeys(JUDGEMENTS, "") | {name: row[name] for name in ("left", "right", "relation")}
    undone |= {"verdict": UNDONE, "by": by, "at": at, "supersedes": row["judgement"]}
    return undone | {"judgement": judgement_id(undone)}


def seen_of(left: tuple[str, str], right: tuple[str, str]) -> str:
    """Return the digest of the pair as seen: of both records the stable name and the digest of the values."""
    return key(*sorted((left, right)))


def judgement_id(row: Mapping[str, object]) -> str:
    """The id of a row: a digest of who decided what, when."""
    return key(*(row.get(name) or "" for name in ("left", "right", "relation", "verdict", "by", "at")))


def known_by(judgements: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return the decisions that count by a day: by their own, else by that on which they were taken."""
    on, at = (pl.col(name).str.head(10).str.to_date(strict=False) for name in ("on", "at"))
    return judgements.filter(pl.coalesce(on, at) <= day)


def in_force(judgements: pl.DataFrame) -> pl.DataFrame:
    """The decisions that hold: none that another supersedes, and of one pair and relation the latest.

    Rows that look the same from both sides are one pair; of equal instants the later row holds. A decision
    that was taken back supersedes nothing; a row that takes back may itself be taken back.
    """
    filled = standing(judgements)
    gone = filled["supersedes"].drop_nulls().unique()
    return (
        filled.with_row_index("_n")
        .filter(~pl.col("judgement").is_in(gone.implode()))
        .with_columns(_a=pl.min_horizontal("left", "right"), _b=pl.max_horizontal("left", "right"))
        .sort("at", "_n", nulls_last=False)
        .unique(["_a", "_b", "relation"], keep="last", maintain_order=True)
        .select(list(JUDGEMENTS))
        .sort("left", "right", "relation")
    )


def decided(judgements: pl.DataFrame, entries: pl.DataFrame, named: pl.DataFrame | None = None) -> Decided:
    """Judgements in force, found again in entries by their stable names.

    named: the `names` of the entries, where they are at hand.
    """
    if judgements.is_empty():
        return Decided(pl.DataFrame(schema=DECIDED), ())
    known = (names(entries) if named is None else named).unique("name", keep="first", maintain_order=True)
    force = in_force(judgements)
    joined = force.join(
        known.rename({"entry": "_left", "seen": "_seen_left"}), left_on="left", right_on="name", how="left"
    ).join(
        known.rename({"entry": "_right", "seen": "_seen_right"}), left_on="right", right_on="name", how="left"
    )
    lost = joined.filter(pl.col("_left").is_null() | pl.col("_right").is_null())
    rows = [
        {
            "left": row["_left"],
            "right": row["_right"],
            "relation": row["relation"],
            "verdict": row["verdict"],
            "judgement": row["judgement"],
            "current": row["seen"]
            in (
                None,
                "",
                seen_of((row["left"], row["_seen_left"]), (row["right"], row["_seen_right"])),
            ),
        }
        for row in joined.iter_rows(named=True)
        if row["_left"] is not None and row["_right"] is not None
    ]
    pairs = pl.DataFrame(rows, schema=DECIDED).sort("left", "right", "relation")
    return Decided(pairs, tuple(lost["judgement"].sort().to_list()))


def standing(judgements: pl.DataFrame) -> pl.DataFrame:
    """The decisions that were not taken back, also those that later ones took the place of; all columns."""
    every = _filled(judgements)
    back = pl.col("judgement").is_in(sorted(_taken_back(every)))
    return every.filter(~back & (pl.col("verdict").ne_missing(UNDONE)))


def _taken_back(filled: pl.DataFrame) -> set[str]:
    """The decisions that a row takes back which is not taken back itself; rows in a circle take back none."""
    undoing = filled.filter(pl.col("verdict") == UNDONE).select("judgement", "supersedes").drop_nulls()
    of = dict(undoing.iter_rows())
    waiting = Counter(target for target in of.values() if target in of)
    ready = sorted(set(of) - set(waiting))
    gone: set[str] = set()
    while ready:
        row = ready.pop()
        target = of[row]
        if row not in gone:
            gone.add(target)
        if target in waiting:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return gone


def _filled(judgements: pl.DataFrame) -> pl.DataFrame:
    """Judgements with all columns as texts, empty ones null, and an id for rows that have none."""
    text = judgements.with_columns(
        *(pl.lit(None, dtype=pl.String).alias(c) for c in JUDGEMENTS if c not in judgements.columns)
    ).select(pl.col(c).cast(pl.String).replace("", None) for c in JUDGEMENTS)
    ids = [row["judgement"] or judgement_id(row) for row in text.iter_rows(named=True)]
    return text.with_columns(judgement=pl.Series(ids, dtype=pl.String))
