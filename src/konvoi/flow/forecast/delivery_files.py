"""Deliveries of a CSV as cases to learn lead times from; docs/reference/lead-times.md names the columns."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from konvoi.forecast.leadtimes.cases import CASES, DEVIATION, ENDS, FACTORS, PROMISED, RECEIVED, SEASON, SPAN
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit import days
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import KINDS

_GZIP = b"\x1f\x8b"
_LARGEST = 256 << 20
_SEPARATORS = (b",", b";", b"\t")
_ENDS = tuple((name, name) for name in ENDS)


@dataclass(frozen=True)
class Layout:
    """The columns of a file. names: ours to theirs. kind: of all rows, where it has no such column.

    begun: the measure of the days from `begun` on, where no column `measure` names it. unknown: whether any
    text in the place of a day only says that there is none.
    """

    names: Mapping[str, str]
    kind: str = ""
    begun: str = "begun > received"
    unknown: bool = False


_OWN = ("case", "shipment", "kind", "measure", *FACTORS, "begun", "promised", *ENDS)
OWN = Layout({name: name for name in _OWN})
SCMS = Layout(
    {
        "case": "ID",
        "shipment": "ASN/DN #",
        "route": "Fulfill Via",
        "programme": "Project Code",
        "mode": "Shipment Mode",
        "lane": "Country",
        "supplier": "Manufacturing Site",
        "good": "Product Group",
        "begun": "PO Sent to Vendor Date",
        "promised": "Scheduled Delivery Date",
        "received": "Delivered to Client Date",
    },
    kind="humanitarian",
    begun="ordered > received",
    unknown=True,
)
"""The delivery history of USAID's Supply Chain Management System; its words in the place of a day say that
there is none."""


def deliveries(path: Path) -> tuple[pl.DataFrame, list[Finding]]:
    """CASES of a CSV (or a gzipped one), and what is wrong with its cells.

    Each row is a case of its promise where it has a promised day, and of its span where it has the day on
    which it began. Refused where the file is no CSV or has neither.
    """
    table = _table(path)
    layout = SCMS if set(SCMS.names.values()) <= set(table.columns) else OWN
    if RECEIVED not in layout.names or layout.names[RECEIVED] not in table.columns:
        raise Refused(
            f"{path}: it needs the columns received and promised or begun; see konvoi plan learn --help"
        )
    names = {theirs: ours for ours, theirs in layout.names.items() if theirs in table.columns}
    told = (
        table.select(list(names))
        .rename(names)
        .with_row_index("row", 2)
        .with_columns(pl.col("row").cast(pl.Int64))
    )
    findings = list(_strange_kinds(told, path.name))
    for name in ("begun", "promised", *ENDS):
        told, more = _dated(told, name, path.name, quiet=layout.unknown)
        findings += more
    findings += _ended_twice(told, path.name)
    return _cases(told, layout, path.name), findings


def _table(path: Path) -> pl.DataFrame:
    content = files.content(path)
    if content is None:
        raise Refused(f"{path}: no such file; check the path")
    try:
        if content.startswith(_GZIP):
            packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
            content = packed.decompress(content, _LARGEST)
            if packed.unconsumed_tail or not packed.eof:
                raise Refused(f"{path}: it is cut short, or unpacks to more than {_LARGEST >> 20} MB")
        parted = max(_SEPARATORS, key=content.split(b"\n", 1)[0].count)
        table = pl.read_csv(content, separator=parted.decode(), infer_schema=False)
        return table.with_columns(pl.all().str.strip_chars().replace("", None))
    except (zlib.error, pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        why = str(error).splitlines()[0]
        raise Refused(f"{path}: no table that can be read: {why}; save it as CSV in UTF-8") from error


def _strange_kinds(told: pl.DataFrame, file: str) -> Iterator[Finding]:
    """Kinds that are none of ours: what is learnt of them is never asked for."""
    if "kind" not in told.columns:
        return
    wrong = told.filter(pl.col("kind").is_not_null() & ~pl.col("kind").is_in(list(KINDS)))
    for row, kind in wrong.select("row", "kind").iter_rows():
        yield Finding(
            Severity.WARNING,
            "lead-time-kind-unknown",
            Place(file, "", row, "kind"),
            kind,
            "military, humanitarian, energy, financial or reconstruction",
            "Write one of them; no forecast asks for any other",
        )


def _dated(told: pl.DataFrame, name: str, file: str, *, quiet: bool) -> tuple[pl.DataFrame, list[Finding]]:
    """A column of texts as its first and last day, and what is no day."""
    if name not in told.columns:
        none = pl.lit(None, pl.Date)
        return told.with_columns(none.alias(f"{name}_from"), none.alias(f"{name}_to")), []
    day = pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    other = told.filter(pl.col(name).is_not_null() & day.is_null()).select("row", name)
    spans = {text: days.iso(text) for text in other[name].unique()}
    wrong = [] if quiet else [(row, text) for row, text in other.iter_rows() if spans[text] is None]
    findings = [
        Finding(
            Severity.WARNING,
            "lead-time-day-unreadable",
            Place(file, "", row, name),
            text,
            "a day such as 2031-05-10, a month such as 2031-05, or nothing",
            "Write the day so; it counts as not known until then",
        )
        for row, text in wrong
    ]
    found = {text: span for text, span in spans.items() if span}
    first, last = ({text: getattr(span, end) for text, span in found.items()} for end in ("first", "last"))
    text = pl.col(name)
    return told.with_columns(
        pl.coalesce(day, text.replace_strict(first, default=None, return_dtype=pl.Date)).alias(
            f"{name}_from"
        ),
        pl.coalesce(day, text.replace_strict(last, default=None, return_dtype=pl.Date)).alias(f"{name}_to"),
    ), findings


def _ended_twice(told: pl.DataFrame, file: str) -> list[Finding]:
    """Rows that name more than one end; the first of them counts."""
    ends = pl.sum_horizontal(pl.col(f"{name}_to").is_not_null() for name in ENDS)
    return [
        Finding(
            Severity.WARNING,
            "lead-time-ended-twice",
            Place(file, "", row, RECEIVED),
            "",
            "a single outcome",
            "Take out the others; the earliest counts until then",
        )
        for row in told.filter(ends > 1)["row"]
    ]


def _cases(told: pl.DataFrame, layout: Layout, file: str) -> pl.DataFrame:
    """Rows as cases, of both measures."""
    ends = [pl.col(f"{name}_to") for name in ENDS]
    first = pl.min_horizontal(ends)
    how = pl.coalesce(pl.when(pl.col(f"{name}_to") == first).then(pl.lit(name)) for name in ENDS)
    begun = pl.coalesce(pl.when(pl.col("how") == name).then(pl.col(f"{name}_from")) for name in ENDS)
    made = ("ended_from", "ended_to", "how")
    blank = [name for name in CASES if name not in (*told.columns, *made)]
    cases = (
        told.with_columns(ended_to=first, how=how)
        .with_columns(ended_from=begun)
        .with_columns(pl.lit(None).alias(name) for name in blank)
        .with_columns(file=pl.lit(file), kind=pl.coalesce("kind", pl.lit(layout.kind or None, pl.String)))
        .with_columns(case=pl.coalesce("case", pl.format("row {}", pl.col("row"))))
    )
    named = pl.coalesce("measure", pl.lit(layout.begun))
    parts = [
        cases.with_columns(measure=measure, of=pl.lit(of), since=since)
        for measure, of, since in (
            (pl.lit(PROMISED), DEVIATION, pl.col("promised_to")),
            (named, SPAN, pl.col("begun_to")),
        )
    ]
    found = pl.concat(parts).filter(pl.col("since").is_not_null())
    return found.with_columns(season=pl.coalesce("season", SEASON)).select(
        pl.col(name).cast(kind) for name, kind in CASES.items()
    )
