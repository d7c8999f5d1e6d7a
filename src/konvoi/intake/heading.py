"""The head of a table's sheet: its row, and the meaning of each column, by name or by HXL tag."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from operator import eq

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.head_units import without_unit
from konvoi.intake.sheet import Row, Value, letters
from konvoi.kit.text import fold, shown, tidy
from konvoi.model.desk_sheets import filled_in, form_names
from konvoi.model.hxl import columns_by_tag, plain_tag
from konvoi.model.naming import column_name, columns_by_name, localized, meanings
from konvoi.model.party import LANGUAGES
from konvoi.model.table import Column, Table
from konvoi.model.tables import TABLES

_WITHIN = 10
_UNIT = re.compile(r"\s*[\[(][^\])]*[\])]\s*\*?\s*$")


@dataclass(frozen=True)
class Heading:
    """The head as it was found.

    top: the row itself. columns: by index from 0. doubles: columns that stood before. tagged: those known
    by their tag alone. strange: cells that name nothing. body: the rows below head and tags. language: the
    one in which most columns are named; English where that is not clear. above: the rows above the head.
    """

    top: Row
    columns: Mapping[int, Column]
    doubles: Mapping[int, Column]
    tagged: frozenset[int]
    strange: tuple[int, ...]
    body: Sequence[Row]
    language: str
    above: Sequence[Row] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the heading of each column, by the column's name; without the star of required columns."""
        found = {
            column.name: shown(text_of(self.top[index]).removesuffix("*").rstrip())
            for index, column in self.columns.items()
        }
        return {name: text for name, text in found.items() if text}


def heading(table: Table, rows: Sequence[Row]) -> Heading:
    """The head among the first rows: the one that names most columns, or the one above the tags."""
    names = _names(table.name, tuple((column.name, column.unit) for column in table.columns))
    within = range(min(_WITHIN, len(rows)))
    at = max(within, key=lambda at: (_known(rows[at], names), -at))
    if not _known(rows[at], names):
        at = next((max(number - 1, 0) for number in within if is_tag_row(rows[number])), at)
    tags = next((number for number in (at, at + 1) if number < len(rows) and is_tag_row(rows[number])), None)
    columns, doubles = _columns(table, rows[at], names)
    if tags is not None:
        columns = _without_better_tagged(table, rows[tags], columns)
    tagged = {} if tags is None else _tagged(table, rows[tags], columns, doubles)
    strange = tuple(
        index
        for index, value in enumerate(rows[at].cells)
        if index not in columns and index not in doubles and not unknown(value) and tags != at
        if fold(text_of(value)) not in filled_in()
    )
    every = dict(sorted((columns | tagged).items()))
    body = rows[(at if tags is None else tags) + 1 :]
    language = _language(rows[at], columns)
    return Heading(rows[at], every, doubles, frozenset(tagged), strange, body, language, rows[:at])


