"""Sheets and files that are named like no table, and look like one: by words of their name, columns, tags."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import polars as pl

from konvoi.intake.cell import text_of
from konvoi.intake.heading import heading, is_tag_row
from konvoi.intake.merged import parted
from konvoi.intake.sheet import Sheet
from konvoi.intake.table import Origin, read_table
from konvoi.kit.money import to_major
from konvoi.kit.text import fold, shown
from konvoi.model.desk_sheets import BY_TABLE
from konvoi.model.document import Unread
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.head import HEAD
from konvoi.model.naming import meanings
from konvoi.model.table import Table, Type
from konvoi.model.tables import BY_NAME, TABLES

_HEAD = 12
_NAMED = 3
_UNNAMED = 4
"""Columns of a table that a sheet must have: if its name is near the table's, and if it is not."""

_NEAR = 0.8
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Proposal:
    """A sheet that was not read, the table that it looks like, and what it would add."""

    sheet: Sheet
    table: Table
    unread: tuple[Unread, ...]

    def finding(self, file: str) -> Finding:
        """Return the finding on the sheet, with its rows and the sum of its amounts."""
        sums = "; ".join(
            f"{to_major(one.amount_minor, one.currency):f} {one.currency}"
            for one in self.unread
            if one.amount_minor is not None
        )
        return Finding(
            Severity.WARNING,
            "sheet-proposed",
            Place(file, self.sheet.name),
            shown(self.sheet.name),
            _WITH_SUM if sums else _WITHOUT_SUM,
            _REMEDY,
            {
                "sheet": shown(self.sheet.name),
                "table": self.table.name,
                "rows": str(max(one.rows for one in self.unread)),
                "sums": sums,
            },
        )


_WITH_SUM = "a sheet named like a table; this one looks like {table}, rows: {rows}, {sums}"
_WITHOUT_SUM = "a sheet named like a table; this one looks like {table}, rows: {rows}"
_REMEDY = (
    "Nothing of it is counted. Name the sheet {table}, or accept it: "
    'konvoi add FILE --from PARTY --sheet "{sheet}"={table}.'
)


def proposals(sheets: Sequence[Sheet], file: str) -> Iterator[Proposal]:
    """Return those of the sheets that look like a table, in their order."""
    for sheet in sheets:
        if (table := likely_table(sheet)) is not None:
            yield Proposal(sheet, table, _unread(sheet, table, file))


def taken_by_name(sheets: Sequence[Sheet], there: Collection[Table]) -> Mapping[str, Table]:
    """Return the sheets whose table is unambiguous by words of their name, each with its table.

    The sheet is shown and has every column that must be filled; no other sheet bears or nears the table's
    name; no word of the name puts it in doubt, such as draft. there: tables that other sheets are read as.
    """
    near = {sheet.name: table for sheet in sheets if (table := near_table(sheet.name)) is not None}
    found: dict[str, Table] = {}
    for sheet in sheets:
        table = near.get(sheet.name)
        if table is None or table in there or list(near.values()).count(table) > 1:
            continue
        if not sheet.hidden and not in_doubt(sheet.name) and has_all(table, sheet):
            found[sheet.name] = table
    return found


def taken_by_tags(sheets: Sequence[Sheet]) -> Mapping[str, Table]:
    """Return the sheets whose HXL tags mean one table, each with its table.

    The sheet is shown, and no word of its name puts it in doubt.
    """
    clear = (sheet for sheet in sheets if not sheet.hidden and not in_doubt(sheet.name))
    return {sheet.name: table for sheet in clear if (table := tagged_table(sheet)) is not None}


def tagged_table(sheet: Sheet) -> Table | None:
    """Return the table that a sheet's HXL tags mean: it has all columns that must be filled, and most others.

    None without a row of tags, or where no table or two have as many of the columns.
    """
    if not any(is_tag_row(row) for row in sheet.rows[:_HEAD]):
        return None
    return _most_columns(sheet, _NAMED)


def in_doubt(name: str) -> bool:
    """Return True if a word of a name says that the content may not be meant.

    >>> in_doubt("Packages (draft)"), in_doubt("LT packages")
    (True, False)
    """
    return bool(_DOUBTS & set(_words(name)))


def has_all(table: Table, sheet: Sheet) -> bool:
    """Return True if a sheet has every column of a table that must be filled; its head may name the party."""
    must = {column.name for column in table.columns if column.must}
    return bool(sheet.rows) and must - _columns(sheet, table) <= (
        {"party"} if is_small(table, sheet) else set()
    )


