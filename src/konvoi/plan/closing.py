"""Limits that cannot be read close what they limit, before any row is used (semantics 20).

Solver and audit share this, as they share how tables are cleaned. Cells that could not be read come with
their rows (konvoi.model.limiting); days in the wrong order, identifiers that lead nowhere or stand twice, and
numbers beyond reckoning are found here.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from konvoi.kit.money import to_minor
from konvoi.model.finding import Finding, Place
from konvoi.model.limiting import OF_TABLE, RESTRICTING, UNREAD, Limiting, Strict, Unread, cells_of, row_name
from konvoi.model.table import Type
from konvoi.model.tables import BY_NAME
from konvoi.model.unreadable import Why
from konvoi.plan.by_value import VALUED, ByValue
from konvoi.plan.closed_rows import FIRST, LAST, Elsewhere, closed_rows, stricter
from konvoi.plan.known_ids import Known
from konvoi.plan.without import AS_IT_STANDS, KEYS, SERVED, Waiver, Without

Row = dict[str, Any]
Frames = Mapping[str, pl.DataFrame]

MOST = 10**12
MOST_MINOR = 10**15
"""No number or sum of minor units is larger: beyond, nothing would be exact."""

_COMPLETE = (*RESTRICTING, "kits")
"""Tables of which a row that lacks a cell would allow more if it were left out."""

_TURNED = ("capacities", "closures", "blocked")


@dataclass
class Closed:
    """Tables in which what cannot be read is closed, the cells that were not readable, and findings."""

    frames: dict[str, pl.DataFrame]
    without: list[Without] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def close(frames: Frames, waivers: Iterable[Waiver], parties: frozenset[str] = frozenset()) -> Closed:
    """Return the tables with what is unreadable closed, or set to the value of its waiver.

    frames: rows with all columns that decide a plan and UNREAD, which is not returned. parties: identifiers
    of parties that are known besides.
    """
    closing = _Closing(Known(frames, parties), waivers)
    found = dict(frames)
    # What a cap by value limits is known before the values of offers are looked at.
    for name in sorted(frames, key=lambda table: table != "caps"):
        found[name] = closing.closed(name, frames[name])
        if name == "caps":
            closing.by_value = ByValue.of(found[name])
    # What closed rows ask of other tables is known only when all have been looked through.
    apart = closing.elsewhere
    if apart.offers:
        withheld = pl.col("offer").is_in(sorted(apart.offers)).fill_null(value=False)
        found["offers"] = found["offers"].filter(~withheld)
    if apart.kits:
        found["kits"] = found["kits"].filter(~pl.col("kit").is_in(sorted(apart.kits)).fill_null(value=False))
    if apart.sites:
        shut = [{"on": one, "from": FIRST, "to": LAST} for one in sorted(apart.sites)]
        rows = pl.DataFrame(
            shut, schema={name: found["closures"].schema[name] for name in ("on", "from", "to")}
        )
        found["closures"] = pl.concat([found["closures"], rows], how="diagonal")
    found = {name: frame.drop(UNREAD, strict=False) for name, frame in found.items()}
    unknown = [one.unknown() for key, one in sorted(closing.waivers.items()) if key not in closing.used]
    return Closed(found, sorted(closing.without, key=_order), [*closing.findings, *unknown])


def _order(one: Without) -> tuple[str, str, str, Place]:
    return one.table, one.key, one.column, one.place


class _Closing:
    """The closing of all tables, and what comes of it besides."""

    def __init__(self, known: Known, waivers: Iterable[Waiver]) -> None:
        self.known = known
        self.waivers = {(one.table, one.key, one.column): one for one in waivers}
        self.used: set[tuple[str, str, str]] = set()
        self.elsewhere = Elsewhere()
        self.by_value = ByValue()
        self.without: list[Without] = []
        self.findings: list[Finding] = []

    def closed(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a table of which each cell is readable or closed."""
        if table not in OF_TABLE or frame.is_empty():
            return frame
        suspect = frame.select(pl.any_horizontal(self._suspect(table, frame))).to_series()
        if not suspect.any():
            return frame
        rows: list[Row] = []
        for _, group in _groups(table, frame.filter(suspect).to_dicts()):
            rows += self._group(table, group)
        kept = frame.filter(~suspect)
        return pl.concat([kept, pl.DataFrame(rows, schema=frame.schema, orient="row")])

    def _suspect(self, table: str, frame: pl.DataFrame) -> list[pl.Expr]:
        """Return the conditions under which a row is looked at."""
        found = [pl.col(UNREAD).is_not_null()]
        musts = _musts(table, frame.columns)
        if table in _TURNED:
            found.append((pl.col("from") > pl.col("to")).fill_null(value=False))
        if table in RESTRICTING:
            found += [(pl.col(c).abs() > MOST).fill_null(value=False) for c in _numbers(table, frame)]
        found += [self.known.strange(table, column) for column in KEYS.get(table, ())]
        found += self.by_value.concerned(table)
        if key := BY_NAME[table].key:
            decisive = [name for name in frame.columns if not name.startswith("_")]
            needed = key if table in RESTRICTING else musts
            complete = pl.all_horizontal(pl.col(one).is_not_null() for one in needed)
            # Of rows with one key that can be used all are looked at where any two of them differ.
            differ = pl.struct(decisive).filter(complete).n_unique().over(key) > 1
            found.append(complete & differ & pl.all_horizontal(pl.col(one).is_not_null() for one in key))
        if table in _COMPLETE:
            found += [pl.col(one).is_null() | (pl.col(one).cast(pl.String) == "") for one in musts]
        return found

    def _group(self, table: str, rows: list[Row]) -> list[Row]:
        """Return what holds in place of rows of one key."""
        found: list[tuple[Row, dict[str, Unread]]] = [(row, self._cells(table, row)) for row in rows]
        if table in SERVED:
            return self._first(table, found)
        if len(rows) == 1:
            return self._closed(table, *found[0])
        self._repeated(table, rows[1:] if len({_decisive(row) for row in rows}) > 1 else [])
        closed = [one for row, cells in found for one in self._closed(table, row, cells)]
        if table == "approvals":
            key = BY_NAME[table].key[0]
            return [row | {key: _numbered(row[key], at)} for at, row in enumerate(closed)]
        if len(closed) < len(rows):
            # One of them cannot be used at all, so neither can what bears its key.
            return []
        return [stricter(closed, _sides(table, closed[0]))]

    def _first(self, table: str, found: list[tuple[Row, dict[str, Unread]]]) -> list[Row]:
        """Return the need or offer that was read first of those of one key; none where that is not certain.

        The others only limit it where they are of the same good and site, and are never planned themselves.
        """
        refused = [row for row, _ in found if _is_refused(table, row)]
        standing = [row for row, _ in found if not _is_refused(table, row)]
        alike = len({_decisive(row) for row, _ in found}) == 1
        self._repeated(table, refused + ([] if alike else standing[1:]))
        closed = [one for row, cells in found for one in self._closed(table, row, cells)]
        whole = len(closed) == len(found) and bool(standing)
        if not whole or len({_what(row) for row in standing}) > 1:
            return []
        same = [row for row in refused if _what(row) == _what(standing[0])]
        return [stricter([*standing, *same], _sides(table, standing[0]))]

    def _repeated(self, table: str, rows: Iterable[Row]) -> None:
        """Record that rows bear the key of an earlier one."""
        key = BY_NAME[table].key[0]
        for row in rows:
            self._meet(table, row, key, Unread(Why.REPEATED, str(row[key])), str(row[key]))

    def _closed(self, table: str, row: Row, cells: dict[str, Unread]) -> list[Row]:
        return closed_rows(table, row, cells, self.elsewhere) if cells else [row]

    def _cells(self, table: str, row: Row) -> dict[str, Unread]:
        """Return the cells of a row that stay closed; others are set to what is used for them."""
        stated = cells_of(table, row[UNREAD])
        name = row_name(table, row | {n: one.text for n, one in stated.items() if row.get(n) is None})
        cells = {column: cell for column, cell in stated.items() if cell.why != Why.REPEATED}
        cells = dict(_found_here(table, row)) | cells
        valued = {column: cells.pop(column) for column in VALUED.get(table, ()) if column in cells}
        naming = {column: cells.pop(column) for column in KEYS.get(table, ()) if column in cells}
        nameless = self._unmet(table, row, naming, name) | self._unknown(table, row, naming, name)
        if nameless:
            # A row that does not say what it limits limits nothing, whatever else it lacks.
            cells = {column: cell for column, cell in cells.items() if cell.why != Why.MISSING}
        left = self._unmet(table, row, cells, name) | nameless
        if not nameless:
            asked = self.by_value.cells(table, row, valued)
            left |= self._unmet(table, row, {c: one for c, one in asked.items() if c not in left}, name)
        # A cell that no limit needs, such as the reason of a block, takes nothing from the row.
        return {c: one for c, one in left.items() if c in OF_TABLE[table] or c in _must(table)}

    def _unknown(self, table: str, row: Row, known: Container[str], name: str) -> dict[str, Unread]:
        """Return the cells that name nothing there is, and nothing alone that is spelled like it."""
        left = {}
        for column in KEYS.get(table, ()):
            if column in known or row[column] in (None, "") or not self.known.is_strange(table, column, row):
                continue
            near = self.known.nearest(table, column, row)
            if not near and self.known.allowed(table, column, row):
                continue
            cell = Unread(Why.UNKNOWN, row[column])
            meant = near[0] if len(near) == 1 else ""
            if not self._meet(table, row, column, cell, meant, name=name):
                left[column] = cell
        return left

    def _unmet(self, table: str, row: Row, cells: Mapping[str, Unread], name: str) -> dict[str, Unread]:
        """Return those of some cells that stay to be closed."""
        return {
            column: cell
            for column, cell in cells.items()
            if not self._meet(table, row, column, cell, name=name)
        }

    def _meet(
        self, table: str, row: Row, column: str, cell: Unread, meant: str = "", *, name: str = ""
    ) -> bool:
        """Record a cell; set it to the value of its waiver, its stricter reading or what is meant.

        Return False if there is none of these, so that the cell is to be closed.
        """
        limit = OF_TABLE[table].get(column)
        name = name or row_name(table, row)
        place = Place(str(row["_file"] or ""), str(row["_sheet"] or table), int(row["_row"] or 0), column)
        effect = limit.closed if limit else _without_cell(table)
        goods = tuple(str(row[one]) for one in ("good", "serves") if row.get(one))
        found = Without(table, name, column, cell.text, cell.why, effect, place, goods=goods)
        waiver = self.waivers.get((table, name, column))
        if waiver is not None:
            self.used.add((table, name, column))
            value = typed(table, column, waiver.value, row) if waiver.value else None
            if not self.by_value.fits(table, row, column, value):
                value = None
            if waiver.value and value is None:
                self.findings.append(waiver.unreadable())
                waiver = None
            elif value is not None:
                row[column] = value
                self.without.append(replace(found, used=waiver.value, waiver=waiver))
                return True
        used: object = meant or None
        if cell.readings and not _left_out(table, row, column):
            used = _stricter(table, limit, cell)
        if used is not None:
            row[column] = used
        self.without.append(replace(found, used=_plain(used), waiver=waiver))
        return used is not None


