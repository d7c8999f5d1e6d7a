"""DuckDB in memory: no extension is fetched, nothing is written but what spills into a named folder."""

import duckdb
import polars as pl


def connect(*, memory: str, threads: int, spill: str = "") -> duckdb.DuckDBPyConnection:
    """A fresh connection that reaches no network, and no disk but the folder `spill`, if one is named."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # Left to itself DuckDB would spill into the folder the user stands in.
            "temp_directory": spill,
            "memory_limit": memory,
            "threads": threads,
            "preserve_insertion_order": False,
        },
    )
    connection.execute("SET enable_external_access = false")
    # Left to itself the planner may join the two sides on a column such as `kind` before their pairs.
    connection.execute("SET disabled_optimizers = 'join_order'")
    return connection


def frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """All rows of a query; fetched at once, because an open result blocks the next statement."""
    return pl.DataFrame(connection.sql(query).to_arrow_table())


def name(column: str) -> str:
    """A column's name as SQL takes it.

    >>> name('a "b"')
    '"a ""b\"""'
    """
    return '"' + column.replace('"', '""') + '"'
