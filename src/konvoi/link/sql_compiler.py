"""Compilation of SQL predicates to steps of a program (konvoi.link.expression_vm), as far as these can
express them.

The engine itself parses them. Parts that read one record alone are computed once for each record, by the
engine; only parts that compare two records are left for pairs. Arithmetic is that of the engine, so that
answers are the same to the last bit; where that is not certain, the predicate is not compiled.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import polars as pl

from konvoi.kit.union import components
from konvoi.link import expression_vm as does
from konvoi.link.engine import frame
from konvoi.link.parsing import NULL, ROW, Node, Unfit, alone, light, parsed, read

_TRUTH = "truth"
_TEXT = "text"
_WHOLE = "whole number"
_NUMBER = "number"
_DECIMAL = "decimal"
_NUMBERS = {_WHOLE, _NUMBER, _DECIMAL}
_EXACT = 2.0**52
_GREAT = 1e300
_COMPARED = {
    "COMPARE_EQUAL": (does.EQUAL, False, False),
    "COMPARE_NOTEQUAL": (does.EQUAL, False, True),
    "COMPARE_NOT_DISTINCT_FROM": (does.SAME, False, False),
    "COMPARE_DISTINCT_FROM": (does.SAME, False, True),
    "COMPARE_LESSTHAN": (does.BELOW, False, False),
    "COMPARE_GREATERTHAN": (does.BELOW, True, False),
    "COMPARE_LESSTHANOREQUALTO": (does.AT_MOST, False, False),
    "COMPARE_GREATERTHANOREQUALTO": (does.AT_MOST, True, False),
}
"""Operation, whether its sides are swapped, whether its answer is turned round."""
_RECKONED: dict[str, tuple[int, Callable[[float, float], float]]] = {
    "+": (does.PLUS, lambda x, y: x + y),
    "-": (does.MINUS, lambda x, y: x + y),
    "*": (does.TIMES, lambda x, y: x * y),
    "/": (does.OVER, lambda x, y: x / y),
    "greatest": (does.GREATEST, max),
    "least": (does.LEAST, max),
}
"""Operation, and the bound of its result by the bounds of both sides."""


@dataclass(frozen=True)
class _Value:
    """Content of a place of the program. most: how great a number can be; of: the column of a text."""

    place: int
    kind: str
    most: float = 0.0
    of: str = ""


@dataclass(frozen=True)
class _Column:
    values: pl.Series
    kind: str
    most: float


class Asker:
    """A program that grows by predicates over some records."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, records: pl.DataFrame, likeness: Sequence[str] = ()
    ) -> None:
        """likeness: names of likenesses, in the order in which the program is given them."""
        self._connection = connection
        self._records = records
        self._likeness = list(likeness)
        self._named = {name.lower(): name for name in records.columns}
        self._steps: dict[tuple[int, ...], int] = {}
        self._numbers: list[float] = []
        self._columns: dict[str, _Column] = {}
        self._pooled: list[tuple[str, str]] = []
        self._factors: list[int] = []
        self._by_class: dict[str, Callable[[Node], _Value]] = {
            "COLUMN_REF": self._alike,
            "CONSTANT": self._constant,
            "COMPARISON": self._compared,
            "BETWEEN": self._between,
            "CONJUNCTION": self._joined,
            "OPERATOR": self._operated,
            "FUNCTION": self._reckoned,
            "CASE": self._cases,
        }

    def took(self, predicates: Iterable[str], factor: int) -> bool:
        """Return True if the program now adds to a code, times a factor, which of the predicates holds first.

        Where none does, it adds their number.
        """
        kept = dict(self._steps), dict(self._columns)
        try:
            held = [self._truth(parsed(self._connection, predicate)) for predicate in predicates]
        except (Unfit, duckdb.Error):
            self._steps, self._columns = kept
            return False
        answer = self._number(len(held))
        for n in reversed(range(len(held))):
            answer = self._do(does.WHETHER, held[n].place, self._number(n), answer)
        self._factors.append(factor)
        self._do(does.ADD, answer, len(self._factors) - 1)
        return True

    def program(self) -> does.Program:
        """All that was taken."""
        rows = np.empty((self._records.height, len(self._columns)))
        texts = [name for name, one in self._columns.items() if one.kind == _TEXT]
        pools = components([(name, name) for name in texts] + self._pooled)
        kinds = {pool: pl.Categorical(pl.Categories.random()) for pool in set(pools.values())}
        # Numbers of texts are forgotten with the last column that has them.
        columns = [
            one.values.cast(kinds[pools[name]]) if one.kind == _TEXT else one.values
            for name, one in self._columns.items()
        ]
        for n, column in enumerate(columns):
            rows[:, n] = column.to_physical().cast(pl.Float64).to_numpy()
        steps = np.array(list(self._steps), dtype=np.int64).reshape(-1, 4)
        return does.Program(steps, np.array(self._numbers), rows, np.array(self._factors, dtype=np.int64))

    def least(self, likeness: str) -> float:
        """Return the least likeness that matters; 0 if it is used other than in comparisons with numbers."""
        steps = list(self._steps)
        place = self._steps.get((does.LIKENESS, self._likeness.index(likeness), -1, -1))
        users = [step for step in steps if step[0] >= does.PLUS and place in step[1:]]
        if not all(what == does.AT_MOST and steps[one][0] == does.NUMBER for what, one, *_ in users):
            return 0.0
        return min((self._numbers[steps[one][1]] for _, one, *_ in users), default=0.0)

    def _do(self, what: int, *operands: int) -> int:
        """Return the place of a step; a repeated step is reused."""
        line = (what, *operands, *(-1,) * (3 - len(operands)))
        return self._steps.setdefault(line, len(self._steps))

    def _number(self, number: float) -> int:
        if number not in self._numbers:
            self._numbers.append(number)
        return self._do(does.NUMBER, self._numbers.index(number))

    def _value(self, node: Node) -> _Value:
        sides = {side.lower() for side, _ in read(node)}
        if len(sides) == 1 and sides <= {"l", "r"} and not light(node):
            return self._own(node, *sides)
        if node["class"] not in self._by_class:
            raise Unfit(node["class"])
        return self._by_class[node["class"]](node)

    def _truth(self, node: Node) -> _Value:
        value = self._value(node)
        if value.kind != _TRUTH:
            raise Unfit(value.kind)
        return value

    def _own(self, node: Node, side: str) -> _Value:
        """Return the value of one record alone."""
        query = alone(self._connection, node)
        if query not in self._columns:
            self._columns[query] = _column(self._asked(node, query))
        column = self._columns[query]
        place = self._do(does.LEFT if side == "l" else does.RIGHT, list(self._columns).index(query))
        return _Value(place, column.kind, column.most, query)

    def _asked(self, node: Node, query: str) -> pl.Series:
        columns = list(dict.fromkeys(self._named[name.lower()] for _, name in read(node)))
        if node["class"] == "COLUMN_REF":
            return self._records[columns[0]]
        counted = self._records.select(columns).with_row_index(ROW)
        self._connection.register("records", counted.to_arrow(compat_level=pl.CompatLevel.newest()))
        try:
            return frame(self._connection, query).sort(ROW)["v"]
        finally:
            self._connection.unregister("records")

    def _alike(self, node: Node) -> _Value:
        """A likeness, which is from 0 to 1."""
        name = node["column_names"][1]
        if name not in self._likeness:
            raise Unfit(name)
        return _Value(self._do(does.LIKENESS, self._likeness.index(name)), _NUMBER, 1.0)

    def _constant(self, node: Node) -> _Value:
        literal = node["literal"]
        if literal["kind"] == "BOOLEAN":
            return _Value(self._number(float(literal["text"] == "true")), _TRUTH)
        if literal["kind"] not in ("INTEGER", "NUMERIC"):
            raise Unfit(literal["kind"])
        number = float(literal["text"])
        kind = _WHOLE if literal["kind"] == "INTEGER" else _DECIMAL
        return _bounded(_Value(self._number(number), kind, abs(number)))

    def _compared(self, node: Node) -> _Value:
        what, swapped, turned = _COMPARED[node["type"]] if node["type"] in _COMPARED else _unfit(node)
        sides = [self._value(node["left"]), self._value(node["right"])]
        return self._set_against(what, sides[::-1] if swapped else sides, turned=turned)

    def _set_against(self, what: int, sides: Sequence[_Value], *, turned: bool = False) -> _Value:
        one, two = sides
        numbers = {one.kind, two.kind} <= _NUMBERS and (one.kind, two.kind) != (_DECIMAL, _DECIMAL)
        ordered = what in (does.BELOW, does.AT_MOST)
        if not numbers and (one.kind != two.kind or (ordered and one.kind in (_TEXT, _TRUTH))):
            raise Unfit(f"{one.kind}, {two.kind}")
        if one.kind == _TEXT:
            self._pooled.append((one.of, two.of))
        place = self._do(what, one.place, two.place)
        return _Value(self._do(does.NOT, place) if turned else place, _TRUTH)

    def _between(self, node: Node) -> _Value:
        value, low, high = (self._value(node[part]) for part in ("input", "lower", "upper"))
        both = [self._set_against(does.AT_MOST, sides).place for sides in ((low, value), (value, high))]
        return _Value(self._do(does.AND, *both), _TRUTH)

    def _joined(self, node: Node) -> _Value:
        what = does.AND if node["type"] == "CONJUNCTION_AND" else does.OR
        first, *others = (self._truth(child).place for child in node["children"])
        for other in others:
            first = self._do(what, first, other)
        return _Value(first, _TRUTH)

    def _operated(self, node: Node) -> _Value:
        if node["type"] == "OPERATOR_NOT":
            return _Value(self._do(does.NOT, self._truth(node["children"][0]).place), _TRUTH)
        values = [self._value(child) for child in node["children"]]
        if node["type"] in NULL:
            place = self._do(does.UNKNOWN, values[0].place)
            return _Value(self._do(does.NOT, place) if node["type"] == NULL[1] else place, _TRUTH)
        if node["type"] != "OPERATOR_COALESCE":
            raise Unfit(node["type"])
        found = values[-1]
        for value in reversed(values[:-1]):
            found = _either(self._do(does.ELSE, value.place, found.place), value, found)
        return found

    def _reckoned(self, node: Node) -> _Value:
        name = node["function_name"]
        nodes = [one["expression"] for one in node["arguments"]]
        values = [self._value(one) for one in nodes]
        if name == "abs" and values[0].kind in (_WHOLE, _NUMBER):
            return _Value(self._do(does.ABSOLUTE, values[0].place), values[0].kind, values[0].most)
        by_number = len(nodes) == 2 and nodes[1]["class"] == "CONSTANT" and values[1].most > 0
        if name not in _RECKONED or len(values) < 2 or (name == "/" and not by_number):
            raise Unfit(name)
        what, most = _RECKONED[name]
        found = values[0]
        for value in values[1:]:
            place = self._do(what, found.place, value.place)
            kind = _NUMBER if name == "/" else _both(found, value)
            found = _bounded(_Value(place, kind, most(found.most, value.most)))
        return found

    def _cases(self, node: Node) -> _Value:
        found = self._value(node["else_expr"])
        for case in reversed(node["case_checks"]):
            when = self._truth(case["when_expr"])
            then = self._value(case["then_expr"])
            found = _either(self._do(does.WHETHER, when.place, then.place, found.place), then, found)
        return found


