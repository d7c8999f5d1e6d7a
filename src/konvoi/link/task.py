"""A file of settings for `konvoi match`: TOML with all fields of Settings, and derivations of columns."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from konvoi.link import levels
from konvoi.link.comparison import OTHERWISE, Comparison, Level, Similarity
from konvoi.link.derive import KINDS, Derived
from konvoi.link.settings import Block, Population, Settings, Window
from konvoi.model.finding import Finding, Place, Severity

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """Content of a task file: settings, derived columns, and the separator of CSV cells.

    own_ids: whether each table numbers its records by itself.
    """

    settings: Settings
    columns: tuple[Derived, ...] = ()
    separator: str = ""
    own_ids: bool = False


@dataclass
class _Reader:
    """Reads the tables of a file and collects their faults."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def wrong(self, code: str, part: str, key: str, read: object, expected: str, **values: str) -> None:
        remedy = _REMEDIES[code]
        place = Place(self.file, part, 0, key)
        self.found.append(Finding(Severity.ERROR, code, place, str(read), expected, remedy, values))

    def checked(
        self, table: Table, known: Mapping[str, "_Kind"], part: str, must: tuple[str, ...] = ()
    ) -> Table:
        """The keys of a table that are known and right."""
        for key in (*table, *must):
            if key not in known:
                near = difflib.get_close_matches(key, list(known), n=1)
                expected = "one of the keys {keys}; nearest: {near}" if near else "one of the keys {keys}"
                self.wrong(
                    "match-settings-unknown",
                    part,
                    key,
                    key,
                    expected,
                    keys=", ".join(known),
                    near="".join(near),
                )
            elif key not in table:
                self.wrong("match-settings-value", part, key, "", known[key].expected)
            elif not known[key].right(table[key]):
                self.wrong("match-settings-value", part, key, table[key], known[key].expected)
        return {key: value for key, value in table.items() if key in known and known[key].right(value)}


@dataclass(frozen=True)
class _Kind:
    """Allowed form of a value: a test, and the expectation in words."""

    right: Callable[[Any], bool]
    expected: str


def _is(kind: type, expected: str) -> _Kind:
    return _Kind(lambda value: type(value) is kind, expected)


def _one_of(*words: str) -> _Kind:
    return _Kind(lambda value: value in words, "one of " + ", ".join(words))


def _number(low: float, high: float, expected: str) -> _Kind:
    return _Kind(lambda v: type(v) in (int, float) and low <= v <= high, expected)


_TEXT = _is(str, "a text")
_FLAG = _is(bool, "true or false")
_SHARE = _Kind(lambda v: type(v) in (int, float) and 0 < v <= 1, "a number above 0 and at most 1")
_LEVEL = _number(0, 1, "a number from 0 to 1")
_COUNT = _Kind(lambda value: type(value) is int and value > 0, "a whole number above 0")
_DAYS = _Kind(lambda value: type(value) is int and value >= 0, "a whole number of days, 0 or more")
_TEXTS = _Kind(
    lambda v: isinstance(v, list) and bool(v) and all(type(x) is str for x in v), "a list of texts"
)
_COLUMNS = _Kind(lambda v: isinstance(v, list) and all(type(x) is str for x in v), "a list of texts, or []")
_GROUPS = _Kind(lambda v: isinstance(v, list) and all(_TEXTS.right(x) for x in v), "a list of lists of texts")
_SHARES = _Kind(
    lambda v: (
        isinstance(v, list)
        and all(isinstance(x, list) and len(x) == 2 and all(map(_SHARE.right, x)) for x in v)
    ),
    "a list of pairs of shares [true, chance], one for each level",
)
_BOUNDS = _Kind(
    lambda v: isinstance(v, list) and bool(v) and all(type(x) in (int, float) and x >= 0 for x in v),
    "a list of numbers",
)
_TABLE = _is(dict, "a table")
_TABLES = _Kind(
    lambda v: isinstance(v, list) and bool(v) and all(type(x) is dict for x in v), "tables in [[…]]"
)
MEMORY = _Kind(
    lambda v: isinstance(v, str) and re.fullmatch(r"[1-9]\d* ?[MG]B", v) is not None, "a size such as 4GB"
)
_THREADS = _Kind(lambda v: type(v) is int and 1 <= v <= 256, "a whole number from 1 to 256")

