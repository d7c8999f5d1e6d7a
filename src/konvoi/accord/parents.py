"""Rows without a submitted parent: candidates, for a person to decide."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.text import fold
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.match import match
from konvoi.link.settings import Settings
from konvoi.model.tables import BY_NAME

Tables = Mapping[str, pl.DataFrame]
Row = Mapping[str, object]

LEAST = 0.5
"""Pairs below this probability are not reported."""


@dataclass(frozen=True)
class Known:
    """Facts of the other tables about a row.

    names: of parties, folded. goods: of lines, and of the codes that goods bear. units: of goods. signed: the
    day of each document's signature.
    """

    names: Mapping[str, str]
    goods: Mapping[str, str]
    units: Mapping[str, object]
    signed: Mapping[str, object]

    @classmethod
    def of(cls, tables: Tables) -> "Known":
        """Return the facts of tables as a workspace has them; tables that were not submitted are unknown."""
        return cls(
            names={
                str(row["party"]): fold(str(row["name"])) for row in _rows(tables, "parties") if row["name"]
            },
            goods=_goods(tables),
            units={str(row["good"]): row["unit"] for row in _rows(tables, "goods")},
            signed={str(row["document"]): row["day"] for row in _rows(tables, "documents")},
        )


@dataclass(frozen=True)
class Kind:
    """One table whose rows name a parent in another table.

    record: what of a row is compared, as `schema` has it besides `id` and `role` (the row's table). counts:
    whether a row can be a child or parent at all. seen: the columns of child and parent that a decision looks
    at; not the reference itself, so that the decision holds after the child was put under its parent.
    """

    child: str
    parent: str
    settings: Settings
    schema: pl.Schema
    record: Callable[[Row, Known], dict[str, object]]
    counts: Callable[[Row], bool]
    seen: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def ids(self) -> tuple[str, str]:
        """The columns that name a child and a parent, such as `call_off` and `contract`; a child has both."""
        return BY_NAME[self.child].columns[0].name, BY_NAME[self.parent].columns[0].name

    @property
    def proposed(self) -> pl.Schema:
        """One line for each child without its parent and a parent that this may be, the surest first.

        evidence: JSON list of [what was compared, the answer]. seen: digest of the evidence for and against.
        """
        text = dict.fromkeys(self.ids, pl.String())
        return pl.Schema({**text, "probability": pl.Float64(), "evidence": pl.String(), "seen": pl.String()})

    def digest(self, child: Row, parent: Row) -> str:
        """Return a digest of the compared values: a decision does not hold for another one."""
        pairs = zip((child, parent), self.ids, self.seen, strict=True)
        return key(*([row[id], *(row[column] for column in columns)] for row, id, columns in pairs))

    def proposals(self, tables: Tables) -> pl.DataFrame:
        """All pairs of a child without its parent and a parent that this may be (`proposed`)."""
        own, above = self.ids
        parents = {str(row[above]): row for row in _rows(tables, self.parent)}
        loose = {str(row[own]): row for row in _rows(tables, self.child) if str(row[above]) not in parents}
        if not parents or not loose:
            return pl.DataFrame(schema=self.proposed)
        known = Known.of(tables)
        records = [
            {"id": f"{role}/{name}", "role": role, **self.record(row, known)}
            for role, rows in ((self.child, loose), (self.parent, parents))
            for name, row in rows.items()
            if self.counts(row)
        ]
        pairs = match(pl.DataFrame(records, schema=self.schema), self.settings).pairs
        return pl.DataFrame(list(self._pairs(pairs, loose, parents)), schema=self.proposed)

    def _pairs(
        self, pairs: pl.DataFrame, loose: Mapping[str, Row], parents: Mapping[str, Row]
    ) -> Iterator[Row]:
        for row in pairs.sort(-pl.col("probability"), "left_id", "right_id").iter_rows(named=True):
            child, parent = (str(row[side]).split("/", 1)[1] for side in ("left_id", "right_id"))
            yield {
                **dict(zip(self.ids, (child, parent), strict=True)),
                "probability": row["probability"],
                "evidence": row["evidence"],
                "seen": self.digest(loose[child], parents[parent]),
            }


# Shares by judgement, as those of the comparisons beside them.
THING = Comparison(
    name="good",
    columns=("thing",),
    levels=(
        Level("the same good", "l.thing = r.thing", 0.95, 0.3),
        Level("another good", OTHERWISE, 0.05, 0.7),
    ),
)
"""Levels that compare the goods of child and parent."""


def quantity(part: str, more: str) -> Comparison:
    """Return a comparison: a child's quantity is a part of its parent's; two answers (message ids)."""
    return Comparison(
        name="quantity",
        columns=("quantity",),
        unknown="l.unit <> r.unit",
        levels=(Level(part, "l.quantity <= r.quantity", 0.95, 0.5), Level(more, OTHERWISE, 0.05, 0.5)),
    )


def schema(texts: tuple[str, ...], days: tuple[str, ...]) -> pl.Schema:
    """Return the schema of records: id, role, further texts, quantity and amount, days."""
    return pl.Schema(
        {
            **dict.fromkeys(("id", "role", *texts), pl.String()),
            **dict.fromkeys(("quantity", "amount"), pl.Float64()),
            **dict.fromkeys(days, pl.Date()),
        }
    )


def measures(row: Row) -> dict[str, object]:
    """Quantity and amount as records hold them."""
    return {name: None if row[name] is None else float(str(row[name])) for name in ("quantity", "amount")} | {
        "currency": row["currency"]
    }


def _goods(tables: Tables) -> dict[str, str]:
    """The good of each line, and of each code that goods bear."""
    lines = {str(row["line"]): str(row["good"]) for row in _rows(tables, "lines") if row["good"]}
    codes = {
        code.strip(): str(row["good"])
        for row in _rows(tables, "goods")
        for code in str(row["codes"] or "").split(";")
        if code.strip()
    }
    return codes | lines


def _rows(tables: Tables, name: str) -> list[dict[str, object]]:
    return tables[name].to_dicts() if name in tables else []
