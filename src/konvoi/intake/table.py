"""Rows of raw cells and a table's columns become a frame and findings: the core of workbook and CSV."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import polars as pl

from konvoi.intake import dates, numbers
from konvoi.intake.cell import Ask, Cell, as_read, clears, error, text_of, unknown
from konvoi.intake.cells import CURRENCY_FAULTS, MONEY_WITHOUT_CURRENCY, currencies, read_cell
from konvoi.intake.column_units import column_units
from konvoi.intake.example_rows import changed_examples, without_examples
from konvoi.intake.foreign_heads import foreign_column
from konvoi.intake.heading import Heading, head_name, heading, meant
from konvoi.intake.merged import covered_cells, merges, parted
from konvoi.intake.second_table import begins_beside, below
from konvoi.intake.sheet import Box, Row, Value, letters
from konvoi.intake.total_rows import MAY_BE_TOTAL, Said, Sums, Word, only_currency, says_total
from konvoi.intake.unread_cells import beside_columns, missing_cells, stated_column, unread_cell
from konvoi.kit.text import listed, ranges, shown
from konvoi.model.document import Separators
from konvoi.model.entries import UNTIL, filled
from konvoi.model.finding import OTHER_ROWS, Finding, Place, Severity
from konvoi.model.left_out import remembered
from konvoi.model.limiting import (
    OF_TABLE,
    RESTRICTING,
    ROWS,
    UNREAD,
    Unread,
    cells_of,
    limits_plan,
    noted,
    packed,
)
from konvoi.model.naming import column_name, columns_by_name, localized
from konvoi.model.stages import NOT_STATED
from konvoi.model.table import Column, Table, Type
from konvoi.model.tables.positions import NOTHING
from konvoi.model.unreadable import Why

CLEARED = "_cleared"
"""In tables whose later rows complete earlier ones: the columns that a row clears with `-`, joined by `;`."""

NO_ROWS = pl.DataFrame(schema=ROWS)

VERSIONED = ("packages", "lines")
"""Tables in which a later document replaces a row field by field (konvoi.intake.completion)."""

_SHORT = 3
"""Words of a head with at most so many letters mean no column by themselves."""

_SPANNED = frozenset({"packages", "allocations", "contracts", "call_offs", "movements", "receipts"})
_NUMBERS = frozenset({Type.NUMBER, Type.WHOLE, Type.SHARE, Type.MONEY})
_UNCLEAR = "number-ambiguous"
_WHICH = "Write {few} or {many}, whichever is meant."
_WHICH_AND_ROW = "Write {few} or {many}, whichever is meant; also in row {rows}."
_WHICH_AND_ROWS = "Write {few} or {many}, whichever is meant; also in rows {rows}."
_BY_SENDER = (
    "Read with the decimal separator “{decimal}”, as in this sender's other numbers. If that is wrong, "
    "write the numbers without separators of thousands."
)
_BY_SENDER_IN_ROWS = (
    "Read with the decimal separator “{decimal}”, as in this sender's other numbers; rows {rows}. If "
    "that is wrong, write the numbers without separators of thousands."
)
_ROUNDED = "{count} amounts were rounded half to even; total difference: {total} {currency}."
_ROUNDED_ONE = "{count} amount was rounded half to even; difference: {total} {currency}."
_DAY_FIRST = (
    "Read with the day first, as other days of the column show.",
    "Read with the day first, as other days of the column show; rows {rows}.",
)
_MONTH_FIRST = (
    "Read with the month first, as other days of the column show.",
    "Read with the month first, as other days of the column show; rows {rows}.",
)
WITHOUT_ROWS = {
    **{numbered: plain for plain, numbered in (_DAY_FIRST, _MONTH_FIRST)},
    _WHICH_AND_ROW: _WHICH,
    _WHICH_AND_ROWS: _WHICH,
    _BY_SENDER_IN_ROWS: _BY_SENDER,
}
"""Remedies that name rows, and what they are for readers to whom rows of the document are not numbered."""

_ROWS_SHOWN = 12
# For a row with an unreadable state no default is safe: it is left out like one without a reference.
_DECIDES = frozenset({"state"})
# Safe defaults for unreadable choices where an empty cell would mean more: no acceptance by silence, no
# delivery channel that nobody stated.
_SAFE = {("rounds", "rule"): NOTHING, ("lines", "route"): NOT_STATED}


_NOTHING_GIVEN: Mapping[str, str] = {}
_NO_CURRENCIES: Mapping[tuple[int, int], str] = {}


@dataclass(frozen=True)
class Origin:
    """Origin of rows: the file, and the sheet (of a CSV file the table's name)."""

    file: str
    sheet: str

    def place(self, row: int = 0, column: str = "") -> Place:
        """A place in it."""
        return Place(self.file, self.sheet, row, column)


@dataclass
class _Reading:
    """A table that is being read.

    decimals: the decimal separators that each column of numbers shows, by its index.
    undecided: whether a number was met that its column leaves open. decimal: the sender's separator,
    for
    columns that show none; empty if it is not known. times: how many times the numbers of each column with a
    unit of scale count; 0 if that is unclear. by_sender: the rows and numbers of each column that were read
    by it. by_order: likewise of days that were read by the order of others in their column. unclear:
    rows of numbers whose separator may mark a fraction or thousands, by column.
    orders: whether the days of each column have the day or the month first. beside: of tables that limit a
    plan, columns that are perhaps meant by a head that is not read. stated: the column that names cells which
    an earlier reader could not read. covered: texts of merged boxes by the cells that they cover. left_out:
    rows that are not read. unread: those of tables that limit a plan, with the cells that could not be read.
    apart: those below the head of a second table, in the form of limiting.ROWS.
    interdependent: whether a row is read by what others hold. given: values of columns that are not there.
    currencies: those stored with amounts, by row and column from 1.
    """

    table: Table
    origin: Origin
    parties: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)
    currencies: Mapping[tuple[int, int], str] = field(default_factory=dict)
    columns: dict[int, Column] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    keys: dict[tuple[object, ...], int] = field(default_factory=dict)
    lost: dict[str, list[Decimal]] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    decimals: dict[int, str] = field(default_factory=dict)
    unclear: dict[str, list[int]] = field(default_factory=dict)
    orders: dict[int, str] = field(default_factory=dict)
    times: Mapping[int, int] = field(default_factory=dict)
    decimal: str = ""
    undecided: bool = False
    by_sender: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    by_order: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    beside: Mapping[int, str] = field(default_factory=dict)
    stated: int | None = None
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)
    left_out: list[Mapping[str, object]] = field(default_factory=list)
    unread: list[dict[str, object]] = field(default_factory=list)
    apart: list[pl.DataFrame] = field(default_factory=list)
    interdependent: bool = False

    def place(self, row: int = 0, column: str = "") -> Place:
        """A place in it, the column also by what stands at its head."""
        return replace(self.origin.place(row, column), heading=self.headings.get(column, ""))

    def tell(self, severity: Severity, code: str, place: Place, **words: str) -> None:
        known = {name: words.pop(name, "") for name in ("read", "expected", "remedy")}
        self.findings.append(Finding(severity, code, place, **known, values=words))


