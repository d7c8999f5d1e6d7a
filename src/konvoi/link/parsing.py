"""Predicates as the engine parses them: trees of operands and operations."""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

Node = dict[str, Any]
NULL = ("OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL")
ROW = "record#"
"""The column that numbers records where one of them is asked alone."""


class Unfit(Exception):
    """A predicate that a program cannot answer as the engine does."""


def parsed(connection: duckdb.DuckDBPyConnection, predicate: str) -> Node:
    """The tree of a predicate over `l` and `r`."""
    (node,) = _tree(connection, f"SELECT ({predicate}\n)")["statements"][0]["node"]["select_list"]
    return dict(node)


def alone(connection: duckdb.DuckDBPyConnection, node: Node) -> str:
    """A query that asks a tree, which reads one record, of each of the table `records`: ROW and v."""
    tree = _tree(connection, f'SELECT "{ROW}", 1 FROM records AS l')
    tree["statements"][0]["node"]["select_list"][1] = _of_left(node) | {"alias": "v"}
    return _said(connection, "SELECT json_deserialize_sql(?)", json.dumps(tree))


def read(node: Any) -> Iterator[tuple[str, str]]:
    """Yield the columns that a tree reads, and their records. Unfit if it reads a part of a value."""
    if isinstance(node, dict):
        if node.get("class") == "COLUMN_REF":
            if len(node["column_names"]) != 2:
                raise Unfit(".".join(node["column_names"]))
            yield node["column_names"][0], node["column_names"][1]
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from read(child)


def light(node: Node) -> bool:
    """Return True if to ask it of each pair is less work than to keep its answers for all records."""
    inner = node["children"] if node["type"] in NULL else []
    if node.get("function_name") == "abs":
        inner = [one["expression"] for one in node["arguments"]]
    return any(one["class"] == "COLUMN_REF" for one in inner)


def _tree(connection: duckdb.DuckDBPyConnection, query: str) -> Node:
    tree: Node = json.loads(_said(connection, "SELECT json_serialize_sql(?)", query))
    if tree["error"]:
        raise Unfit(query)
    return tree


def _said(connection: duckdb.DuckDBPyConnection, query: str, text: str) -> str:
    """The one text that the engine answers."""
    return str(connection.execute(query, [text]).fetchall()[0][0])


def _of_left(node: Any) -> Any:
    """A tree that reads one record, as one that reads the left."""
    if isinstance(node, dict):
        turned = {key: _of_left(value) for key, value in node.items()}
        if node.get("class") == "COLUMN_REF":
            turned["column_names"] = ["l", node["column_names"][1]]
        return turned
    return [_of_left(child) for child in node] if isinstance(node, list) else node