TOP: Mapping[str, _Kind] = {
    "id": _TEXT,
    "relation": _TEXT,
    "between": _one_of("all", "within", "across"),
    "directed": _FLAG,
    "allowed": _TEXT,
    "apart": _TEXTS,
    "once": _FLAG,
    "prior": _SHARE,
    "least": _LEVEL,
    "join": _number(0, 2, "a number from 0 to 2; above 1 nothing is joined"),
    "mean": _LEVEL,
    "learn": _FLAG,
    "sample": _COUNT,
    "by_density": _FLAG,
    "population": _TABLE,
    "interactions": _FLAG,
    "pairs": _COUNT,
    "memory": MEMORY,
    "threads": _THREADS,
    "spill": _TEXT,
    "separator": _TEXT,
    "own_ids": _FLAG,
    "column": _TABLES,
    "block": _TABLES,
    "comparison": _TABLES,
}
POPULATION: Mapping[str, _Kind] = {
    "on": _TEXTS,
    "window": _TABLE,
    "comparison": _TEXT,
    "jointly": _GROUPS,
    "held": _TEXTS,
    "once": _TEXTS,
}
BLOCK: Mapping[str, _Kind] = {
    "name": _TEXT,
    "on": _TEXTS,
    "right": _TEXTS,
    "window": _TABLE,
    "narrower": _TEXTS,
    "most": _COUNT,
    "overflow": _one_of("queue", "refuse"),
}
WINDOW: Mapping[str, _Kind] = {"column": _TEXT, "days": _DAYS, "before": _DAYS, "after": _DAYS}
COLUMN: Mapping[str, _Kind] = {
    "name": _TEXT,
    "of": _TEXT,
    "kind": _one_of(*KINDS),
    "size": _COUNT,
    "most": _COUNT,
}
BY_NAME: Mapping[str, Mapping[str, _Kind]] = {
    "equal": {"true": _SHARE, "chance": _SHARE},
    "alike": {"measure": _TEXT, "at_least": _BOUNDS, "shares": _SHARES},
    "near": {"within": _BOUNDS, "shares": _SHARES},
    "days": {"within": _BOUNDS, "shares": _SHARES},
}
WRITTEN: Mapping[str, _Kind] = {
    "name": _TEXT,
    "columns": _COLUMNS,
    "unknown": _TEXT,
    "missing": _TEXT,
    "missing_true": _SHARE,
    "missing_chance": _SHARE,
    "level": _TABLES,
    "similarity": _TABLES,
}
LEVEL: Mapping[str, _Kind] = {"label": _TEXT, "predicate": _TEXT, "true": _SHARE, "chance": _SHARE}
SIMILARITY: Mapping[str, _Kind] = {"name": _TEXT, "column": _TEXT, "measure": _TEXT}

_REMEDIES = {
    "match-settings-broken": "correct the line stated",
    "match-settings-unknown": "correct or remove the key; docs/reference/match-settings.md lists all",
    "match-settings-value": "correct the value; see docs/reference/match-settings.md",
}


def task(text: str, file: str = "") -> tuple[Task | None, tuple[Finding, ...]]:
    """Return the task in a file of settings, or None if something in it is wrong; and the findings."""
    reader = _Reader(file)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reader.wrong("match-settings-broken", "", "", error, "TOML")
        return None, tuple(reader.found)
    top = reader.checked(found, TOP, "", ("block", "comparison"))
    blocks = tuple(_block(reader, one, n) for n, one in enumerate(top.get("block", []), 1))
    comparisons = tuple(_comparison(reader, one, n) for n, one in enumerate(top.get("comparison", []), 1))
    columns = tuple(_column(reader, one, n) for n, one in enumerate(top.get("column", []), 1))
    population = _population(reader, top["population"]) if "population" in top else None
    if reader.found:
        return None, tuple(reader.found)
    names = {one.name for one in fields(Settings)} - {"comparisons", "blocks", "population"}
    values = {key: value for key, value in top.items() if key in names}
    if "apart" in values:
        values["apart"] = tuple(values["apart"])
    settings = Settings(
        tuple(filter(None, comparisons)), tuple(filter(None, blocks)), population=population, **values
    )
    return (
        Task(
            settings,
            tuple(filter(None, columns)),
            str(top.get("separator", "")),
            bool(top.get("own_ids", False)),
        ),
        (),
    )