@cache
def frame_schema(table: Table) -> pl.Schema:
    """The schema of a table as it is read: its own, and UNTIL, CLEARED and UNREAD where it has them."""
    until: dict[str, pl.DataType] = {UNTIL: pl.Date()} if table.name in _SPANNED else {}
    clears: dict[str, pl.DataType] = {CLEARED: pl.String()} if table.name in VERSIONED else {}
    unread: dict[str, pl.DataType] = {UNREAD: pl.String()} if limits_plan(table) else {}
    return pl.Schema(dict(table.schema()) | until | clears | unread)


def cleared(row: Mapping[str, object]) -> frozenset[str]:
    """The columns that a row of VERSIONED clears."""
    return frozenset(str(row.get(CLEARED) or "").split(";")) - {""}


class TableRead(NamedTuple):
    """A table as read, with its findings.

    left_out: rows that were not read, as far as their cells can be. unread: those of them that limit a plan,
    in the form of limiting.ROWS. interdependent: whether a row may be read otherwise where another row is not
    there: by separators or the order of days of its column, as the total of other rows, or as one whose key
    stood before.
    """

    frame: pl.DataFrame
    findings: list[Finding]
    separators: Separators
    left_out: pl.DataFrame
    unread: pl.DataFrame
    interdependent: bool


