"""Consignments: what was sent compared with what was received."""

from collections.abc import Mapping

import polars as pl

from konvoi.ledger.reconciled import DESPATCHES, NAMES, RECEIPTS, SERIALS, Papers, Reconciled, reconciled

_PLACE = {"file": "_file", "sheet": "_sheet", "row": "_row"}
_DAYS = {"day_from": pl.col("day"), "day_to": pl.coalesce("_until", "day")}
_COUNTS = ("short", "damaged", "rejected", "over")


Tables = Mapping[str, pl.DataFrame]
"""The inputs of the table `consignments` by name (konvoi.flow.deliveries.tables)."""


def consignments(tables: Tables) -> Reconciled:
    """Compare dispatched with received, by consignment, line and serial."""
    return reconciled(compared(tables))


def compared(tables: Tables) -> Papers:
    """The papers of a case as they are compared, goods under the ids of the catalogue."""
    told = _entries(tables["entries"])
    names = _names(tables)
    stated = names.filter(pl.col("scheme") == "good").select("paper", stated="name")
    codes = _codes(tables)
    return Papers(
        despatches=_as(_despatches(tables, told, stated, codes), DESPATCHES),
        receipts=_as(_receipts(tables, told, stated, codes), RECEIPTS),
        serials=_as(_serials(tables, codes), SERIALS),
        names=names.filter(pl.col("scheme") != "good").select(NAMES.names()),
    )


def _entries(ledger: pl.DataFrame) -> pl.DataFrame:
    """Return the line, good and unit of each movement and receipt in the ledger."""
    entries = ledger.filter(pl.col("reference").is_not_null())
    chosen = entries.select("reference", "stage", of_line="line", of_good="good", of_unit="unit")
    return chosen.unique(["reference", "stage"], keep="first", maintain_order=True)


def _despatches(
    tables: Tables, told: pl.DataFrame, stated: pl.DataFrame, codes: dict[str, str]
) -> pl.DataFrame:
    rows = tables["movements"]
    known = rows.filter(pl.col("stage") != "approved").join(
        told, left_on=["movement", "stage"], right_on=["reference", "stage"], how="left"
    )
    return known.join(stated, left_on="movement", right_on="paper", how="left").select(
        *("movement", "waybill", "stage", "line", "quantity"),
        good=_good(codes),
        unit=pl.coalesce("unit", "of_unit"),
        **_DAYS,
        **_PLACE,
    )


def _receipts(
    tables: Tables, told: pl.DataFrame, stated: pl.DataFrame, codes: dict[str, str]
) -> pl.DataFrame:
    """The receipts, those first that count, then the rows whose reference stood before."""
    rows = tables["receipts"].with_columns(again=pl.lit(False))
    more = tables["repeated_receipts"].with_columns(again=pl.lit(True))
    both = pl.concat([rows, more], how="diagonal")
    received = told.filter(pl.col("stage") == "received").drop("stage")
    known = both.join(received, left_on="receipt", right_on="reference", how="left")
    known = known.join(_lines(tables), on="reference", how="left")
    return known.join(stated, left_on="receipt", right_on="paper", how="left").select(
        *("receipt", "reference", "received", *_COUNTS, "document", "again"),
        of_line=pl.coalesce("of_line", "named_line"),
        good=_good(codes),
        unit="of_unit",
        **_DAYS,
        **_PLACE,
    )


def _lines(tables: Tables) -> pl.DataFrame:
    """Return the line behind each reference of a contract or of a line, submitted or named by a movement
    alone.
    """
    found = [pl.DataFrame(schema={"reference": pl.String(), "named_line": pl.String()})]
    keys = (("lines", "line"), ("contracts", "contract"), ("call_offs", "call_off"), ("movements", "line"))
    found += [tables[table].select(reference=key, named_line="line") for table, key in keys]
    return pl.concat(found).drop_nulls().unique("reference", keep="first", maintain_order=True)


def _serials(tables: Tables, codes: dict[str, str]) -> pl.DataFrame:
    rows = tables["serials"]
    return rows.with_columns(good=pl.col("good").replace(codes)).select(SERIALS.names())


def _names(tables: Tables) -> pl.DataFrame:
    found = tables["paper_names"]
    return found.select(NAMES.names()).unique().sort(NAMES.names())


def _codes(tables: Tables) -> dict[str, str]:
    """The catalogue's id of each code that one good alone has, such as gtin:… or an item number."""
    goods = tables["goods"]
    found: dict[str, set[str]] = {}
    for good, codes in goods.select("good", "codes").drop_nulls().iter_rows():
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


def _as(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    return rows.select(pl.col(name).cast(kind) for name, kind in schema.items())