def _column(reader: _Reader, table: Table, number: int) -> Derived | None:
    right = reader.checked(table, COLUMN, f"column {number}", ("name", "kind"))
    if not {"name", "kind"} <= set(right):
        return None
    return Derived(**{"of": right["name"], **right})


def _block(reader: _Reader, table: Table, number: int) -> Block | None:
    part = f"block {number}"
    right = dict(reader.checked(table, BLOCK, part, ("on",)))
    if "on" not in right:
        return None
    window = right.pop("window", None)
    lists = {key: tuple(value) for key, value in right.items() if isinstance(value, list)}
    block = Block(**({"name": ", ".join(right["on"])} | right | lists))
    return replace(block, window=_window(reader, window, part)) if window is not None else block


def _population(reader: _Reader, table: Table) -> Population | None:
    right = reader.checked(table, POPULATION, "population", ("on", "comparison"))
    if not {"on", "comparison"} <= set(right):
        return None
    window = _window(reader, right["window"], "population") if "window" in right else None
    block = Block("population", tuple(right["on"]), window=window)
    jointly = tuple(map(tuple, right.get("jointly", ())))
    held = tuple(right.get("held", ()))
    return Population(block, right["comparison"], jointly, held, tuple(right.get("once", ())))


def _window(reader: _Reader, table: Table, part: str) -> Window | None:
    must = ("column",) + (("days",) if not {"before", "after"} & set(table) else ("before", "after"))
    right = reader.checked(table, WINDOW, f"{part}: window", must)
    if not set(must) <= set(right):
        return None
    return Window(right["column"], *(right.get(side, right.get("days", 0)) for side in ("before", "after")))


def _comparison(reader: _Reader, table: Table, number: int) -> Comparison | None:
    """A comparison by name (kind and column), or written out in levels."""
    part = f"comparison {number}"
    if "kind" not in table:
        return _written(reader, table, part)
    if table["kind"] not in BY_NAME:
        reader.wrong("match-settings-value", part, "kind", table["kind"], f"one of {', '.join(BY_NAME)}")
        return None
    known = {"kind": _one_of(*BY_NAME), "column": _TEXT, "name": _TEXT} | dict(
        BY_NAME.get(str(table["kind"]), {})
    )
    right = reader.checked(table, known, part, ("column",))
    if not {"kind", "column"} <= set(right):
        return None
    more = {key: value for key, value in right.items() if key not in ("kind", "column", "name")}
    try:
        made = getattr(levels, right["kind"])(right["column"], **more)
    except ValueError as error:
        reader.wrong("match-settings-value", part, "shares", error, _SHARES.expected)
        return None
    known_as: Comparison = replace(made, name=right.get("name", made.name))
    return known_as


def _written(reader: _Reader, table: Table, part: str) -> Comparison | None:
    right = reader.checked(table, WRITTEN, part, ("name", "level"))
    found = list(_levels(reader, right.get("level", []), part))
    alike = [
        reader.checked(one, SIMILARITY, f"{part}: similarity", tuple(SIMILARITY))
        for one in right.get("similarity", [])
    ]
    if "name" not in right or not found or any(len(one) < len(SIMILARITY) for one in alike):
        return None
    plain = {
        k: v
        for k, v in right.items()
        if k in ("name", "unknown", "missing", "missing_true", "missing_chance")
    }
    return Comparison(
        columns=tuple(right.get("columns", ())),
        levels=tuple(found),
        similarities=tuple(Similarity(**one) for one in alike),
        **plain,
    )


def _levels(reader: _Reader, tables: list[Table], part: str) -> Iterator[Level]:
    """The levels of a comparison; the last one may leave its predicate out, for it holds always."""
    for number, one in enumerate(tables, 1):
        last = number == len(tables)
        must = ("label", "true", "chance") if last else ("label", "predicate", "true", "chance")
        right = reader.checked(one, LEVEL, f"{part}: level {number}", must)
        if set(must) <= set(right):
            yield Level(**({"predicate": OTHERWISE} | dict(right)))