def read_table(
    table: Table,
    rows: Sequence[Row],
    origin: Origin,
    parties: Mapping[str, str] | None = None,
    *,
    merged: Sequence[Box] = (),
) -> tuple[pl.DataFrame, list[Finding]]:
    """Read a table without memory of its sender: the frame and the findings of `read_by_sender`."""
    read = read_by_sender(table, rows, origin, parties, merged=merged)
    return read.frame, read.findings


def read_by_sender(
    table: Table,
    rows: Sequence[Row],
    origin: Origin,
    parties: Mapping[str, str] | None = None,
    *,
    merged: Sequence[Box] = (),
    decimal: str = "",
    hidden: Collection[int] = (),
    given: Mapping[str, str] = _NOTHING_GIVEN,
    currencies: Mapping[tuple[int, int], str] = _NO_CURRENCIES,
) -> TableRead:
    """Read a table: its head in any language and order, then every row with all its faults.

    A row whose mandatory cells cannot be read, or whose key stood before, is left out (rows of VERSIONED with
    one key all stay: the ledger decides which holds); any other cell that
    cannot be read is null. In tables that limit a plan UNREAD keeps the cells that could not be read, and
    rows that are left out come back apart. `parties`: ids by folded name. merged: boxes of merged cells, each
    of which counts as its first cell alone. decimal: the decimal separator that the sender's earlier
    documents show, for columns that can be read in two ways as a whole. hidden: numbers of rows below the
    head that are passed over: nothing depends on them. given: values of columns that the sheet does not have,
    such as the party that its head names. currencies: those stored with amounts, by row and column from 1.
    """
    reading = _Reading(table, origin, parties or {}, decimal=decimal, given=given, currencies=currencies)
    body = [row for row in _head(reading, parted(rows, merged)) if row.number not in hidden]
    body, changed = without_examples(table.name, reading.columns, body)
    first = table.columns[0].name if table.columns else ""
    reading.findings += changed_examples(table.name, reading.columns, changed, reading.place(column=first))
    reading.findings += list(merges(body, merged, reading.columns, origin.place()))
    if limits_plan(table):
        reading.covered = covered_cells(body, merged)
    reading.decimals = {
        index: numbers.decimal_separators(row[index] for row in body)
        for index, column in reading.columns.items()
        if column.type in _NUMBERS
    }
    days = (index for index, column in reading.columns.items() if column.type == Type.DAY)
    reading.orders = {index: dates.day_order(row[index] for row in body) for index in days}
    reading.interdependent = _interdependent(reading, body)
    found = _rows(reading, body)
    _note_repeated(reading, found)
    _rounding(reading)
    _unclear_columns(reading)
    _columns_by_sender(reading)
    _columns_by_order(reading)
    separators = Separators(
        shown="".join(sorted(set("".join(reading.decimals.values())))),
        unclear=reading.undecided,
        remembered=decimal if reading.by_sender else "",
    )
    own = [packed(_frame(table, reading.unread), table.name)] if reading.unread else []
    return TableRead(
        _frame(table, found),
        reading.findings,
        separators,
        _frame(table, reading.left_out),
        pl.concat([NO_ROWS, *reading.apart, *own]),
        reading.interdependent,
    )