def is_small(table: Table, sheet: Sheet) -> bool:
    """Return True if a sheet has rows of a head above it, and no column for the party."""
    if table.name not in BY_TABLE or not sheet.rows:
        return False
    found = heading(table, parted(sheet.rows[:_HEAD], sheet.merged))
    names = {column.name for column in found.columns.values()}
    lines = meanings("head", tuple(column.name for column in HEAD.columns))
    return "party" not in names and any(fold(text_of(row[0])) in lines for row in found.above)


def read_as(file: str, name: str, table: Table) -> Finding:
    """Return the finding that a sheet or file was read as a table whose name its own name contains."""
    return Finding(
        Severity.WARNING,
        "name-read-as-table",
        Place(file, name),
        shown(name or posixpath.basename(file)),
        expected="the name of a table",
        remedy="It was read as {table}. If that is wrong, give it another name, such as Notes.",
        values={"table": table.name},
    )


def tags_read_as(file: str, name: str, table: Table) -> Finding:
    """Return the note that a sheet or file was read as the table that its HXL tags mean."""
    return Finding(
        Severity.NOTE,
        "tags-read-as-table",
        Place(file, name),
        shown(name or posixpath.basename(file)),
        expected="the name of a table",
        remedy="By its HXL tags it was read as {table}. If that is wrong, name it like its table.",
        values={"table": table.name},
    )


def near_table(name: str) -> Table | None:
    """Return the table that words of a sheet's name mean, whatever year, number or word stands beside them.

    >>> [table.name if (table := near_table(name)) else "" for name in ("Packages 2026", "Notes")]
    ['packages', '']
    """
    words = _words(name)
    spelled = _spelled()
    found = {
        table
        for phrase, table in spelled.items()
        if all(get_close_matches(word, words, n=1, cutoff=_NEAR) for word in phrase)
    }
    exact = {table for phrase, table in spelled.items() if set(phrase) <= set(words)}
    chosen = exact or found
    return BY_NAME[next(iter(chosen))] if len(chosen) == 1 else None


def likely_table(sheet: Sheet) -> Table | None:
    """Return the table that a sheet looks like: near by name with some of its columns, or by its columns.

    By columns alone all that must be filled are there, and no other table has as many.
    """
    if not sheet.rows:
        return None
    near = near_table(sheet.name)
    if near is not None and len(_columns(sheet, near)) >= _NAMED:
        return near
    return _most_columns(sheet, _UNNAMED)


def _most_columns(sheet: Sheet, least: int) -> Table | None:
    """Return the table of which a sheet has most columns, and all required ones; None if two have most."""
    fitting: dict[int, list[Table]] = {}
    for table in TABLES:
        columns = _columns(sheet, table)
        must = {column.name for column in table.columns if column.must}
        if must <= columns and len(columns) >= least:
            fitting.setdefault(len(columns), []).append(table)
    best = fitting[max(fitting)] if fitting else []
    return best[0] if len(best) == 1 else None


def _columns(sheet: Sheet, table: Table) -> set[str]:
    found = heading(table, parted(sheet.rows[:_HEAD], sheet.merged))
    return {column.name for column in found.columns.values()}


def _unread(sheet: Sheet, table: Table, file: str) -> tuple[Unread, ...]:
    """Return the amounts of an unread sheet: one for each currency, or one without if there are none."""
    rows, _ = read_table(table, sheet.rows, Origin(file, sheet.name), merged=sheet.merged)
    filled = rows.height or len(heading(table, parted(sheet.rows, sheet.merged)).body)
    money = next((column.name for column in table.columns if column.type == Type.MONEY), "")
    if not money or rows[money].null_count() == rows.height:
        return (Unread(sheet.name, table.name, filled),)
    sums = rows.drop_nulls(money).group_by("currency").agg(pl.col(money).sum()).sort("currency")
    return tuple(
        Unread(sheet.name, table.name, filled, amount, currency) for currency, amount in sums.iter_rows()
    )


def _words(name: str) -> list[str]:
    return _WORD.findall(fold(name))


@cache
def _spelled() -> Mapping[tuple[str, ...], str]:
    """The names of all tables in all languages, as words."""
    known = dict(meanings("table", tuple(table.name for table in TABLES)))
    for sheet in BY_TABLE.values():
        for name in meanings("form", (sheet.name,)):
            known.setdefault(name, sheet.table.name)
    return {tuple(_words(name)): table for name, table in known.items() if _words(name)}


_DOUBTS = frozenset(
    fold(word)
    for word in (
        *(
            "old",
            "draft",
            "copy",
            "archive",
            "archived",
            "template",
            "example",
            "backup",
            "previous",
            "obsolete",
        ),
        *("alt", "alte", "entwurf", "kopie", "archiv", "vorlage", "beispiel", "sicherung", "veraltet"),
        *("старий", "старі", "чернетка", "копія", "архів", "шаблон", "приклад", "проєкт", "проект"),
    )
)
