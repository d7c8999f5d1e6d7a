"""DuckDB in memory: no extension is fetched, nothing is written, one total order."""

import duckdb
import polars as pl


def connect(*, memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A fresh connection that reaches neither network nor disk."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # Without a folder of its own DuckDB would spill into the one the user stands in.
            "temp_directory": "",
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