def _frame(table: Table, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    return filled(rows, frame_schema(table))


def _interdependent(reading: _Reading, body: Sequence[Row]) -> bool:
    """Return True if a number or day may be read by its column, or a name by the table of parties."""
    if reading.table.name == "parties" and body:
        return True
    for index, column in reading.columns.items():
        if column.type in _NUMBERS and any(numbers.depends_on_column(row[index]) for row in body):
            return True
        if column.type == Type.DAY and any(dates.depends_on_column(row[index]) for row in body):
            return True
    return False


def _head(reading: _Reading, rows: Sequence[Row]) -> Sequence[Row]:
    """Find the head, learn which column is what, and give the rows below it."""
    if not rows:
        return ()
    found = heading(reading.table, rows)
    reading.columns.update(found.columns)
    reading.headings = found.texts
    reading.language = found.language
    if limits_plan(reading.table):
        reading.stated = stated_column(found)
        reading.beside = beside_columns(reading.table, found)
    for index in found.strange:
        if index not in found.tagged and index != reading.stated:
            _strange(reading, found, index)
    for index in sorted(found.tagged & set(found.strange)):
        _by_tag(reading, found, index)
    beside = begins_beside(found.doubles)
    if beside is not None:
        _tell_second(reading, found.top, letters(beside + 1), _BESIDE)
    for index, column in found.doubles.items() if beside is None else ():
        reading.tell(
            Severity.ERROR,
            "column-double",
            reading.place(found.top.number, column.name),
            read=as_read(found.top[index]),
            expected="each column once",
            remedy="Delete one of the two; the first was read.",
        )
    if not _complete(reading, found.top.number) and not limits_plan(reading.table):
        return ()
    reading.times, told = column_units(found, reading.place)
    reading.findings += told
    return _first_table(reading, found.body)


def _first_table(reading: _Reading, body: Sequence[Row]) -> Sequence[Row]:
    """Return the rows above the head of a second table, without repetitions of the first table's head."""
    found = below(reading.columns, body)
    if found.again:
        reading.tell(
            Severity.NOTE,
            "head-repeated",
            reading.place(found.again[0]),
            read=_first_rows(found.again),
            expected="the names of the columns once",
            remedy="Nothing to do: rows with the names of the columns were passed over.",
        )
    if found.second is None or found.head is None:
        return found.rows
    _tell_second(reading, found.head, "", _BELOW)
    for table in {reading.table.name: reading.table, found.second.name: found.second}.values():
        # It is not certain what is limited by rows that are not read.
        rows = [row.number for row in found.left]
        reading.apart.append(lost_rows(table, rows, reading.origin, reading.origin.sheet))
    return found.rows


def _tell_second(reading: _Reading, head: Row, column: str, remedy: str) -> None:
    names = listed(text for value in head.cells if (text := text_of(value)))
    reading.tell(
        Severity.ERROR,
        "table-second",
        reading.place(head.number, column),
        read=names,
        expected="one table on each sheet",
        remedy=remedy,
        at=column or str(head.number),
    )


def lost_rows(table: Table, rows: Iterable[int], origin: Origin, text: str) -> pl.DataFrame:
    """Return rows of which nothing was read, in the form of ROWS; none if the table does not limit a plan.

    rows: their numbers. text: what is told of them.
    """
    lost = [
        dict.fromkeys(table.schema(), None)
        | {"_file": origin.file, "_sheet": origin.sheet, "_row": row}
        | {UNREAD: noted({one.name: Unread(Why.MISSING, text) for one in table.columns if one.must})}
        for row in rows
    ]
    return (
        packed(pl.DataFrame(lost, schema=frame_schema(table)), table.name)
        if lost and limits_plan(table)
        else NO_ROWS
    )


def _by_tag(reading: _Reading, found: Heading, index: int) -> None:
    reading.tell(
        Severity.NOTE,
        "column-by-tag",
        reading.place(found.top.number, found.columns[index].name),
        read=as_read(found.top[index]),
        expected="one of the table's columns",
        remedy="By its HXL tag it was read as {name}.",
        name=column_name(found.columns[index], reading.language),
    )


def _strange(reading: _Reading, found: Heading, index: int) -> None:
    """A column that is none of the table's: a warning where it looks like one that is not there."""
    value = found.top[index]
    near = (
        meant(reading.table, found, index) or _meant_abroad(reading, value) or _meant_in_part(reading, value)
    )
    reading.tell(
        Severity.WARNING if near else Severity.NOTE,
        "column-unknown",
        reading.origin.place(found.top.number, shown(text_of(value))),
        read=as_read(value),
        expected="one of the table's columns",
        remedy="Did you mean {meant}? Until it is renamed, the column is not read."
        if near
        else "The column was not read.",
        **({"meant": near} if near else {}),
    )


def _meant_abroad(reading: _Reading, value: Value) -> str:
    """Return the name of a column that is not there and that a head in another language may mean."""
    column = foreign_column(reading.table, head_name(value))
    there = {one.name for one in reading.columns.values()}
    return localized("column", column, reading.language) if column and column not in there else ""


def _meant_in_part(reading: _Reading, value: Value) -> str:
    """Return the name of the one column that is not there and whose name is a word of a head."""
    known = columns_by_name(reading.table)
    there = {one.name for one in reading.columns.values()}
    words = {known[word] for word in head_name(value).split() if len(word) > _SHORT and word in known} - there
    return localized("column", words.pop(), reading.language) if len(words) == 1 else ""


def _complete(reading: _Reading, row: int) -> bool:
    """Return True if all mandatory columns are there; report each that is missing."""
    present = {column.name for column in reading.columns.values()} | set(reading.given)
    missing = [column for column in reading.table.columns if column.must and column.name not in present]
    for column in missing:
        name = column_name(column, reading.language)
        reading.tell(
            Severity.ERROR,
            "column-missing",
            replace(reading.origin.place(row, column.name), heading=name),
            expected="a column {name}",
            remedy="Add the column; until then each row of this table limits as strictly as it can."
            if reading.table.name in RESTRICTING
            else "Add the column; until then no row of this table can be read.",
            name=name,
            **remembered(reading.table.name, {}),
        )
    return not missing


def _rows(reading: _Reading, body: Sequence[Row]) -> list[dict[str, object]]:
    """Read all rows; leave out one that is marked as the total of the others."""
    says = {row.number: said for row in body if (said := says_total(reading.table, reading.columns, row))}
    reading.interdependent |= bool(says)
    found = [one for row in body if row.number not in says and (one := _row(reading, row)) is not None]
    # A subtotal that is read all the same adds nothing to the totals of others.
    summed = list(found)
    sums: dict[str, Sums] = {}
    for row in body if says else ():
        if row.number not in says:
            continue
        said = says[row.number]
        currency = _currency(reading, row) or only_currency(summed)
        if currency not in sums:
            sums[currency] = Sums(reading.table, summed, says, currency)
        if found and _is_total(reading, row, sums[currency], currency, said):
            continue
        one = _row(reading, row)
        if one is None:
            continue
        found.append(one)
        if said.word == Word.PART:
            _ask_total(reading, row, said.column)
        else:
            summed = sorted((*summed, one), key=_number)
            sums.clear()
    return sorted(found, key=_number)


def _number(row: Mapping[str, object]) -> int:
    return int(str(row["_row"]))


def _is_total(reading: _Reading, row: Row, sums: Sums, currency: str, said: Said) -> bool:
    """Report a row that is the total of others; return False if it is read as a row of its own.

    A word alone is a total whatever its amount, and so is a subtotal without a reference of its own.
    """
    total = {
        one.name: read_cell(row[index], _ask(reading, index, one, currency)).value
        for index, one in reading.columns.items()
    }
    fit = sums.fit(total, row.number)
    nameless = said.word == Word.PART and any(total.get(name) is None for name in reading.table.key)
    if not fit and not nameless and said.word != Word.ALONE:
        return False
    reading.left_out.append({**total, **_place_of(reading, row)})
    differs = fit is False
    reading.tell(
        Severity.WARNING if differs else Severity.NOTE,
        "row-is-total",
        reading.place(row.number, said.column),
        read=as_read(_first_cell(reading, row, said.column)),
        expected="rows that are no total of other rows",
        remedy="It was not read, and is not the sum of the other rows. Correct it; if it is a separate "
        "commitment, assign a separate reference and title."
        if differs
        else "It looks like a total of other rows and was not read. If it is a separate commitment, "
        "assign a separate reference and title.",
    )
    return True


def _ask_total(reading: _Reading, row: Row, column: str) -> None:
    """Ask about a row that is called a subtotal and is not the sum of other rows."""
    reading.tell(
        Severity.WARNING,
        MAY_BE_TOTAL,
        reading.place(row.number, column),
        read=as_read(_first_cell(reading, row, column)),
        expected="rows that are no total of other rows",
        remedy="It is called a subtotal, and is not the sum of the rows above it. Correct or delete it; "
        "until then it counts as a separate commitment.",
    )


def _ask(reading: _Reading, index: int, column: Column, currency: str) -> Ask:
    """Return the context of the cells of a column."""
    shown_here = reading.decimals.get(index, "")
    return Ask(
        reading.table,
        column,
        currency,
        reading.parties,
        reading.language,
        decimal=shown_here if len(shown_here) == 1 else "",
        order=reading.orders.get(index, ""),
        times=reading.times.get(index, 1),
    )


def _row(reading: _Reading, row: Row) -> dict[str, object] | None:
    """A row's values by column; None where the row is empty or left out."""
    if all(unknown(row[index]) for index in reading.columns):
        return None
    there = {column.name for column in reading.columns.values()}
    values = _place_of(reading, row)
    values |= {name: value for name, value in reading.given.items() if name not in there}
    currency = _currency(reading, row)
    kept = True
    cells: dict[str, Unread] = {}
    told = len(reading.findings)
    for index, column in reading.columns.items():
        shown_here = reading.decimals.get(index, "")
        ask = _ask(reading, index, column, currency)
        cell = read_cell(row[index], ask)
        if column.type == Type.MONEY and not unknown(row[index]):
            cell = _other_currency(reading, row.number, index, currency) or cell
        if not shown_here and _in_two_ways(column, row[index], cell):
            reading.undecided = True
            if reading.decimal:
                cell = read_cell(row[index], replace(ask, decimal=reading.decimal))
                reading.by_sender.setdefault(column.name, []).append((row.number, as_read(row[index])))
        elif ask.order and dates.settled_by_column(row[index]):
            reading.by_order.setdefault(column.name, []).append((row.number, as_read(row[index])))
        kept &= _told(reading, row.number, column, row[index], cell)
        if unread := unread_cell(row[index], ask, cell):
            cells[column.name] = unread
        values[column.name] = _counted(reading.table.name, column.name, row[index], cell)
        if column.name == "day" and cell.last and reading.table.name in _SPANNED:
            values[UNTIL] = cell.last
        if reading.table.name in VERSIONED and not column.must and clears(row[index]):
            values[CLEARED] = f"{values.get(CLEARED, '')}{column.name};"
        if cell.lost:
            reading.lost.setdefault(currency, []).append(cell.lost)
    if currency and values.get("currency") is None and _stored_currency(reading, row) == currency:
        values["currency"] = currency
    _one_fault_of_currency(reading, told)
    if limits_plan(reading.table):
        kept &= _limiting(reading, row, values, cells)
    if not kept:
        _refused(reading, told, values)
    if kept and _first(reading, row.number, values):
        return values
    reading.left_out.append(values)
    if limits_plan(reading.table):
        reading.unread.append(values)
    return None


def _one_fault_of_currency(reading: _Reading, told: int) -> None:
    """Let the finding on a currency that cannot be read speak for the row's amount, which lacks only that.

    An answer to it then gives the amount too. Several amounts of a row stay findings of their own: each is
    asked for.
    """
    new = reading.findings[told:]
    amounts = [one for one in new if one.code == MONEY_WITHOUT_CURRENCY]
    faults = [one for one in new if one.code in CURRENCY_FAULTS]
    if len(amounts) == 1 and len(faults) == 1:
        more = {"unpriced": amounts[0].place.column, "unpriced_read": amounts[0].read}
        whole = replace(faults[0], values={**faults[0].values, **more})
        reading.findings[told:] = [whole if one is faults[0] else one for one in new if one is not amounts[0]]


def _place_of(reading: _Reading, row: Row) -> dict[str, object]:
    return {"_file": reading.origin.file, "_sheet": reading.origin.sheet, "_row": row.number}


def _note_repeated(reading: _Reading, found: Sequence[Mapping[str, object]]) -> None:
    """Note rows that were left out and whose key another row of the table has, read or left out before."""
    names = reading.table.key
    keys = {tuple(row.get(name) for name in names) for row in found}
    for row in reading.unread if names else ():
        key = tuple(row.get(name) for name in names)
        if None not in key and key in keys:
            cells = cells_of(reading.table.name, str(row[UNREAD] or ""))
            row[UNREAD] = noted({names[0]: Unread(Why.REPEATED), **cells})
        keys.add(key)


def _limiting(reading: _Reading, row: Row, values: dict[str, object], cells: dict[str, Unread]) -> bool:
    """Complete the unread cells of a row that limits a plan, and note them; True if the row can be kept."""
    known = {column.name for column in reading.columns.values()} | set(reading.given)
    for index, name in reading.beside.items():
        stated = as_read(row[index])
        if stated.strip() and (name not in known or stated != as_read(_first_cell(reading, row, name))):
            cells[name] = Unread(Why.UNREADABLE, stated)
    for index, column in reading.columns.items():
        if (row.number, index) in reading.covered and column.name in OF_TABLE[reading.table.name]:
            cells[column.name] = Unread(Why.UNREADABLE, reading.covered[row.number, index])
    missing = missing_cells(reading.table, known)
    cells |= {name: one for name, one in missing.items() if name not in cells}
    if reading.stated is not None and not unknown(row[reading.stated]):
        cells |= cells_of(reading.table.name, text_of(row[reading.stated]))
    values[UNREAD] = noted(cells)
    return not missing


def _first_cell(reading: _Reading, row: Row, name: str) -> Value:
    return next((row[index] for index, column in reading.columns.items() if column.name == name), None)


def _counted(table: str, column: str, value: Value, cell: Cell) -> object:
    """Return the value that counts for a cell; a safe one if it was not read or says that it is not known.

    An unreadable marking hides the row.
    """
    known = cell.value is not None or not text_of(value).strip()
    return cell.value if column == "marking" or (known and not cell.failed) else _SAFE.get((table, column))


def _refused(reading: _Reading, told: int, values: Mapping[str, object]) -> None:
    """Keep with the errors of a row that is left out what row it is, for those that name it or miss it."""
    row = remembered(reading.table.name, values)
    for column in reading.table.key[:1]:
        if values.get(column) is not None:
            row |= {"refused_table": reading.table.name, "refused_row": str(values[column])}
    if isinstance(values.get("amount"), int) and values.get("currency"):
        # A total names the sum of what it lacks.
        row |= {"refused_amount": str(values["amount"]), "refused_currency": str(values["currency"])}
    for at, finding in enumerate(reading.findings[told:], told):
        if finding.severity == Severity.ERROR:
            reading.findings[at] = replace(finding, values={**finding.values, **row})


def _currency(reading: _Reading, row: Row) -> str:
    """The currency of a row, which its amounts need before it is their turn."""
    for index, column in reading.columns.items():
        if column.type == Type.CURRENCY and not unknown(row[index]):
            value = read_cell(row[index], Ask(reading.table, column)).value
            return value if isinstance(value, str) else ""
    return _stored_currency(reading, row)


def _stored_currency(reading: _Reading, row: Row) -> str:
    """Return the one currency that a workbook stores with the amounts of a row; empty for none or several."""
    found = {
        reading.currencies.get((row.number, index + 1), "")
        for index, column in reading.columns.items()
        if column.type == Type.MONEY and not unknown(row[index])
    } - {""}
    return found.pop() if len(found) == 1 and found <= currencies() else ""


def _other_currency(reading: _Reading, row: int, index: int, currency: str) -> Cell | None:
    """Return the fault of an amount that is stored in another currency than its row states."""
    stored = reading.currencies.get((row, index + 1), "")
    if not stored or not currency or stored == currency:
        return None
    return error(
        "currency-differs",
        "an amount in the currency of its row, {currency}",
        "The cell is stored in {stored}. Correct the currency of the row or the format of the cell.",
        currency=currency,
        stored=shown(stored),
    )


def _told(reading: _Reading, row: int, column: Column, value: Value, cell: Cell) -> bool:
    """Report a cell's faults; return True if the row can be kept all the same."""
    place = reading.place(row, column.name)
    faults = cell.faults
    if _in_two_ways(column, value, cell) and not column.must:
        # One finding for the column: the rows after the first are named in it when the table has been read.
        rows = reading.unclear.setdefault(column.name, [])
        rows.append(row)
        if len(rows) > 1:
            faults = tuple(fault for fault in faults if fault.code != _UNCLEAR)
    reading.findings += [fault.at(place, as_read(value)) for fault in faults]
    if not column.must:
        return not (cell.failed and column.name in _DECIDES)
    if cell.value is None and not cell.faults:
        reading.tell(
            Severity.ERROR,
            "cell-missing",
            place,
            read=as_read(value),
            expected="a value: {help}",
            remedy="Fill it in; until then the row limits as strictly as it can."
            if reading.table.name in RESTRICTING
            else "Fill it in; until then the row is left out.",
            help=localized("help", column.help, reading.language),
        )
    return cell.value is not None


def _in_two_ways(column: Column, value: Value, cell: Cell) -> bool:
    """Return True for a number whose separator may mark a fraction or thousands."""
    asked = any(fault.code == _UNCLEAR for fault in cell.faults)
    return asked and column.type in _NUMBERS and numbers.separator_unclear(value)


def _first(reading: _Reading, row: int, values: Mapping[str, object]) -> bool:
    """Return True if the row is read: its key stands here for the first time, or its statements can be
    compared.
    """
    if not reading.table.key or reading.table.name in VERSIONED:
        return True
    key = tuple(values.get(name) for name in reading.table.key)
    first = reading.keys.setdefault(key, row)
    if first == row:
        return True
    reading.interdependent = True
    reading.tell(
        Severity.ERROR,
        "row-double",
        reading.place(row, reading.table.key[0]),
        read=shown(", ".join(_shown(part) for part in key)),
        expected="a unique reference; it is already used in row {first}",
        remedy="Assign a separate reference, or delete it; until then both rows limit."
        if reading.table.name in RESTRICTING
        else "Assign a separate reference or delete the row; the first was imported.",
        first=str(first),
        **remembered(reading.table.name, values),
    )
    return False


def _shown(part: object) -> str:
    return part.isoformat() if isinstance(part, date) else str(part)


def _columns_by_sender(reading: _Reading) -> None:
    """One note for each column that was read by the separator of the sender's earlier documents."""
    for name, cells in reading.by_sender.items():
        first, read = cells[0]
        reading.tell(
            Severity.NOTE,
            "number-by-sender",
            reading.place(first, name),
            read=read,
            expected="an unambiguous number",
            remedy=_BY_SENDER_IN_ROWS if len(cells) > 1 else _BY_SENDER,
            decimal=reading.decimal,
            rows=_first_rows([row for row, _ in cells]),
        )


def _columns_by_order(reading: _Reading) -> None:
    """One note for each column with days whose order other days of the column show."""
    orders = {column.name: reading.orders.get(index) for index, column in reading.columns.items()}
    for name, cells in reading.by_order.items():
        first, read = cells[0]
        remedies = _DAY_FIRST if orders[name] == dates.DAY_FIRST else _MONTH_FIRST
        reading.tell(
            Severity.NOTE,
            "day-by-column",
            reading.place(first, name),
            read=read,
            expected="an unambiguous date",
            remedy=remedies[len(cells) > 1],
            rows=_first_rows([row for row, _ in cells]),
        )


def _unclear_columns(reading: _Reading) -> None:
    """Let the finding on the first unclear number of a column name the other rows that it holds for."""
    others = {name: (rows[0], rows[1:]) for name, rows in reading.unclear.items() if len(rows) > 1}
    for at, finding in enumerate(reading.findings):
        first, rows = others.get(finding.place.column, (0, []))
        if finding.code == _UNCLEAR and finding.place.row == first:
            named = {"rows": _first_rows(rows), OTHER_ROWS: ranges(rows)}
            reading.findings[at] = replace(
                finding,
                remedy=_WHICH_AND_ROWS if len(rows) > 1 else _WHICH_AND_ROW,
                values={**finding.values, **named},
            )


_BELOW = "A second table begins in row {at}: put it on a separate sheet. It was not read."
_BESIDE = "A second table begins in column {at}: put it on a separate sheet. It was not read."


def _first_rows(rows: Sequence[int]) -> str:
    """Return the first of some rows as a text; numbers in it are those of rows alone."""
    return ", ".join(map(str, rows[:_ROWS_SHOWN])) + (", …" if len(rows) > _ROWS_SHOWN else "")


def _rounding(reading: _Reading) -> None:
    """One note for each currency on what rounding to its minor unit took away or added."""
    for currency, lost in sorted(reading.lost.items()):
        reading.tell(
            Severity.NOTE,
            "money-rounded",
            reading.origin.place(),
            read=f"{sum(lost):f} {currency}",
            expected="amounts in whole minor units of {currency}",
            remedy=_ROUNDED if len(lost) > 1 else _ROUNDED_ONE,
            currency=currency,
            count=str(len(lost)),
            total=f"{sum(lost):f}",
        )
