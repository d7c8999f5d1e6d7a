"""Single pieces and lots: sent, received, and outstanding ones."""

from collections.abc import Iterator, Mapping

import polars as pl

from konvoi.kit.text import shown
from konvoi.ledger.answering import differs
from konvoi.model.finding import Finding, Place, Severity

TAKEN = ("received", "damaged", "rejected")
_PART = ["consignment", "line", "good", "unit"]
_PLACE = ("file", "sheet", "row")


def sided(serials: pl.DataFrame, sent: pl.DataFrame, receipts: pl.DataFrame) -> pl.DataFrame:
    """The pieces of despatches (side sent) and of receipts (side taken), each with its paper and place.

    Columns: side, paper, consignment (of a despatch), key (the serial), serial, good, state, lot (whether it
    is a lot, which several papers may name), file, sheet, row (of the paper's line).
    """
    known = serials.with_columns(lot=(pl.col("lot") == pl.col("serial")).fill_null(False), key="serial")
    left = known.filter(pl.col("state") == "dispatched").join(
        sent.select(*_PART, *_PLACE, paper="movement").rename({"good": "part_good"}), on="paper"
    )
    came = known.filter(pl.col("state").is_in(TAKEN)).join(
        receipts.select(*_PLACE, paper="receipt"), on="paper"
    )
    columns = [
        "side",
        "paper",
        *_PART[:2],
        "part_good",
        "unit",
        "key",
        "serial",
        "good",
        "state",
        "lot",
        *_PLACE,
    ]
    return pl.concat(
        [left.with_columns(side=pl.lit("sent")), came.with_columns(side=pl.lit("taken"))], how="diagonal"
    ).select(columns)


def compared(
    listed: pl.DataFrame, checked: pl.DataFrame, whole: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Return each piece with its state, and findings on pieces that were only sent or only received.

    checked: receipts with the part they answer. whole: the parts with what is open of them. A consignment of
    which the despatch lists no pieces is skipped: there is nothing to compare with.
    """
    sent = _sent(listed, whole)
    taken = _taken(listed, checked)
    pairs = sent.join(taken, on=["consignment", "key"], how="left", suffix="_taken")
    pairs = pairs.filter(~differs("good", "good_taken"))
    matched = pairs.filter(pl.col("paper_taken").is_not_null())
    waiting = sent.join(matched.select("consignment", "key"), on=["consignment", "key"], how="anti")
    strange = taken.join(sent.select("consignment", "key"), on=["consignment", "key"], how="anti").join(
        sent.select("consignment").unique(), on="consignment", how="semi"
    )
    findings = [
        *_twice(matched),
        *_lost(waiting.filter(pl.col("open") == 0)),
        *_strange(strange, sent),
    ]
    return _rows(matched, waiting, strange), tuple(findings)


def _sent(listed: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    """Return the pieces that were sent, each once, with the open rest of their part."""
    left = listed.filter(pl.col("side") == "sent").with_columns(good=pl.coalesce("good", "part_good"))
    parts = whole.select("consignment", "line", "unit", "open", "receipts", part_good="good")
    return (
        left.join(parts, on=["consignment", "line", "part_good", "unit"], how="left", nulls_equal=True)
        .sort("consignment", "key", "paper")
        .unique(["consignment", "key", "good"], keep="first", maintain_order=True)
        .drop("line", "part_good", "unit", "side")
    )


def _taken(listed: pl.DataFrame, checked: pl.DataFrame) -> pl.DataFrame:
    """Return the pieces received, with the consignment that their receipt answers."""
    came = listed.filter(pl.col("side") == "taken").drop("consignment", "line", "part_good", "unit", "side")
    answers = checked.filter(pl.col("consignment").is_not_null()).select(
        "consignment", "despatch", paper="receipt", of_good="good"
    )
    return (
        came.join(answers, on="paper")
        .with_columns(good=pl.coalesce("good", "of_good"))
        .sort("consignment", "key", "paper")
    )


def _rows(matched: pl.DataFrame, waiting: pl.DataFrame, strange: pl.DataFrame) -> pl.DataFrame:
    """One row for each piece: consignment, good, serial, state, despatch, receipt."""
    came = matched.select(
        *("consignment", "good", "serial"), state="state_taken", despatch="paper", receipt="paper_taken"
    )
    gone = pl.when(pl.col("open") == 0).then(pl.lit("missing")).otherwise(pl.lit("open"))
    out = waiting.select(
        *("consignment", "good", "serial"),
        state=gone,
        despatch="paper",
        receipt=pl.lit(None, pl.String()),
    )
    more = strange.select(
        *("consignment", "good", "serial"),
        state=pl.lit("never sent"),
        despatch=pl.lit(None, pl.String()),
        receipt="paper",
    )
    found = pl.concat([came, out, more])
    return found.sort("consignment", "good", "serial", "receipt", nulls_last=True)


def _twice(matched: pl.DataFrame) -> Iterator[Finding]:
    """A single piece in two receipts of one consignment."""
    rows = matched.filter(~pl.col("lot")).with_columns(
        first=pl.col("paper_taken").first().over("consignment", "key", "good")
    )
    for row in rows.filter(pl.col("paper_taken") != pl.col("first")).iter_rows(named=True):
        words = (
            "each piece received once; receipt {first} lists it, too",
            "Correct one of the two receipts.",
        )
        values = {"first": str(row["first"]), "despatch": str(row["paper"])}
        yield _told(Severity.ERROR, "serial-received-twice", row, words, values, side="_taken")


def _lost(waiting: pl.DataFrame) -> Iterator[Finding]:
    """Yield findings on pieces not received although nothing of their consignment is open any more."""
    for row in waiting.filter(~pl.col("lot")).iter_rows(named=True):
        words = (
            "listed in a receipt: dispatch {despatch} is fully received according to {receipts}",
            "Ask the recipient for this item, or correct the dispatch.",
        )
        values = {"despatch": str(row["paper"]), "receipts": str(row["receipts"])}
        yield _told(Severity.WARNING, "serial-not-received", row, words, values)


def _strange(strange: pl.DataFrame, sent: pl.DataFrame) -> Iterator[Finding]:
    """Yield findings on pieces received with a consignment that does not list them."""
    elsewhere = sent.sort("consignment").unique("key", keep="first", maintain_order=True)
    rows = strange.join(
        elsewhere.select("key", other="consignment", other_paper="paper"), on="key", how="left"
    )
    for row in rows.iter_rows(named=True):
        values = {
            "despatch": str(row["despatch"] or row["consignment"]),
            "receipt": str(row["paper"]),
            "other": str(row["other_paper"]),
        }
        if row["other"] is None:
            words = (
                "an item listed in dispatch {despatch}",
                "Correct the serial number in receipt {receipt}, or the dispatch.",
            )
            yield _told(Severity.ERROR, "serial-never-sent", row, words, values)
        else:
            words = (
                "an item listed in dispatch {despatch}; it is listed in dispatch {other}",
                "Enter the correct dispatch in receipt {receipt}.",
            )
            yield _told(Severity.WARNING, "serial-of-other-despatch", row, words, values)


def _told(
    severity: Severity,
    code: str,
    row: Mapping[str, object],
    words: tuple[str, str],
    values: Mapping[str, str],
    *,
    side: str = "",
) -> Finding:
    number = row[f"row{side}"]
    at = Place(
        str(row[f"file{side}"] or ""),
        str(row[f"sheet{side}"] or ""),
        number if isinstance(number, int) else 0,
        "serial",
    )
    return Finding(severity, code, at, shown(str(row["serial"])), *words, values)