def _is_refused(table: str, row: Row) -> bool:
    """Return True for a row that its reader refused since an earlier one bears its key."""
    return any(cell.why == Why.REPEATED for cell in cells_of(table, row[UNREAD]).values())


def _left_out(table: str, row: Row, column: str) -> bool:
    """Return True if a need or an offer was refused for a cell: no reading of it is planned."""
    return table in SERVED and row[column] is None and column in _must(table)


def _what(row: Row) -> tuple[object, ...]:
    """The good of a need or an offer, its site, and its party."""
    return row["good"], row["site"], row.get("party"), row.get("recipient")


def _without_cell(table: str) -> str:
    """Return what holds while a row lacks a cell that limits nothing itself, as a sentence."""
    if table in RESTRICTING:
        return AS_IT_STANDS
    return next(iter(OF_TABLE[table].values())).closed


def _groups(table: str, rows: list[Row]) -> list[tuple[tuple[object, ...], list[Row]]]:
    """Rows by their key, in an order of their own; without a complete key each alone."""
    key = BY_NAME[table].key
    found: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for number, row in enumerate(sorted(rows, key=_sorted_by)):
        named = tuple(row[name] for name in key)
        musts = () if table in RESTRICTING else _musts(table, row)
        whole = named and None not in named and not any(row[one] is None for one in musts)
        found[named if whole else (number,)].append(row)
    return list(found.items())


