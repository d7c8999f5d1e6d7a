"""Discrepancies between despatches and receipts, reported with both papers."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from konvoi.kit.text import shown
from konvoi.ledger.answering import differs
from konvoi.model.finding import Finding, Place, Severity

Row = Mapping[str, object]
ARRIVED = pl.sum_horizontal(pl.col("received", "damaged", "rejected").fill_null(0))
SHORT = pl.col("short").fill_null(0)
_SAID = ("reference", "good", "received", "short", "damaged", "rejected", "over", "day_from", "day_to")
_NO_PAPER = "Enter the movement or waybill, or ask the sender for the dispatch."


def once(receipts: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The receipts that count, each once; and those that stood before, with the one they repeat.

    A receipt stands twice by its own reference in another document, or by one signed document that states the
    same of the same despatch.
    """
    ordered = receipts.sort("again", "day_from", "receipt", "file", "row", nulls_last=True).with_row_index(
        "nr"
    )
    first = ordered.filter(~pl.col("again"))
    same = [*("document", *_SAID)]
    signed = (
        first.filter(pl.col("document").is_not_null() & pl.col("reference").is_not_null())
        .with_columns(of=pl.col("receipt").first().over(same))
        .filter(pl.col("of") != pl.col("receipt"))
    )
    repeats = ordered.filter("again").with_columns(of=pl.col("receipt"))
    twice = pl.concat([signed, repeats]).join(
        first.select(
            of="receipt", **{f"first_{name}": name for name in (*_SAID, "file", "sheet", "row")}
        ).unique("of", keep="first", maintain_order=True),
        on="of",
        how="inner",
    )
    kept = first.join(signed.select("nr"), on="nr", how="anti")
    return kept.drop("nr", "again"), twice.sort("nr")


def duplicates(twice: pl.DataFrame) -> Iterator[Finding]:
    """Yield findings on receipts that are in another document, too: that one counts in any case."""
    for row in twice.iter_rows(named=True):
        unlike = [name for name in _SAID if row[name] != row[f"first_{name}"]]
        values = {"receipt": str(row["of"]), "file": str(row["first_file"])}
        if unlike:
            words = (
                "the same content as receipt {receipt} in {file}, or a separate reference",
                "Correct one of the two or assign a separate reference; until then the other one is used.",
            )
            yield _told(
                Severity.ERROR,
                "receipt-contradicts",
                row,
                unlike[0],
                words,
                read=row[unlike[0]],
                values=values,
            )
        else:
            words = ("each receipt once; receipt {receipt} is already in {file}", "Nothing: it counts once.")
            yield _told(
                Severity.WARNING, "receipt-twice", row, "receipt", words, read=row["receipt"], values=values
            )