def headings(table: Table, rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the heading of each column of a table's rows, by the column's name and by its letters."""
    if not rows:
        return {}
    found = heading(table, rows)
    texts = found.texts
    return {
        **texts,
        **{letters(at + 1): texts[one.name] for at, one in found.columns.items() if one.name in texts},
    }


def _language(row: Row, columns: Mapping[int, Column]) -> str:
    """The language in which most of the columns are named; of two that name as many the first known."""
    heads = [head_name(row[index]) for index in columns]
    names = tuple(column.name for column in columns.values())
    named = {language: sum(map(eq, heads, _columns_in(names, language))) for language in LANGUAGES}
    return max(LANGUAGES, key=lambda language: (named[language], -LANGUAGES.index(language)))


def _columns(table: Table, row: Row, names: Mapping[str, str]) -> tuple[dict[int, Column], dict[int, Column]]:
    """The columns that cells name, and apart those that stood before."""
    by_name = {column.name: column for column in table.columns}
    columns: dict[int, Column] = {}
    doubles: dict[int, Column] = {}
    for index, value in enumerate(row.cells):
        if name := names.get(head_name(value)):
            column = by_name[name]
            (doubles if column in columns.values() else columns)[index] = column
    return columns, doubles


def _tagged(
    table: Table, tags: Row, columns: Mapping[int, Column], doubles: Mapping[int, Column]
) -> dict[int, Column]:
    """Return columns with an unknown name by their tag, unless another column has that meaning."""
    by_tag = columns_by_tag(table)
    found: dict[int, Column] = {}
    for index, value in enumerate(tags.cells):
        column = by_tag.get(plain_tag(text_of(value)))
        taken = column in columns.values() or column in found.values()
        if column and not taken and index not in columns and index not in doubles:
            found[index] = column
    return found


def _without_better_tagged(table: Table, tags: Row, columns: Mapping[int, Column]) -> dict[int, Column]:
    """Leave out columns by name whose tag means another one, if the tag of a column without a name means it.

    Such as Oblast with the tag of a name, beside Pcode with that of a code.
    """
    by_tag = columns_by_tag(table)
    meant = {index: by_tag.get(plain_tag(text_of(value))) for index, value in enumerate(tags.cells)}
    unnamed = [column for index, column in meant.items() if index not in columns]
    return {
        index: column
        for index, column in columns.items()
        if meant.get(index) in (None, column) or column not in unnamed
    }


def meant(table: Table, heading: Heading, index: int) -> str:
    """The name of a column that is not there and that a strange cell comes near to; empty for none."""
    there = {column.name for column in heading.columns.values()}
    spelled = {
        fold(name): name
        for column in table.columns
        if column.name not in there
        for language in reversed(LANGUAGES)
        if (name := column_name(column, language))
    }
    near = get_close_matches(head_name(heading.top[index]), sorted(spelled), n=1, cutoff=0.75)
    return spelled[near[0]] if near else ""


def is_tag_row(row: Row) -> bool:
    """Return True if a row holds HXL tags."""
    filled = [text_of(value) for value in row.cells if value is not None]
    return bool(filled) and all(text.startswith("#") and not text.startswith("#N/A") for text in filled)


def _known(row: Row, names: Mapping[str, str]) -> int:
    return len({names[text] for value in row.cells if (text := head_name(value)) in names})


def head_name(value: Value) -> str:
    """Return the head of a column as names are compared."""
    return _named(value if isinstance(value, str) else text_of(value))


@lru_cache(maxsize=1 << 12)
def _named(text: str) -> str:
    """Return the head of a column as names are compared: without its unit."""
    return fold(_UNIT.sub("", without_unit(tidy(text))))


def named_columns(heads: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """For each table, the folded heads that name one of its columns in any language, and these columns."""
    spelled = _spelled()
    found: dict[str, dict[str, str]] = {}
    for head in heads:
        for table, column in spelled.get(head, {}).items():
            found.setdefault(table, {})[head] = column
    return found


@cache
def _spelled() -> Mapping[str, Mapping[str, str]]:
    """For each folded name of a column in any language, the tables that have it, and the column of each."""
    found: dict[str, dict[str, str]] = {}
    for table in TABLES:
        for name, column in columns_by_name(table).items():
            found.setdefault(name, {})[table.name] = column
    return found


@lru_cache(maxsize=1 << 12)
def _columns_in(names: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the names of columns in a language, as names are compared."""
    return tuple(fold(localized("column", name, language)) for name in names)


@lru_cache(maxsize=1 << 8)
def _names(table: str, columns: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return the name of each column by every folded name that it has; columns: their names and units.

    One such as weight_kg is called weight as well, and one of the small sheets as it is called there, where
    nothing else in the table is called so.
    """
    taken = meanings("column", tuple(name for name, _ in columns))
    short = {fold(name.rpartition("_")[0]): name for name, unit in columns if unit and "_" in name}
    return {**short, **form_names(table), **taken}
