"""Submissions of made-up records as files of a workspace: CSV tables, workbooks, IATI activity files."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import xlsxwriter
from bench.pledges.campaigns.world import minor_units
from bench.pledges.handed import Made

from konvoi.model.tables import BY_NAME

_WORKBOOKS = 6
"""Of the senders, every such one hands in workbooks, the others tables as CSV."""
OPTIONAL = ("implementer", "place")
"""Columns of packages that are filled in where the product has them."""
PUBLISHERS = ("AIDBOOK", "IATI")
"""Senders that publish IATI activities: one for each reference, with a transaction for each statement."""
PREFIX = "XM-BENCH-"
"""Stands before the reference of a statement in an activity identifier."""
_TRANSACTIONS = {"pledged": "12", "committed": "2", "disbursed": "3"}
_ALWAYS = ("package", "party", "day", "kind", "counterparty", "title", "stage", "amount", "currency")

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def columns() -> tuple[str, ...]:
    """Return the columns of packages that submissions fill in."""
    declared = {column.name for column in BY_NAME["packages"].columns}
    return (*_ALWAYS, *(name for name in OPTIONAL if name in declared))


def write(made: Made, folder: Path) -> dict[str, list[Path]]:
    """Write one file or folder for each sender and document; return the paths of each sender, in order."""
    written: dict[str, list[Path]] = {}
    funds = dict(made.funds.iter_rows())
    senders = sorted(made.records["sender"].unique())
    for (sender, document), rows in made.records.group_by("sender", "document", maintain_order=True):
        head = {"party": str(sender), "day": str(rows["known_on"].max()), "marking": "public"}
        tables: dict[str, Table] = {"packages": _packages(rows)}
        if sender in funds:
            tables["parties"] = (("party", "name", "kind"), [(str(sender), funds[str(sender)], "fund")])
        stem = folder / str(sender) / str(document)
        if sender in PUBLISHERS:
            rows = _with_earlier(made.records, rows)
            path = _activities(stem.with_suffix(".xml"), str(sender), rows)
        elif senders.index(sender) % _WORKBOOKS == 0:
            path = _workbook(stem.with_suffix(".xlsx"), head, tables)
        else:
            path = _csv(stem, head, tables)
        written.setdefault(str(sender), []).append(path)
    return written


def rates(made: Made, path: Path) -> None:
    """Write the rates of the currencies that records use, for each week."""
    used = made.records["currency"].unique().drop_nulls().implode()
    weekly = made.exchange.filter(
        pl.col("currency").is_in(used), pl.col("currency") != "EUR", pl.col("day").dt.weekday() == 1
    )
    stated = weekly.select("currency", "day", per_eur="per_euro", source=pl.lit("made up"))
    # Six decimals always: "10.507" alone could be ten thousand.
    stated.write_csv(path, float_precision=6)


def _packages(rows: pl.DataFrame) -> Table:
    names = columns()
    return names, [tuple(_cells(row)[name] for name in names) for row in rows.iter_rows(named=True)]


def _cells(row: Mapping[str, object]) -> dict[str, str]:
    """Return a record as the cells of a row of packages."""
    amount, currency = row["amount_minor"], str(row["currency"] or "")
    stated = "" if amount is None else f"{Decimal(str(amount)) / minor_units(currency):f}"
    cells = {
        name: "" if row.get(name) is None else str(row[name]) for name in (*_ALWAYS, *OPTIONAL) if name in row
    }
    return cells | {"package": str(row["id"]), "amount": stated, "currency": currency}


def _with_earlier(records: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with what their sender stated before under the same ids: an activity is published whole."""
    known = rows["known_on"].max()
    own = records.filter(pl.col("sender") == rows["sender"][0], pl.col("known_on") <= known)
    return own.filter(pl.col("id").is_in(rows["id"].unique().implode())).sort("id", "known_on")


def _activities(path: Path, sender: str, rows: pl.DataFrame) -> Path:
    """Write a file of IATI 2.03; the giver is the provider of each transaction."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = rows["known_on"].max()
    assert isinstance(known, date)
    top = ElementTree.Element(
        "iati-activities", version="2.03", attrib={"generated-datetime": f"{known}T00:00:00Z"}
    )
    activities: dict[str, ElementTree.Element] = {}
    for row in rows.iter_rows(named=True):
        if row["id"] in activities:
            _pay(activities[row["id"]], row)
            continue
        activity = activities[row["id"]] = ElementTree.SubElement(top, "iati-activity")
        _put(activity, "iati-identifier", text=f"{PREFIX}{row['id']}")
        _put(activity, "reporting-org", {"ref": f"{PREFIX}{sender}", "type": "40"}, narrative=sender)
        _put(activity, "title", narrative=row["title"])
        _put(activity, "description", narrative=row["title"])
        _put(activity, "participating-org", {"role": "1", "type": "10"}, narrative=row["party"])
        if row["implementer"]:
            _put(activity, "participating-org", {"role": "4", "type": "22"}, narrative=row["implementer"])
        _put(activity, "activity-status", {"code": "2"})
        _put(activity, "activity-date", {"type": "2", "iso-date": str(row["day"])})
        _put(activity, "recipient-country", {"code": "UA"})
        if row["place"]:
            location = _put(activity, "location")
            _put(location, "name", narrative=row["place"])
        _pay(activity, row)
    ElementTree.ElementTree(top).write(path, encoding="utf-8", xml_declaration=True)
    return path


def _pay(activity: ElementTree.Element, row: Mapping[str, object]) -> None:
    """Add the transaction of a statement, if it states an amount."""
    if row["amount_minor"] is None:
        return
    transaction = _put(activity, "transaction")
    _put(transaction, "transaction-type", {"code": _TRANSACTIONS[str(row["stage"])]})
    _put(transaction, "transaction-date", {"iso-date": str(row["day"])})
    cells = _cells(row)
    value = {"value-date": str(row["day"]), "currency": cells["currency"]}
    _put(transaction, "value", value, text=cells["amount"])
    _put(transaction, "provider-org", {"type": "10"}, narrative=str(row["party"]))


def _put(
    parent: ElementTree.Element,
    tag: str,
    attributes: Mapping[str, str] | None = None,
    *,
    text: str = "",
    narrative: str = "",
) -> ElementTree.Element:
    """Add an element with a text, or with a narrative in it."""
    made = ElementTree.SubElement(parent, tag, dict(attributes or {}))
    made.text = text or None
    if narrative:
        ElementTree.SubElement(made, "narrative").text = narrative
    return made


def _csv(folder: Path, head: Mapping[str, str], tables: Mapping[str, Table]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "konvoi.csv", head.items())
    for name, (names, rows) in tables.items():
        _write(folder / f"{name}.csv", [names, *rows])
    return folder


def _write(path: Path, rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _workbook(path: Path, head: Mapping[str, str], tables: Mapping[str, Table]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("konvoi")
        for at, (key, value) in enumerate(head.items()):
            sheet.write_row(at, 0, (key, value))
        for name, (names, rows) in tables.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate([names, *rows]):
                sheet.write_row(at, 0, row)
    return path
