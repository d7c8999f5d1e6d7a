"""Which pairs are looked at: hash joins on equal keys within a window of days; what is too much is told."""

from dataclasses import dataclass

import duckdb
import polars as pl

from konvoi.link.engine import frame, name
from konvoi.link.settings import Block, Settings

OVERFLOW = pl.Schema({"block": pl.String(), "key": pl.String(), "pairs": pl.Int64()})
"""One line for each group of equal keys that was put aside because it makes too many pairs."""

BLOCKS = pl.Schema({"block": pl.String(), "pairs": pl.Int64(), "biggest": pl.Int64()})
"""One line for each block: pairs it gave (before other blocks are joined), pairs of its biggest group."""


@dataclass(frozen=True)
class Candidates:
    """What blocking gave besides the table `pairs` (a, b: record numbers) in the engine."""

    blocks: pl.DataFrame
    overflow: pl.DataFrame


def candidates(connection: duckdb.DuckDBPyConnection, settings: Settings, schema: pl.Schema) -> Candidates:
    """Fill the table `pairs` from the table `records` (with `_n` and `_table`), each pair once."""
    connection.execute("CREATE TABLE found (a BIGINT, b BIGINT)")
    reports, overflows = [], []
    for block in settings.blocks:
        report, overflow = _fill(connection, block, settings, schema)
        reports.append(report)
        overflows.append(overflow)
    tables = {"all": "TRUE", "within": "l._table = r._table", "across": "l._table <> r._table"}
    connection.execute(
        f"""CREATE TABLE pairs AS SELECT a, b FROM (SELECT DISTINCT a, b FROM found) AS p
        JOIN records AS l ON l._n = a JOIN records AS r ON r._n = b
        WHERE {tables[settings.between]} AND ({settings.allowed})"""
    )
    connection.execute("DROP TABLE found")
    return Candidates(
        pl.concat([BLOCKS.to_frame(), *reports]),
        pl.concat([OVERFLOW.to_frame(), *overflows]).sort("block", "key"),
    )


def _fill(
    connection: duckdb.DuckDBPyConnection, block: Block, settings: Settings, schema: pl.Schema
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add a block's pairs to `found`; groups that are too big once more with narrower keys."""
    wide = _Keys(block, block.on, settings.directed, schema)
    wide.make(connection, "TRUE")
    biggest, over = wide.sizes(connection, block.most)
    before = _count(connection)
    wide.join(connection)
    if over.height and block.narrower:
        members = wide.members(connection)
        tight = _Keys(block, (*block.on, *block.narrower), settings.directed, schema)
        tight.make(connection, f"_n IN ({members})")
        _, over = tight.sizes(connection, block.most)
        tight.join(connection)
    report = {"block": [block.name], "pairs": [_count(connection) - before], "biggest": [biggest]}
    return pl.DataFrame(report, schema=BLOCKS), over.select(
        block=pl.lit(block.name), key="key", pairs=pl.col("pairs").cast(pl.Int64)
    )


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(frame(connection, "SELECT count(*) AS n FROM found")["n"][0])


@dataclass(frozen=True)
class _Keys:
    """The keys of one block: tables keys_l and keys_r (_n, k, d), one line for each record and key."""

    block: Block
    on: tuple[str, ...]
    directed: bool
    schema: pl.Schema

    def make(self, connection: duckdb.DuckDBPyConnection, where: str) -> None:
        right = (*self.block.right, *self.on[len(self.block.right) :])
        for side, columns in (("l", self.on), ("r", right)):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE keys_{side} AS {self._select(columns, where)}")
        self._groups(connection)

    def _select(self, columns: tuple[str, ...], where: str) -> str:
        window = self.block.window
        day = name(days(window.column)) if window else "0"
        parts = [
            f"unnest({name(c)}) AS k{n}" if isinstance(self.schema[c], pl.List) else f"{name(c)} AS k{n}"
            for n, c in enumerate(columns)
        ]
        known = " AND ".join(f"k{n} IS NOT NULL" for n in range(len(columns)))
        key = " || chr(31) || ".join(f"CAST(k{n} AS VARCHAR)" for n in range(len(columns)))
        inner = f"SELECT _n, {day} AS d, {', '.join(parts)} FROM records WHERE {where}"
        return f"SELECT DISTINCT _n, d, {key} AS k FROM ({inner}) WHERE d IS NOT NULL AND {known}"

    def _groups(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Table `groups` (k, pairs): how many pairs each key makes within the window."""
        window = self.block.window
        span = (
            f"PARTITION BY k ORDER BY d RANGE BETWEEN {window.before} PRECEDING AND {window.after} FOLLOWING"
            if window
            else "PARTITION BY k"
        )
        total = "sum(near)" if self.directed else "(sum(near) - sum(own)) // 2"
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE groups AS
            SELECT k, CAST({total} AS BIGINT) AS pairs FROM (
              SELECT k, own, own * sum(other) OVER ({span}) AS near FROM (
                SELECT k, d, 1 AS own, 0 AS other FROM keys_l
                UNION ALL SELECT k, d, 0, 1 FROM keys_r))
            GROUP BY k"""
        )

    def sizes(self, connection: duckdb.DuckDBPyConnection, most: int) -> tuple[int, pl.DataFrame]:
        """The pairs of the biggest group, and the groups (key, pairs) above the limit."""
        top = frame(connection, "SELECT max(pairs) AS n FROM groups")["n"][0]
        over = frame(connection, f"SELECT k AS key, pairs FROM groups WHERE pairs > {most} ORDER BY ALL")
        spoken = over.with_columns(pl.col("key").cast(pl.String).str.replace_all("\x1f", " | "))
        return int(top or 0), spoken

    def members(self, connection: duckdb.DuckDBPyConnection) -> str:
        """A table of the records in groups above the limit, as a query."""
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE members AS SELECT DISTINCT _n FROM (
            SELECT _n, k FROM keys_l UNION ALL SELECT _n, k FROM keys_r)
            JOIN groups USING (k) WHERE pairs > {self.block.most}"""
        )
        return "SELECT _n FROM members"

    def join(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add the pairs of all groups within the limit to `found`."""
        window = self.block.window
        near = f"r.d - l.d BETWEEN {-window.before} AND {window.after}" if window else "TRUE"
        order = "l._n <> r._n" if self.directed else "l._n < r._n"
        connection.execute(
            f"""INSERT INTO found SELECT DISTINCT l._n, r._n FROM keys_l AS l
            JOIN groups AS g ON g.k = l.k AND g.pairs <= {self.block.most}
            JOIN keys_r AS r ON r.k = l.k WHERE {order} AND {near}"""
        )


def days(column: str) -> str:
    """The column that holds a day as a whole number, beside the day itself."""
    return f"{column}#days"
