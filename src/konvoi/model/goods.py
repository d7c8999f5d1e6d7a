"""The hierarchy of goods: column `family` of the table goods, and of the table families of other formats."""

from collections.abc import Mapping

import polars as pl

FAMILIES = pl.Schema({"good": pl.String(), "family": pl.String()})
"""Parents of goods in formats without a table goods: one row for each good and its parent."""


def parents(tables: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Return the parent of each good that names one; the table goods goes before other formats.

    A good that is its own parent, directly or through others, keeps the parents named: `cycle` finds them.
    """
    found: dict[str, str] = {}
    for name in ("families", "goods"):
        rows = tables.get(name)
        if rows is not None and {"good", "family"} <= set(rows.columns):
            found |= dict(rows.select("good", "family").drop_nulls().sort("good", "family").iter_rows())
    return found


def descendants(tables: Mapping[str, pl.DataFrame], good: str) -> frozenset[str]:
    """Return a good and all goods below it.

    >>> rows = pl.DataFrame({"good": ["mlrs-227mm", "mlrs-122mm"], "family": ["mlrs", None]})
    >>> sorted(descendants({"goods": rows}, "mlrs"))
    ['mlrs', 'mlrs-227mm']
    """
    below: dict[str, list[str]] = {}
    for child, parent in parents(tables).items():
        below.setdefault(parent, []).append(child)
    found: set[str] = set()
    waiting = [good]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += below.get(one, [])
    return frozenset(found)


def cycle(parent: Mapping[str, str], good: str) -> tuple[str, ...]:
    """Return the goods through which a good is its own ancestor, in order; empty if it is not.

    >>> cycle({"a": "b", "b": "a"}, "a"), cycle({"a": "b", "b": "c", "c": "b"}, "a"), cycle({"a": "a"}, "a")
    (('a', 'b'), (), ('a',))
    """
    path = [good]
    while (above := parent.get(path[-1])) is not None and above not in path:
        path.append(above)
    return tuple(path) if above == good else ()