def comparable(found: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return receipts with the despatches they answer; `counts` if good and unit are those sent."""
    beside = parts.select(
        "part", part_good="good", part_unit="unit", part_first="first", part_sent="sent", despatch="despatch"
    )
    known = found.join(beside, on="part", how="left")
    other_unit = (pl.col("unit") != pl.col("part_unit")).fill_null(False)
    wrong = differs("good", "part_good")
    return known.with_columns(
        wrong_good=wrong,
        wrong_unit=other_unit & ~wrong,
        counts=~wrong & ~other_unit,
    )


def unanswered(checked: pl.DataFrame) -> Iterator[Finding]:
    """Receipts for which there is no despatch, or of which it is not clear to which line they belong."""
    for row in checked.filter(pl.col("part").is_null() & (pl.col("how") != "line").fill_null(True)).iter_rows(
        named=True
    ):
        if row["how"] is None:
            words = ("a submitted movement, waybill, item or contract", _NO_PAPER)
            yield _told(Severity.ERROR, "consignment-unknown", row, "reference", words, read=row["reference"])
        elif row["good"] is None:
            words = (
                "a movement: consignment {consignment} contains several goods",
                "Name the movement of each good.",
            )
            values = {"consignment": str(row["consignment"])}
            yield _told(
                Severity.WARNING,
                "receipt-good-unclear",
                row,
                "reference",
                words,
                read=row["reference"],
                values=values,
            )
        else:
            words = ("a good that consignment {consignment} holds", "Correct the good, or the reference.")
            values = {"consignment": str(row["consignment"])}
            yield _told(
                Severity.ERROR, "receipt-good-wrong", row, "reference", words, read=row["good"], values=values
            )


def mistakes(checked: pl.DataFrame, parts: pl.DataFrame) -> Iterator[Finding]:
    """Receipts of another good or unit than was sent, and those of a day before it was sent."""
    early = (pl.col("day_to") < pl.col("part_first")).fill_null(False)
    for row in checked.filter("wrong_good").iter_rows(named=True):
        words = ("{good}, as in dispatch {despatch}", "Correct the good, or refer to another dispatch.")
        values = {"good": str(row["part_good"]), "despatch": str(row["despatch"])}
        yield _told(
            Severity.ERROR, "receipt-good-wrong", row, "reference", words, read=row["good"], values=values
        )
    for row in checked.filter("wrong_unit").iter_rows(named=True):
        words = (
            "a quantity in {unit}, as in dispatch {despatch}",
            "Enter the quantity in that unit; it was not counted.",
        )
        values = {"unit": str(row["part_unit"]), "despatch": str(row["despatch"])}
        yield _told(
            Severity.ERROR, "receipt-unit-differs", row, "received", words, read=row["unit"], values=values
        )
    for row in _lines_too(checked, parts).filter(early).iter_rows(named=True):
        words = (
            "a date not before {day}, the day of dispatch {despatch}",
            "Correct the date of one of the two documents.",
        )
        values = {"day": str(row["part_first"]), "despatch": str(row["despatch"])}
        yield _told(
            Severity.ERROR, "receipt-before-despatch", row, "day", words, read=row["day_to"], values=values
        )


def _lines_too(checked: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Receipts with the first day of sending, also those that name a line only."""
    lines = (
        parts.sort("first", "part", nulls_last=True)
        .group_by("line", maintain_order=True)
        .agg(line_first=pl.col("first").first(), line_despatch=pl.col("despatch").first())
        .drop_nulls("line")
    )
    known = checked.join(lines, left_on="of_line", right_on="line", how="left")
    alone = pl.col("how") == "line"
    return known.with_columns(
        part_first=pl.when(alone).then("line_first").otherwise("part_first"),
        despatch=pl.when(alone).then("line_despatch").otherwise("despatch"),
    )


def shortfalls(counted: pl.DataFrame, whole: pl.DataFrame) -> Iterator[Finding]:
    """Yield quantities that the receiver found missing, damaged or not acceptable, with the despatch."""
    arrived = whole.select("part", "arrived_all", "sent")
    rows = counted.join(arrived, on="part", how="left").sort("receipt", "part")
    for name in ("short", "damaged", "rejected"):
        for row in rows.filter(pl.col(name) > 0).iter_rows(named=True):
            values = {"despatch": str(row["despatch"]), "sent": _amount(row["part_sent"], row["part_unit"])}
            read = _amount(row[name], row["part_unit"])
            if (
                name == "short"
                and row["sent"] is not None
                and _decimal(row["arrived_all"]) >= _decimal(row["sent"])
            ):
                words = ("nothing missing: dispatch {despatch} ({sent}) received in full", _ORDERED)
                yield _told(
                    Severity.NOTE, "receipt-short-unfounded", row, name, words, read=read, values=values
                )
            else:
                words = ("all of dispatch {despatch}: {sent}", _ASK[name])
                yield _told(Severity.WARNING, _CODES[name], row, name, words, read=read, values=values)


_ORDERED = "Nothing, if it is short of what was ordered; else correct the receipt."
_ASK = {
    "short": "Ask sender and carrier for the remainder; correct the dispatch or send the remainder.",
    "damaged": "Agree with sender and carrier on repair, replacement or claim.",
    "rejected": "Agree with the sender on return or replacement.",
}
_CODES = {"short": "receipt-short", "damaged": "receipt-damaged", "rejected": "receipt-rejected"}


def excess(checked: pl.DataFrame, whole: pl.DataFrame) -> Iterator[Finding]:
    """More received than was sent: of a part of a consignment, or of a line that receipts name alone."""
    last = (
        checked.filter("counts" & pl.col("part").is_not_null())
        .sort("day_from", "receipt", nulls_last=True)
        .group_by("part", maintain_order=True)
        .agg(pl.col("receipt", "file", "sheet", "row").last())
    )
    above = whole.filter(pl.col("arrived_all") > pl.col("sent")).drop("file", "sheet", "row")
    for row in above.join(last, on="part").sort("part").iter_rows(named=True):
        yield _above(row, row["arrived_all"], row["sent"], declared=row["over"])
    lines = whole.group_by("line").agg(
        line_sent=pl.col("sent").sum(),
        unknown=pl.col("sent").is_null().any(),
        despatch=pl.col("despatch").sort().str.join("; "),
    )
    pool = (
        checked.filter((pl.col("how") == "line") & pl.col("counts") & pl.col("part").is_null())
        .sort("day_from", "receipt", nulls_last=True)
        .group_by("of_line", maintain_order=True)
        .agg(
            pl.col("receipt", "reference", "file", "sheet", "row", "unit").last(),
            pooled=ARRIVED.sum(),
            over=pl.col("over").sum(),
        )
        .join(lines, left_on="of_line", right_on="line", how="left")
        .sort("of_line")
    )
    yield from _pool_above(pool, checked)


def _pool_above(pool: pl.DataFrame, checked: pl.DataFrame) -> Iterator[Finding]:
    """Yield findings on receipts that name only a line, beyond the quantity dispatched of that line."""
    named = checked.filter(pl.col("counts") & pl.col("part").is_not_null())
    direct = named.group_by("of_line").agg(named=ARRIVED.sum())
    for row in pool.join(direct, on="of_line", how="left").iter_rows(named=True):
        if row["line_sent"] is None:
            words = ("a dispatch of item {line}", "Submit the dispatch, or correct the reference.")
            values = {"line": str(row["of_line"])}
            yield _told(
                Severity.WARNING,
                "receipt-without-despatch",
                row,
                "reference",
                words,
                read=row["reference"],
                values=values,
            )
            continue
        total = _decimal(row["pooled"]) + _decimal(row["named"])
        if not row["unknown"] and total > _decimal(row["line_sent"]):
            yield _above(row, total, row["line_sent"], declared=row["over"])


def _above(row: Row, total: object, sent: object, *, declared: object) -> Finding:
    """Return the finding on an excess: a warning if the receipts themselves state it as over."""
    unit = row["unit"]
    values = {
        "sent": _amount(sent, unit),
        "despatch": str(row["despatch"]),
        "receipt": str(row["receipt"]),
        "over": _amount(declared, unit),
    }
    said = _decimal(total) - _decimal(sent) <= _decimal(declared)
    severity, code, words = (Severity.WARNING, "receipt-over", _OVER) if said else (Severity.ERROR, *_BEYOND)
    if not said:
        del values["over"]
    return _told(severity, code, row, "received", words, read=_amount(total, unit), values=values)


_OVER = (
    "{sent}, as in dispatch {despatch}; receipt {receipt} reports a surplus of {over}",
    "Agree with the sender whether the surplus is kept, and submit its dispatch.",
)
_BEYOND = (
    "receipt-above-despatch",
    (
        "at most {sent}, as in dispatch {despatch}; receipt {receipt} exceeds it",
        "Correct the receipt or the dispatch, or submit the missing dispatch.",
    ),
)


def _told(
    severity: Severity,
    code: str,
    row: Row,
    column: str,
    words: tuple[str, str],
    *,
    read: object,
    values: Mapping[str, str] | None = None,
) -> Finding:
    number = row["row"]
    at = Place(
        str(row["file"] or ""), str(row["sheet"] or ""), number if isinstance(number, int) else 0, column
    )
    said = {"receipt": str(row.get("receipt") or ""), **(values or {})}
    return Finding(severity, code, at, shown(_plain(read)), *words, said)


def _amount(value: object, unit: object) -> str:
    return f"{_plain(value)} {unit or ''}".strip()


def _decimal(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _plain(value: object) -> str:
    """A value as people write it: a number without idle zeros."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)
