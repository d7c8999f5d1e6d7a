"""What was sent against what was received, over all that was handed in."""

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.ledger.reconciled import DESPATCHES, NAMES, RECEIPTS, SERIALS, Papers, Reconciled, reconciled
from konvoi.model.paper import NAMES as PAPER_NAMES
from konvoi.model.tables import BY_NAME

_PLACE = {"file": "_file", "sheet": "_sheet", "row": "_row"}
_COUNTS = ("short", "damaged", "rejected", "over")


def consignments(gathered: Gathered) -> Reconciled:
    """Dispatched against received, by consignment, line and serial."""
    return reconciled(compared(gathered))


def compared(gathered: Gathered) -> Papers:
    """The papers of a case as they are compared, goods under the ids of the catalogue."""
    told = _entries(gathered)
    names = _names(gathered)
    stated = names.filter(pl.col("scheme") == "good").select("paper", stated="name")
    codes = _codes(gathered)
    return Papers(
        despatches=_as(_despatches(gathered, told, stated, codes), DESPATCHES),
        receipts=_as(_receipts(gathered, told, stated, codes), RECEIPTS),
        serials=_as(_serials(gathered, codes), SERIALS),
        names=names.filter(pl.col("scheme") != "good").select(NAMES.names()),
    )


def _entries(gathered: Gathered) -> pl.DataFrame:
    """What the ledger knows of each movement and receipt: its line, good and unit."""
    entries = gathered.ledger.entries.filter(pl.col("reference").is_not_null())
    chosen = entries.select("reference", "stage", of_line="line", of_good="good", of_unit="unit")
    return chosen.unique(["reference", "stage"], keep="first", maintain_order=True)


def _despatches(
    gathered: Gathered, told: pl.DataFrame, stated: pl.DataFrame, codes: dict[str, str]
) -> pl.DataFrame:
    rows = gathered.tables.get("movements", BY_NAME["movements"].empty())
    known = rows.filter(pl.col("stage") != "approved").join(
        told, left_on=["movement", "stage"], right_on=["reference", "stage"], how="left"
    )
    return known.join(stated, left_on="movement", right_on="paper", how="left").select(
        *("movement", "waybill", "stage", "line", "quantity"),
        good=_good(codes),
        unit=pl.coalesce("unit", "of_unit"),
        **_days(rows),
        **_PLACE,
    )


def _receipts(
    gathered: Gathered, told: pl.DataFrame, stated: pl.DataFrame, codes: dict[str, str]
) -> pl.DataFrame:
    """The receipts, those first that count, then the rows whose reference stood before."""
    empty = BY_NAME["receipts"].empty()
    rows = gathered.tables.get("receipts", empty).with_columns(again=pl.lit(False))
    every = [reading.tables["receipts"] for reading in gathered.readings if "receipts" in reading.tables]
    together = pl.concat([empty, *every], how="diagonal") if every else empty
    place = ["receipt", "_file", "_sheet", "_row"]
    more = together.join(rows, on=place, how="anti", nulls_equal=True).with_columns(again=pl.lit(True))
    both = pl.concat([rows, more], how="diagonal")
    received = told.filter(pl.col("stage") == "received").drop("stage")
    known = both.join(received, left_on="receipt", right_on="reference", how="left")
    known = known.join(_lines(gathered), on="reference", how="left")
    return known.join(stated, left_on="receipt", right_on="paper", how="left").select(
        *("receipt", "reference", "received", *_COUNTS, "document", "again"),
        of_line=pl.coalesce("of_line", "named_line"),
        good=_good(codes),
        unit="of_unit",
        **_days(both),
        **_PLACE,
    )


def _lines(gathered: Gathered) -> pl.DataFrame:
    """The line behind each reference of a contract or of a line, handed in or named by a movement alone."""
    found = [pl.DataFrame(schema={"reference": pl.String(), "named_line": pl.String()})]
    keys = (("lines", "line"), ("contracts", "contract"), ("call_offs", "call_off"), ("movements", "line"))
    for table, key in keys:
        rows = gathered.tables.get(table)
        if rows is not None:
            found.append(rows.select(reference=key, named_line="line"))
    return pl.concat(found).drop_nulls().unique("reference", keep="first", maintain_order=True)


def _serials(gathered: Gathered, codes: dict[str, str]) -> pl.DataFrame:
    rows = gathered.tables.get("serials", BY_NAME["serials"].empty())
    return rows.with_columns(good=pl.col("good").replace(codes)).select(SERIALS.names())


def _names(gathered: Gathered) -> pl.DataFrame:
    found = gathered.tables.get("paper_names", pl.DataFrame(schema=PAPER_NAMES))
    return found.select(NAMES.names()).unique().sort(NAMES.names())


def _codes(gathered: Gathered) -> dict[str, str]:
    """The catalogue's id of each code that one good alone has, such as gtin:… or an item number."""
    goods = gathered.tables.get("goods")
    found: dict[str, set[str]] = {}
    for good, codes in goods.select("good", "codes").drop_nulls().iter_rows() if goods is not None else ():
        for code in str(codes).split(";"):
            if code.strip():
                found.setdefault(code.strip(), set()).add(str(good))
    return {code: min(goods) for code, goods in sorted(found.items()) if len(goods) == 1}


def _good(codes: dict[str, str]) -> pl.Expr:
    """The good as the paper names it, else that of its line, under the catalogue's id."""
    stated = pl.col("stated").replace(codes)
    # What a paper calls by a foreign number is that of its line: only ids of one scheme can contradict.
    foreign = stated.str.contains(":", literal=True) & pl.col("of_good").is_not_null()
    return pl.when(foreign | stated.is_null()).then(pl.col("of_good").replace(codes)).otherwise(stated)


def _days(rows: pl.DataFrame) -> dict[str, pl.Expr]:
    until = pl.coalesce("_until", "day") if "_until" in rows.columns else pl.col("day")
    return {"day_from": pl.col("day"), "day_to": until}


def _as(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in schema.items())
