"""Despatch of each receipt, found by movement, waybill, another name, serials, or line."""

import polars as pl

_PART = ["consignment", "line", "good", "unit"]


def consignments(sent: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each good of each consignment: quantity sent, days, papers, place of the first one.

    sent: DESPATCHES of stage dispatched. Columns: part (a number), consignment, line, good, unit, sent
    (null where the quantity of a despatch is unknown), first, last, despatch, file, sheet, row.
    """
    unknown = pl.col("quantity").is_null().any()
    return (
        sent.sort("day_from", "movement", nulls_last=True)
        .group_by(_PART, maintain_order=True)
        .agg(
            sent=pl.when(unknown).then(None).otherwise(pl.col("quantity").sum()),
            first=pl.col("day_from").min(),
            last=pl.col("day_to").max(),
            despatch=pl.col("movement").unique().sort().str.join("; "),
            file=pl.col("file").first(),
            sheet=pl.col("sheet").first(),
            row=pl.col("row").first(),
        )
        .sort(_PART, nulls_last=True)
        .with_row_index("part")
    )


def answered(
    receipts: pl.DataFrame,
    sent: pl.DataFrame,
    parts: pl.DataFrame,
    *,
    names: pl.DataFrame,
    pieces: pl.DataFrame,
) -> pl.DataFrame:
    """The receipts with the `consignment` and the `part` they answer, and `how` that was found.

    how: movement, waybill, name, serial, line; null where nothing answers. A receipt for a line alone has no
    part. `part` is also null where the consignment has no such good, or several that it may be.
    """
    known = receipts.join(_movements(sent, parts), left_on="reference", right_on="name", how="left")
    for how, lookup in (
        ("waybill", _waybills(parts)),
        ("name", _further(receipts, names, sent)),
        ("serial", _by_serial(pieces)),
    ):
        on = "receipt" if "receipt" in lookup.columns else "reference"
        found = lookup.with_columns(found_how=pl.lit(how)).rename({"consignment": "found"})
        known = known.join(found, left_on=on, right_on=on if on == "receipt" else "name", how="left")
        known = known.with_columns(
            consignment=pl.coalesce("consignment", "found"),
            how=pl.when(pl.col("consignment").is_null()).then("found_how").otherwise("how"),
        ).drop("found", "found_how")
    by_line = pl.col("how").is_null() & pl.col("of_line").is_not_null()
    known = known.with_columns(how=pl.when(by_line).then(pl.lit("line")).otherwise("how"))
    goods = _goods(_only(known, parts), parts)
    listed = goods.join(_parts_by_serial(pieces, parts), on=["receipt", "consignment"], how="left")
    bare = pl.col("part").is_null() & pl.col("good").is_null()
    return listed.with_columns(part=pl.when(bare).then("listed_part").otherwise("part")).drop("listed_part")


def _only(known: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Receipts of a line that left in one consignment alone answer that one."""
    alone = parts.filter(pl.col("line").is_not_null() & pl.col("line").is_unique())
    one = alone.select(of_line="line", only_part="part", only="consignment")
    by_line = pl.col("how") == "line"
    joined = known.join(one, on="of_line", how="left").with_columns(
        part=pl.when(by_line).then("only_part").otherwise("part"),
        consignment=pl.when(by_line).then("only").otherwise("consignment"),
    )
    return joined.drop("only_part", "only")


def _movements(sent: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """The consignment and part of each movement."""
    return (
        sent.join(parts.select(*_PART, "part"), on=_PART, how="left", nulls_equal=True)
        .sort("movement", "part")
        .unique("movement", keep="first", maintain_order=True)
        .select(name="movement", consignment="consignment", part="part", how=pl.lit("movement"))
    )


def _waybills(parts: pl.DataFrame) -> pl.DataFrame:
    return parts.select(name="consignment", consignment="consignment").unique()


def _further(receipts: pl.DataFrame, names: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """The consignment of each receipt by any name of both, where these names mean one consignment only."""
    ours = sent.select("movement", "consignment").unique()
    meant = pl.concat(
        [
            names.join(ours, left_on="paper", right_on="movement").select("name", "consignment"),
            ours.select(name="movement", consignment="consignment"),
            ours.select(name="consignment", consignment="consignment"),
        ]
    ).unique()
    alone = meant.filter(pl.col("name").is_unique())
    known = names.join(receipts, left_on="paper", right_on="receipt", how="semi")
    said = pl.concat(
        [receipts.select("receipt", name="reference"), known.select(receipt="paper", name="name")]
    ).drop_nulls()
    found = said.join(alone, on="name").select("receipt", "consignment").unique()
    return found.filter(pl.col("receipt").is_unique())


def _by_serial(pieces: pl.DataFrame) -> pl.DataFrame:
    """The consignment of each receipt by its serials, where all that were sent went with one consignment."""
    sent = pieces.filter(pl.col("side") == "sent").select("key", "consignment").unique()
    taken = pieces.filter(pl.col("side") == "taken").select("key", receipt="paper").unique()
    found = taken.join(sent, on="key").select("receipt", "consignment").drop_nulls().unique()
    return found.filter(pl.col("receipt").is_unique())


def _parts_by_serial(pieces: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """The part that each receipt's serials were sent with, where they all were of one."""
    sent = pieces.filter(pl.col("side") == "sent").with_columns(good="part_good")
    known = sent.join(parts.select(*_PART, "part"), on=_PART, nulls_equal=True)
    taken = pieces.filter(pl.col("side") == "taken").select("key", receipt="paper").unique()
    found = taken.join(known.select("key", "consignment", listed_part="part"), on="key").drop("key").unique()
    return found.filter(pl.struct("receipt", "consignment").is_unique())


def _goods(known: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Receipts of a whole consignment find their part: by line, by good, or because it is the only one."""
    open_rows = known.filter(pl.col("part").is_null() & pl.col("consignment").is_not_null())
    pairs = open_rows.select("receipt", "consignment", "good", "of_line").join(
        parts.select("consignment", "part", part_good="good", part_line="line"), on="consignment"
    )
    count = pl.len().over("receipt")
    same_line = (pl.col("of_line") == pl.col("part_line")).fill_null(False)
    same_good = (pl.col("good") == pl.col("part_good")).fill_null(False)
    rank = (
        pl.when(same_line & same_good)
        .then(3)
        .when(same_good)
        .then(2)
        .when(same_line | ((count == 1) & _alike("good", "part_good")))
        .then(1)
        .otherwise(0)
    )
    ranked = pairs.with_columns(rank=rank).filter(pl.col("rank") > 0)
    best = ranked.filter(pl.col("rank") == pl.col("rank").max().over("receipt"))
    chosen = best.filter(pl.col("receipt").is_unique()).select("receipt", chosen="part")
    joined = known.join(chosen, on="receipt", how="left")
    return joined.with_columns(part=pl.coalesce("part", "chosen")).drop("chosen")


def _alike(one: str, other: str) -> pl.Expr:
    """Return an expression: True if two ids of goods may be the same: unknown, equal, or of two schemes."""
    return ~differs(one, other)


def differs(one: str, other: str) -> pl.Expr:
    """Return an expression: True if two ids of goods of one scheme differ; other schemes do not compare."""
    schemes = [
        pl.when(pl.col(name).str.contains(":", literal=True))
        .then(pl.col(name).str.split(":").list.first())
        .otherwise(pl.lit(""))
        for name in (one, other)
    ]
    return ((schemes[0] == schemes[1]) & (pl.col(one) != pl.col(other))).fill_null(False)