def _sorted_by(row: Row) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row.values())


def _decisive(row: Row) -> tuple[str, ...]:
    return tuple(str(cell) for name, cell in row.items() if not name.startswith("_"))


def _must(table: str) -> frozenset[str]:
    """The mandatory columns of tables whose rows are used or not; the reason of a block is not needed."""
    if table in RESTRICTING:
        return frozenset()
    return frozenset(one.name for one in BY_NAME[table].columns if one.must)


def _musts(table: str, there: Iterable[str]) -> list[str]:
    """The mandatory columns of a table among those that decide a plan."""
    return [one.name for one in BY_NAME[table].columns if one.must and one.name in there]


def _found_here(table: str, row: Row) -> list[tuple[str, Unread]]:
    """Days in the wrong order, numbers beyond reckoning, and cells that a row must have and lacks."""
    found = []
    if table in _COMPLETE:
        lacking = [one for one in _musts(table, row) if row[one] is None or row[one] == ""]
        found += [(one, Unread(Why.MISSING)) for one in lacking]
    if table in _TURNED and row["from"] and row["to"] and row["from"] > row["to"]:
        found.append(("to", Unread(Why.ORDER, f"{row['from']} – {row['to']}")))
    if table in RESTRICTING:
        for column in OF_TABLE[table]:
            cell = row.get(column)
            if isinstance(cell, Decimal) and abs(cell) > MOST:
                found.append((column, Unread(Why.UNREADABLE, _plain(cell))))
    return found


