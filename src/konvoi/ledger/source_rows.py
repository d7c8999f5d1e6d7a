"""Source rows behind a figure: the counted part of each entry, and the reasons why others do not count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

import polars as pl

from konvoi.ledger.answer import SourceRow
from konvoi.ledger.basis import NO_RATE, Basis, located
from konvoi.ledger.links import unit_name
from konvoi.ledger.parts import UNREAD, RowAmount, Sum, plain, row_keys
from konvoi.ledger.post import Ledger
from konvoi.ledger.question import Question
from konvoi.ledger.sift import judged
from konvoi.ledger.summing import WITHDRAWN
from konvoi.ledger.units import FULFILLED, onwards
from konvoi.model.goods import descendants
from konvoi.model.stages import Stage

COUNTED = "counted"
PART = "counted, as a part of"
LESS = "counted, less what is counted with its parts"
SHARE = "counted, as its share of the whole"
NET = "included, net of withdrawals and later stages"
OTHER_STAGE = "another stage of the same item counts"
WITHDRAWAL = "a withdrawal, taken off its item"
GONE = "withdrawn, or stated as 0"
NO_VALUE = "no value stated"
UNLIKE = "stated in a unit that is not added to the others"
FURTHER = "already at a later stage"
SUPERSEDED = "superseded by"
SUPERSEDED_WHOLE = "superseded"
DISPUTED = "another reading of the same day or reference"
HOW_RELATED = {
    "same_as": "duplicate of",
    "restates": "restated by",
    "reimburses": "reimburses",
    "contracts_for": "contract of",
}
_PLACES = {
    "shared": "on a shared boundary",
    "internal": "moved inside the boundary",
    "fund": "paid into a fund",
    "perhaps": "its days straddle that day",
}

SOURCE_ROWS = pl.Schema(
    {
        "entry": pl.String(),
        "unit": pl.String(),
        "key": pl.String(),
        "value": pl.Int64(),
        "counted": pl.Int64(),
        "how": pl.String(),
        "other": pl.String(),
    }
)
"""One row for each entry of the ledger, and one more for each member among whom a fund's gift is divided.

