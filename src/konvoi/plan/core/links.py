"""Rows for needs useful only in full: one takes no more of a limit than all of it, times the part met.

A mix meets a need in part, and then from the nearest sources and by the emptiest ways alone. A plan sends
nothing to it, or all that is asked, and never more of a limit than there is; so the rows hold for every plan.
"""

from typing import NamedTuple

import numpy as np

from konvoi.plan.core.pool import Matrix
from konvoi.plan.links import Links
from konvoi.plan.net import Floats, Ints

_OVER = 1e-4
_LEAST = 1e-9


class Taken(NamedTuple):
    """Use of rows by one unit of consignments, entry by entry; need: of each consignment, -1 of kits.

    share: part of its need that a unit of each consignment meets. bounds: of all rows.
    """

    column: Ints
    matrix: Matrix
    need: Ints
    share: Floats
    bounds: Floats


def taken_of(matrix: Matrix, need: Ints, share: Floats, bounds: Floats) -> Taken:
    """Return the entries of a matrix with the need of each consignment."""
    column = np.repeat(np.arange(len(matrix.first) - 1), np.diff(matrix.first))
    return Taken(column, matrix, need, share, bounds)


def entries(links: Links, taken: Taken) -> tuple[Ints, Ints, Floats]:
    """Return the entries of the links: consignment, link, and what a unit adds to its left side.

    The left side is the part of the limit that a need takes, less the part of the need that is met.
    """
    size = len(taken.bounds)
    keys = links.need * size + links.row
    asked = taken.need[taken.column] * size + taken.matrix.row
    place = np.minimum(np.searchsorted(keys, asked), max(0, len(keys) - 1))
    known = np.flatnonzero(keys[place] == asked) if len(keys) else np.zeros(0, np.int64)
    part = taken.matrix.amount[known] / taken.bounds[taken.matrix.row[known]]
    first = np.searchsorted(links.need, taken.need)
    many = np.searchsorted(links.need, taken.need, side="right") - first
    column = np.repeat(np.arange(len(many)), many)
    link = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(first, many)
    return (
        np.concatenate([taken.column[known], column]),
        np.concatenate([place[known], link]),
        np.concatenate([part, -taken.share[column]]),
    )


def broken(links: Links, taken: Taken, amounts: Floats, only: Ints) -> Links:
    """Return the links with those that a mix breaks as well, the new ones without a price.

    only: numbers of the needs useful only in full.
    """
    size = len(taken.bounds)
    met = np.bincount(np.maximum(taken.need, 0), taken.share * amounts * (taken.need >= 0))
    open_ = only[only < len(met)]
    open_ = open_[(met[open_] > _OVER) & (met[open_] < 1 - _OVER)]
    mine = np.flatnonzero(np.isin(taken.need[taken.column], open_))
    keys, place = np.unique(
        taken.need[taken.column[mine]] * size + taken.matrix.row[mine], return_inverse=True
    )
    used = np.bincount(place, taken.matrix.amount[mine] * amounts[taken.column[mine]], minlength=len(keys))
    most = taken.bounds[keys % size]
    over = (most > 0) & (used > most * met[keys // size] * (1 + _OVER) + _LEAST)
    old = links.need * size + links.row
    both = np.union1d(old, keys[over])
    price = np.zeros(len(both))
    price[np.searchsorted(both, old)] = links.price
    return Links(both // size, both % size, price)


def blended(links: Links, center: Links, share: float) -> Links:
    """Return the links at prices between theirs and, with a share, those of a center that has fewer."""
    price = (1 - share) * links.price
    for need in np.unique(center.need).tolist():
        rows, prices = center.at(need)
        mine = np.flatnonzero(links.need == need)
        price[mine[np.searchsorted(links.row[mine], rows)]] += share * prices
    return Links(links.need, links.row, price)