def _numbers(table: str, frame: pl.DataFrame) -> list[str]:
    return [c for c in OF_TABLE[table] if c in frame.columns and frame.schema[c].is_numeric()]


def _sides(table: str, row: Row) -> dict[str, bool]:
    """The columns of a table that have a stricter side, and whether more is stricter."""
    return {
        one.column: one.strict == Strict.HIGH
        for one in OF_TABLE[table].values()
        if one.strict != Strict.NEITHER and one.column in row
    }


def _numbered(name: str, at: int) -> str:
    return f"{name} ({at + 1})" if at else name


def _stricter(table: str, limit: Limiting | None, cell: Unread) -> object:
    """The reading of a cell that limits more; None where its readings are none."""
    if limit is None:
        return None
    values = [typed(table, limit.column, one, {}, minor=True) for one in cell.readings]
    found: list[Any] = [one for one in values if one is not None]
    if len(found) < len(cell.readings):
        return None
    return max(found) if limit.strict == Strict.HIGH else min(found)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    return "" if value is None else str(value)


def typed(table: str, column: str, text: str, row: Mapping[str, Any], *, minor: bool = False) -> object:
    """Return the value of a column that a text states; None where it states none, or may state two.

    minor: amounts are in minor units of the row's currency already.
    """
    known = next((one for one in BY_NAME[table].columns if one.name == column), None)
    if known is None:
        return None
    try:
        match known.type:
            case Type.NUMBER | Type.SHARE:
                return _number(text, plain=minor)
            case Type.WHOLE:
                number = _number(text, plain=minor)
                return int(number) if number is not None and number == int(number) else None
            case Type.MONEY:
                number = _number(text, plain=minor)
                if number is None:
                    return None
                return int(number) if minor else to_minor(number, str(row.get("currency") or "EUR"))[0]
            case Type.DAY:
                return date.fromisoformat(text)
            case Type.YES:
                return {"yes": True, "no": False}.get(text.casefold())
            case Type.CHOICE:
                return text if text in known.choices else None
            case _:
                return text or None
    except (ValueError, InvalidOperation):
        return None


def _number(text: str, *, plain: bool) -> Decimal | None:
    """A number in digits; one with three digits after its only point may mean thousands."""
    whole, point, part = text.partition(".")
    if not plain and point and len(part) == 3 and whole.strip("+-") != "0":
        return None
    number = Decimal(text)
    return number if number.is_finite() and abs(number) <= MOST else None