unit: source, package and line. key: the row of the total; null where it is in none. value: as reported, in
the smallest parts of the total's unit; null where it has none. counted: the part in the figure: these
add up to the figure, and with one key to that row. how: English message id; other: the entry it names."""


class SourceRows(Sequence[SourceRow]):
    """The source rows of a total, each made when it is looked at: a total may rest on a million."""

    def __init__(self, found: pl.DataFrame, scale: int) -> None:
        """Take the rows. found: SOURCE_ROWS; scale: decimals of its values."""
        self._found = found
        self._scale = scale

    def __len__(self) -> int:
        """Return how many there are."""
        return self._found.height

    def __iter__(self) -> Iterator[SourceRow]:
        """Make one after the other."""
        return map(self._row, self._found.iter_rows())

    @overload
    def __getitem__(self, index: int) -> SourceRow: ...
    @overload
    def __getitem__(self, index: slice) -> "SourceRows": ...
    def __getitem__(self, index: int | slice) -> "SourceRow | SourceRows":
        """Make one, or take a part of them."""
        if isinstance(index, slice):
            return SourceRows(self._found[index], self._scale)
        return self._row(self._found.row(index))

    def __eq__(self, other: object) -> bool:
        """Hold rows equal that say the same."""
        return isinstance(other, SourceRows) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _row(self, values: tuple[Any, ...]) -> SourceRow:
        entry, unit, key, value, counted, how, other = values
        shown = None if value is None else plain(value, self._scale)
        return SourceRow(entry, unit, key or "", shown, plain(counted, self._scale), how, other or "")


def source_rows(
    ledger: Ledger,
    question: Question,
    base: Basis,
    summed: Sum,
    *,
    recipient: str,
    groups: Mapping[str, tuple[str, ...]],
) -> pl.DataFrame:
    """Return SOURCE_ROWS of a total, the largest counted first."""
    inside = _inside(base, summed, question)
    keys = row_keys(summed, question, ledger.tables, groups)
    rows = pl.concat(
        [
            _by_rows(inside, keys),
            _rest(base, question).join(inside, on="entry", how="anti"),
            _beside(base, question),
            _left_out(ledger, question, recipient, base),
            _superseded(ledger),
        ],
        how="diagonal",
    )
    return (
        rows.with_columns(
            pl.col("unit").str.replace_all("\x1f", " / ", literal=True).str.strip_chars(" /"),
            pl.col("counted").fill_null(0),
            *(pl.lit(None, pl.String).alias(c) for c in ("key", "other") if c not in rows.columns),
        )
        .select(list(SOURCE_ROWS))
        .cast(SOURCE_ROWS)
        .sort("counted", "entry", "key", descending=[True, False, False], nulls_last=True)
    )


def _inside(base: Basis, summed: Sum, question: Question) -> pl.DataFrame:
    """Entries of the units that are summed: entry, unit, value, counted, how, other."""
    entries = base.counting.select("entry", "unit", "stage", "value")
    far = pl.col("stage").is_in(onwards(question.counted_stage)) & pl.col("value").is_not_null()
    if question.exact and question.counted_stage != FULFILLED:
        far &= pl.col("stage") == question.counted_stage
    most = (
        entries.filter(far)
        .group_by("unit", "stage")
        .agg(pl.col("value").sum())
        .sort("unit", "value", "stage", descending=[False, True, False])
        .unique("unit", keep="first", maintain_order=True)
        .select("unit", lead="stage")
    )
    units = summed.accepted.units.select("unit", "counts").join(
        summed.accepted.double.select("unit", "by", "relation"), on="unit", how="left"
    )
    first = summed.members.select(by="unit", other=pl.col("entries").list.first())
    within = (
        summed.accepted.within.sort("unit", "by")
        .unique("unit", keep="first", maintain_order=True)
        .rename({"by": "whole"})
        .join(first.rename({"by": "whole", "other": "whole_entry"}), on="whole", how="left")
    )
    wholes = summed.accepted.within.select(unit="by", divided=pl.lit(True)).unique()
    told = (
        entries.join(most, on="unit", how="left")
        .join(units, on="unit", how="left")
        .join(first, on="by", how="left")
        .join(within.select("unit", "whole_entry"), on="unit", how="left")
        .join(wholes, on="unit", how="left")
        .with_columns(leads=(far & (pl.col("stage") == pl.col("lead"))).fill_null(False))
    )
    gone = pl.col("relation").is_not_null() | pl.col("counts").is_null()
    told = told.with_columns(
        counted=pl.when(pl.col("leads") & ~gone).then("value").otherwise(0),
        rest=pl.col("counts").fill_null(0),
    )
    return _reasoned(_fitted(told)).select("entry", "unit", "value", "counted", "how", "other")


def _fitted(told: pl.DataFrame) -> pl.DataFrame:
    """Return entries of which those of one unit together count as much as the unit.

    Where that is less than they report, the later ones give way first.
    """
    apart = pl.col("rest") - pl.col("counted").sum().over("unit")
    odd = told.with_columns(apart=apart).filter((pl.col("apart") != 0) & pl.col("leads"))
    counts: dict[str, int] = {}
    left: dict[str, int] = {}
    for unit, entry, counted, lacking in (
        odd.sort("unit", "entry", descending=[False, True])
        .select("unit", "entry", "counted", "apart")
        .iter_rows()
    ):
        open_ = left.setdefault(unit, lacking)
        change = max(open_, -counted) if open_ < 0 < counted else 0
        counts[entry] = counted + change
        left[unit] = open_ - change
    for unit, entry in odd.sort("unit", "entry").select("unit", "entry").iter_rows():
        counts[entry] += left.pop(unit, 0)
    return told.with_columns(
        counted=pl.col("entry").replace_strict(counts, default=pl.col("counted"), return_dtype=pl.Int64)
    )


def _reasoned(told: pl.DataFrame) -> pl.DataFrame:
    """Entries with how they counted, and the entry that this names."""
    withdrawn = pl.col("stage") == Stage.WITHDRAWN
    nothing = ~pl.col("relation").is_not_null() & WITHDRAWN
    related = pl.col("relation").replace_strict(HOW_RELATED, default=None, return_dtype=pl.String)
    full = pl.col("counted") == pl.col("value")
    part = pl.col("whole_entry").is_not_null()
    how = (
        pl.when(nothing)
        .then(pl.lit(GONE))
        .when(withdrawn)
        .then(pl.lit(WITHDRAWAL))
        .when(pl.col("relation").is_not_null())
        .then(related)
        .when(pl.col("counts").is_null())
        .then(pl.lit(FURTHER))
        .when(~pl.col("leads"))
        .then(pl.lit(OTHER_STAGE))
        .when(full & part)
        .then(pl.lit(PART))
        .when(full)
        .then(pl.lit(COUNTED))
        .when(pl.col("divided").fill_null(False))
        .then(pl.lit(LESS))
        .when(part)
        .then(pl.lit(SHARE))
        .otherwise(pl.lit(NET))
    )
    other = (
        pl.when(~withdrawn & pl.col("relation").is_not_null())
        .then("other")
        .when(how.is_in([PART, SHARE]))
        .then("whole_entry")
    )
    return told.with_columns(how=how, other=other)


def _by_rows(inside: pl.DataFrame, keys: Mapping[str, Sequence[RowAmount]]) -> pl.DataFrame:
    """Entries with the row of the total that each is in; those of a divided fund once for each row.

    keys: by unit its rows with what it adds to each.
    """
    single = {unit: rows[0].key for unit, rows in keys.items() if len(rows) == 1}
    several = [unit for unit, rows in keys.items() if len(rows) > 1]
    divided = pl.col("unit").is_in(several)
    whole = inside.filter(~divided).with_columns(
        key=pl.col("unit").replace_strict(single, default=None, return_dtype=pl.String)
    )
    found: list[dict[str, object]] = []
    for (unit,), entries in inside.filter(divided).sort("entry").group_by("unit", maintain_order=True):
        left = [one.amount for one in keys[str(unit)]]
        for nth, row in enumerate(entries.iter_rows(named=True), start=1):
            open_ = int(row["counted"])
            for at, (key, _) in enumerate(keys[str(unit)]):
                # The last entry fills each row up.
                fills = nth == entries.height
                taken = left[at] if fills or abs(left[at]) < abs(open_) else open_
                found.append({**row, "counted": taken, "key": key})
                left[at] -= taken
                open_ -= taken
    return pl.concat([whole, pl.DataFrame(found, schema=whole.schema)])


def _rest(base: Basis, question: Question) -> pl.DataFrame:
    """Entries at the level that counts which are not summed: no value, no rate, or another place."""
    levelled = base.levelled
    silent = (
        pl.when(pl.col("entry").is_in(sorted(base.unread)))
        .then(pl.lit(UNREAD))
        .when(pl.col("entry").is_in(sorted(base.unlike)))
        .then(pl.lit(UNLIKE))
        .otherwise(pl.lit(NO_VALUE))
    )
    lacking = pl.col("amount_minor").is_not_null() & pl.lit(question.what == "amount")
    apart = pl.col("place").replace_strict(_PLACES, default=None, return_dtype=pl.String)
    how = pl.coalesce(apart, pl.when(lacking).then(pl.lit(NO_RATE)).otherwise(silent))
    return levelled.select("entry", "unit", "value", how=how)


def _beside(base: Basis, question: Question) -> pl.DataFrame:
    """Entries of the level that does not count, with the reason."""
    key = ["source", "package"]
    out = base.values.join(base.levelled, on="entry", how="anti")
    valued = base.levelled.filter(pl.col("line").is_null() & pl.col("value").is_not_null())
    own = valued.select(key).unique().with_columns(own=pl.lit(True))
    package = (
        "a package whose items are counted"
        if question.only_lines
        else "a package without a value, counted by its items"
    )
    how = (
        pl.when(pl.col("line").is_null())
        .then(pl.lit(package))
        .when(pl.col("own").fill_null(False))
        .then(pl.lit("counted with the value of its package"))
        .otherwise(pl.lit("an estimate of an item in a package without a value"))
    )
    return out.join(own, on=key, how="left", nulls_equal=True).select("entry", "unit", "value", how=how)


def _left_out(ledger: Ledger, question: Question, recipient: str, base: Basis) -> pl.DataFrame:
    """Entries that the question is not about, with the first reason, and those that may be within it."""
    goods = descendants(ledger.tables, question.good) if question.good else ()
    entries = ledger.entries.with_columns(place=located(ledger, question, recipient))
    told = judged(entries, question, goods, unread_stages=base.unstaged["entry"].to_list())
    out = told.filter(pl.col("reason").is_not_null()).join(base.unstaged, on="entry", how="left")
    return out.select("entry", "value", unit=unit_name(), how="reason")


def _superseded(ledger: Ledger) -> pl.DataFrame:
    """Entries that a later one corrects or replaces, and those of other readings of one day."""
    later = ledger.entries.filter(pl.col("corrects").is_not_null())
    by = later.sort("entry").unique("corrects", keep="last", maintain_order=True)
    corrected = ledger.corrected.join(by.select(entry="corrects", other="entry"), on="entry", how="left")
    old = pl.concat([corrected, ledger.superseded.rename({"by": "other"}).drop("until")], how="diagonal")
    disputed = ledger.disputed.with_columns(other=pl.lit(None, pl.String), how=pl.lit(DISPUTED))
    by_one = pl.when(pl.col("other").is_null()).then(pl.lit(SUPERSEDED_WHOLE)).otherwise(pl.lit(SUPERSEDED))
    gone = pl.concat([old.with_columns(how=by_one), disputed], how="diagonal")
    # A statement that came back word for word is in force under the same id.
    once = gone.unique("entry", keep="first", maintain_order=True)
    return once.join(ledger.entries, on="entry", how="anti").select(
        "entry", "other", unit=unit_name(), how="how"
    )
