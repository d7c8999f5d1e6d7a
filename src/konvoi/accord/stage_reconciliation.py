"""Comparison of adjacent stages from undertaking to receipt: undertaken, allocated, signed, sent,
received."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import NOT_STATED, Stage
from konvoi.model.table import QUANTITY

FACTS = pl.Schema(
    {
        "key": pl.String(),
        "level": pl.String(),
        "record": pl.String(),
        "route": pl.String(),
        "party": pl.String(),
        "stage": pl.String(),
        "quantity": QUANTITY,
        "unit": pl.String(),
        "amount_minor": pl.Int64(),
        "currency": pl.String(),
        "said": pl.String(),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""One row for each statement on a record at a stage.

key: identifies the record, where two bear one reference. level: line, undertaking or framework. stage: of a
line its own; of an undertaking `undertaken`, `allocated`; of a framework `framework`, `called off`.
Statements on one stage of a record add up. said: the entry, or table/id of the row, that states it.
"""

JOINTS = pl.Schema(
    {
        "level": pl.String(),
        "record": pl.String(),
        "route": pl.String(),
        "party": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "had": QUANTITY,
        "came": QUANTITY,
        "unit": pl.String(),
        "had_minor": pl.Int64(),
        "came_minor": pl.Int64(),
        "currency": pl.String(),
        "state": pl.String(),
        "behind": pl.List(pl.String()),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""One row for each pair of adjacent stages of a record: the amount before (`had`) and after (`came`).

Quantities in `unit`, amounts in minor units of `currency`; a side that is not wholly known, or in two units,
is null. state: one of STATES. behind: the basis of both sides, as FACTS name it. file, sheet, row: of the
later stage, else of the earlier one.
"""

STATES = MET, OPEN, ABOVE, UNKNOWN = ("met", "open", "above", "not known")

WORD = "promised"
UNDERTAKEN = "undertaken"
FRAMEWORK = "framework"
CALLED_OFF = "called off"

CHAINS: Mapping[str, tuple[str, ...]] = {
    "from stock": (WORD, Stage.ALLOCATED, Stage.DISPATCHED, Stage.RECEIVED),
    "procured": (WORD, Stage.ALLOCATED, Stage.CONTRACTED, Stage.DISPATCHED, Stage.RECEIVED),
    "money": (WORD, Stage.ALLOCATED, Stage.DISBURSED),
    "pooled fund": (WORD, Stage.PAID_IN),
    "service": (WORD, Stage.ALLOCATED, Stage.COMPLETED),
    NOT_STATED: (WORD, Stage.ALLOCATED),
    UNDERTAKEN: (UNDERTAKEN, Stage.ALLOCATED),
    FRAMEWORK: (FRAMEWORK, CALLED_OFF),
}
"""Stages whose sums are compared, by route; a donation from stock has no contract.

Of a line without a stated route only the stages before the routes part are compared.
"""

_KEY = ("level", "record", "key")
_PLACE = ("file", "sheet", "row")
_MEASURES = (("quantity", "unit"), ("amount_minor", "currency"))


def joints(facts: pl.DataFrame) -> pl.DataFrame:
    """Return JOINTS of all records, by level, record and place in the chain.

    A stage without reports is skipped: a later stage is compared with the nearest reported stage before it,
    so that a stage that a route lacks, or that is not reported, does not count as missing.
    """
    sums = _sums(facts)
    # In this order a record's stages stand together, so that the row above is the stage before.
    told = sums.sort("id", "at").with_columns(
        pl.col(f"{name}").shift(1).alias(f"had_{name}")
        for name in ("id", "stage", "quantity", "unit", "amount_minor", "currency", "said")
    )
    later = told.filter(pl.col("id") == pl.col("had_id"))
    last = (pl.col("id") != pl.col("id").shift(-1)).fill_null(True)
    ends = told.filter(last & pl.col("next").is_not_null())
    open_ended = ends.with_columns(
        had_stage="stage",
        stage="next",
        had_quantity="quantity",
        had_unit="unit",
        had_amount_minor="amount_minor",
        had_currency="currency",
        had_said="said",
        said=pl.lit([], pl.List(pl.String)),
        quantity=pl.lit(None, QUANTITY),
        amount_minor=pl.lit(None, pl.Int64),
        nothing=pl.lit(True),
        at=pl.col("at") + 1,
    )
    both = pl.concat([later.with_columns(nothing=pl.lit(False)), open_ended], how="diagonal")
    return _judged(both).sort("id", "at").select(list(JOINTS)).cast(JOINTS)


def _sums(facts: pl.DataFrame) -> pl.DataFrame:
    """Return each record's amounts by stage of its chain; a commitment takes the place of a pledge."""
    words = {str(Stage.PLEDGED): WORD, str(Stage.COMMITTED): WORD}
    added = (
        facts.join(_ids(facts), on=_KEY, how="left", maintain_order="left")
        .group_by("id", "stage", maintain_order=True)
        .agg(
            pl.col(*_KEY).first(),
            pl.col("route", "party").drop_nulls().first(),
            *(_added(value, of) for value, of in _MEASURES),
            *(pl.col(of).drop_nulls().first() for _, of in _MEASURES),
            pl.col("said"),
            pl.col(_PLACE).last(),
        )
    )
    firm = added.sort("id", pl.col("stage") == Stage.PLEDGED, maintain_order=True)
    named = firm.with_columns(stage=pl.col("stage").replace(words)).unique(
        ["id", "stage"], keep="first", maintain_order=True
    )
    return named.join(_places(), on=["route", "stage"], how="inner")


def _ids(facts: pl.DataFrame) -> pl.DataFrame:
    """A number for each record, in the order of their names: numbers sort faster."""
    return facts.select(_KEY).unique().sort(_KEY).with_row_index("id")


def _places() -> pl.DataFrame:
    """Each stage of each chain with its place and the stage after it."""
    rows = [
        (route, str(stage), at, str(chain[at + 1]) if at + 1 < len(chain) else None)
        for route, chain in CHAINS.items()
        for at, stage in enumerate(chain)
    ]
    schema = {"route": pl.String, "stage": pl.String, "at": pl.Int64, "next": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _added(value: str, of: str) -> pl.Expr:
    """The sum of a column; null where a part is not known or the parts are in two units."""
    whole = (pl.col(value).null_count() == 0) & (pl.col(of).drop_nulls().n_unique() <= 1)
    return pl.when(whole).then(pl.col(value).sum()).alias(value)


def _judged(both: pl.DataFrame) -> pl.DataFrame:
    """Each joint with its state: quantities are compared where both are known, else amounts."""
    counted = _comparable("quantity", "unit")
    paid = _comparable("amount_minor", "currency")
    more = (pl.col("quantity") - pl.col("had_quantity")).sign().cast(pl.Int8)
    dearer = (pl.col("amount_minor") - pl.col("had_amount_minor")).sign().cast(pl.Int8)
    change = pl.when(counted).then(more).otherwise(pl.when(paid).then(dearer))
    states = {-1: OPEN, 0: MET, 1: ABOVE}
    compared = change.replace_strict(states, default=UNKNOWN, return_dtype=pl.String).fill_null(UNKNOWN)
    return both.with_columns(
        pl.col("had_stage").alias("from"),
        pl.col("stage").alias("to"),
        behind=pl.concat_list("had_said", "said"),
        had="had_quantity",
        came="quantity",
        unit=pl.coalesce("had_unit", "unit"),
        had_minor="had_amount_minor",
        came_minor="amount_minor",
        currency=pl.coalesce("had_currency", "currency"),
        state=pl.when(pl.col("nothing")).then(pl.lit(OPEN)).otherwise(compared),
    )


def _comparable(value: str, of: str) -> pl.Expr:
    """Return an expression: True if both sides are known in one unit; a side without one has the other's."""
    alike = (pl.col(of) == pl.col(f"had_{of}")).fill_null(True)
    return alike & pl.col(value).is_not_null() & pl.col(f"had_{value}").is_not_null()


def exceeded(found: pl.DataFrame) -> tuple[Finding, ...]:
    """Return a warning on each joint where more arrived than stood before it, unless a check reports it.

    Signed above allocated, and received above dispatched, are reported when submissions are read.
    """
    told = found.filter((pl.col("state") == ABOVE) & pl.struct("from", "to").is_in(_structs(_CODES)))
    return tuple(_finding(row) for row in told.iter_rows(named=True))


_CODES = {
    (str(Stage.CONTRACTED), str(Stage.DISPATCHED)): "delivered-above-contracted",
    (str(Stage.CONTRACTED), str(Stage.RECEIVED)): "delivered-above-contracted",
    (FRAMEWORK, CALLED_OFF): "called-off-above-framework",
    (UNDERTAKEN, str(Stage.ALLOCATED)): "allocated-above-undertaken",
}


def _structs(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"from": start, "to": end} for start, end in pairs]


def _finding(row: Mapping[str, object]) -> Finding:
    counted = row["came"] is not None and row["had"] is not None
    code = _CODES[str(row["from"]), str(row["to"])]
    number = row["row"]
    place = Place(
        str(row["file"] or ""),
        str(row["sheet"] or ""),
        number if isinstance(number, int) else 0,
        "quantity" if counted else "amount",
    )
    return Finding(
        Severity.NOTE if code.startswith("allocated") else Severity.WARNING,
        code,
        place,
        read=f"{row['record']}: {amount(row, 'came')}",
        expected="at most {had}, as {stage}",
        remedy=_REMEDIES[code],
        values={"had": amount(row, "had"), "stage": str(row["from"]), "joint": joint_name(row)},
    )


def joint_name(row: Mapping[str, object]) -> str:
    """Return the name of a joint among all: its level, record, and target."""
    return "/".join(str(row[name]) for name in ("level", "record", "to"))


_REMEDIES = {
    "delivered-above-contracted": "Correct one of the two, or submit the contract of the rest.",
    "called-off-above-framework": "Correct the call-off, or submit the framework as it was raised.",
    "allocated-above-undertaken": "Nothing, if more is given than was promised; else correct the allocation.",
}


def amount(row: Mapping[str, object], side: str) -> str:
    """Return the value on a side of a joint (had or came) with its unit or currency; empty if unknown."""
    value, of = measured(row, side)
    return "" if value is None else f"{value:f} {of}".strip()


def measured(row: Mapping[str, object], side: str) -> tuple[Decimal | None, str]:
    """Return the value on a side of a joint (had or came) and its unit or currency.

    The quantity, else the amount in major units, else None. The sides may differ in unit: a quantity before,
    an amount after.
    """
    quantity = row[side]
    minor = row[f"{side}_minor"]
    if isinstance(quantity, Decimal) and (row["had"] is not None or not isinstance(minor, int)):
        return Decimal(f"{quantity.normalize():f}"), str(row["unit"] or "")
    currency = str(row["currency"] or "")
    return (to_major(minor, currency), currency) if isinstance(minor, int) else (None, "")