def _unfit(node: Node) -> Any:
    raise Unfit(node["type"])


def _both(one: _Value, two: _Value) -> str:
    """Return the kind of number that results from two; the engine has its own decimal arithmetic."""
    kinds = {one.kind, two.kind}
    if not kinds <= _NUMBERS or (_DECIMAL in kinds and _NUMBER not in kinds):
        raise Unfit(str(kinds))
    return _WHOLE if kinds == {_WHOLE} else _NUMBER


def _either(place: int, one: _Value, two: _Value) -> _Value:
    """One of two values."""
    if one.kind == two.kind == _TRUTH:
        return _Value(place, _TRUTH)
    return _Value(place, _both(one, two), max(one.most, two.most))


def _bounded(value: _Value) -> _Value:
    """A number that a float holds as the engine does."""
    if value.most > (_EXACT if value.kind == _WHOLE else _GREAT):
        raise Unfit("too great")
    return value


def _column(values: pl.Series) -> _Column:
    """Return a column of records with its kind; other kinds than these only compare with their own."""
    kind = values.dtype
    if kind == pl.String or isinstance(kind, pl.Categorical | pl.Enum):
        return _Column(values.cast(pl.String), _TEXT, 0.0)
    if kind == pl.Boolean:
        return _Column(values, _TRUTH, 0.0)
    if not (kind.is_integer() or kind.is_float() or kind in (pl.Date, pl.Datetime)):
        raise Unfit(str(kind))
    if kind.is_float() and not values.drop_nulls().is_finite().all():
        raise Unfit("not finite")
    plain = values.to_physical().cast(pl.Float64)
    told = _WHOLE if kind == pl.Int64 else _NUMBER if kind == pl.Float64 else f"only {kind}"
    most = float(plain.abs().max() or 0.0)  # type: ignore[arg-type]
    if most > _EXACT and not kind.is_float():
        raise Unfit("too great")
    return _Column(plain, _bounded(_Value(0, told, most)).kind, most)
