"""Mappings: which column of a partner's own file fills which column of ours, as mapping.toml states it."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from konvoi.model.sheet_names import table_of
from konvoi.model.tables import BY_NAME

OPEN = "?"
"""Value of a constant or a word that a person has still to state."""

TIMES = (1, 1_000, 1_000_000, 1_000_000_000)
DAY_ORDERS = ("", "day first", "month first")
SEPARATORS = ("", ",", ";", "\t", "|")


class WrongMapping(ValueError):
    """A mapping that cannot be used; its text says why."""


@dataclass(frozen=True)
class TableMapping:
    """The mapping of one table of a partner's files.

    table: ours. sheet: name of the sheet, or path of the list in JSON; empty: the file itself. columns: our
    column → heading, or path in an object of JSON. constants: our column → the value of every row. words: our
    column → their word → ours. times: our column → how many times its numbers count. reference: headings from
    which a reference is made where rows have none. ignored: headings that are left out on purpose. separator:
    of a text file; decimal, day_order: of numbers and days that can be read in two ways; empty: not known.
    distinct: rows that give the same row of ours are read once, such as a package beside each of its items.
    """

    table: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    reference: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    separator: str = ""
    decimal: str = ""
    day_order: str = ""
    distinct: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that a file must have, each once, in their order."""
        return tuple(dict.fromkeys((*self.columns.values(), *self.reference)))

    def open(self) -> tuple[str, ...]:
        """Return the required columns of our table that are still to be stated."""
        known = {*self.columns, *(name for name, value in self.constants.items() if value != OPEN)}
        known |= {BY_NAME[self.table].key[0]} if self.reference and BY_NAME[self.table].key else set()
        stated = {name for name, value in self.constants.items() if value == OPEN}
        must = {column.name for column in BY_NAME[self.table].columns if column.must}
        return tuple(sorted((must | stated) - known))


def mapping_of(text: str) -> tuple[TableMapping, ...]:
    """Return the mappings that mapping.toml states; WrongMapping says what is wrong with it."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongMapping(f"no TOML: {error}") from error
    entries = found.get("mapping")
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise WrongMapping("no [[mapping]]")
    return tuple(map(_mapping, entries))


def mapping_from_json(text: str) -> TableMapping:
    """Return the mapping that `as_json` wrote."""
    return _mapping(json.loads(text))


def as_json(mapping: TableMapping) -> str:
    """Return a mapping as text for the process that reads files; equal mappings give equal texts."""
    return json.dumps(dict(_stated(mapping)), ensure_ascii=False, sort_keys=True)


def as_toml(mappings: Sequence[TableMapping], *, sender: str = "") -> str:
    """Return mappings as mapping.toml. sender: the party whose files they read; empty: none is stated."""
    return "\n".join(line for mapping in mappings for line in _lines(mapping, sender))


def _lines(mapping: TableMapping, sender: str) -> Iterator[str]:
    yield "[[mapping]]"
    if sender:
        yield f"sender = {_quoted(sender)}"
    tables: dict[str, Mapping[str, object]] = {}
    for name, value in _stated(mapping):
        if isinstance(value, Mapping):
            tables[name] = value
        else:
            yield f"{name} = {_quoted(value)}"
    for name, values in tables.items():
        inner = {key: value for key, value in values.items() if isinstance(value, Mapping)}
        if len(inner) < len(values):
            yield f"\n[mapping.{name}]"
        yield from (f"{_quoted(key)} = {_quoted(one)}" for key, one in values.items() if key not in inner)
        for key, words in inner.items():
            yield f"\n[mapping.{name}.{_quoted(key)}]"
            yield from (f"{_quoted(word)} = {_quoted(one)}" for word, one in words.items())
    yield ""


def _quoted(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    # Text in JSON with its escapes is text in TOML, too, but for the character of deletion.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _stated(mapping: TableMapping) -> Iterator[tuple[str, object]]:
    """Yield the fields of a mapping that hold something."""
    yield "table", mapping.table
    for name in ("sheet", "separator", "decimal", "day_order"):
        if value := getattr(mapping, name):
            yield name, value
    if mapping.distinct:
        yield "distinct", True
    for name in ("reference", "ignored"):
        if value := getattr(mapping, name):
            yield name, list(value)
    for name in ("columns", "constants", "times"):
        if value := getattr(mapping, name):
            yield name, dict(value)
    if mapping.words:
        yield "words", {column: dict(words) for column, words in mapping.words.items()}


def _mapping(found: Mapping[str, object]) -> TableMapping:
    table = table_of(str(found.get("table", "")))
    if table is None:
        raise WrongMapping(f"table = {found.get('table')!r}: not a table of ours")
    names = {column.name for column in table.columns}
    columns = _texts(found, "columns", names)
    constants = _texts(found, "constants", names)
    if both := sorted(set(columns) & set(constants)):
        raise WrongMapping(f"{', '.join(both)}: both a column and a constant")
    if not columns:
        raise WrongMapping("no column in [mapping.columns]")
    words = found.get("words", {})
    if not isinstance(words, dict) or not set(words) <= names:
        raise WrongMapping(f"[mapping.words]: columns are {', '.join(sorted(names))}")
    return TableMapping(
        table=table.name,
        sheet=str(found.get("sheet", "")),
        columns=columns,
        constants=constants,
        words={name: _texts(words, name, None) for name in words},
        times=_times(found, names),
        reference=_list(found, "reference"),
        ignored=_list(found, "ignored"),
        separator=_one_of(found, "separator", SEPARATORS),
        decimal=_one_of(found, "decimal", ("", ",", ".")),
        day_order=_one_of(found, "day_order", DAY_ORDERS),
        distinct=_is_true(found, "distinct"),
    )


def _texts(found: Mapping[str, object], name: str, allowed: set[str] | None) -> dict[str, str]:
    values = found.get(name, {})
    if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
        raise WrongMapping(f"{name}: not names with texts")
    if allowed is not None and (strange := sorted(set(values) - allowed)):
        raise WrongMapping(f"{name}: {', '.join(strange)}: columns are {', '.join(sorted(allowed))}")
    return {str(key): str(value) for key, value in values.items()}


def _times(found: Mapping[str, object], names: set[str]) -> dict[str, int]:
    values = found.get("times", {})
    if (
        not isinstance(values, dict)
        or not set(values) <= names
        or not all(one in TIMES for one in values.values())
    ):
        raise WrongMapping(f"times: columns with one of {', '.join(map(str, TIMES))}")
    return {str(key): int(value) for key, value in values.items()}


def _list(found: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = found.get(name, [])
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise WrongMapping(f"{name}: not a list of headings")
    return tuple(values)


def _one_of(found: Mapping[str, object], name: str, allowed: Sequence[str]) -> str:
    value = found.get(name, "")
    if value not in allowed:
        raise WrongMapping(f"{name}: one of {', '.join(map(repr, allowed))}")
    return str(value)


def _is_true(found: Mapping[str, object], name: str) -> bool:
    value = found.get(name, False)
    if not isinstance(value, bool):
        raise WrongMapping(f"{name}: true or false")
    return value
