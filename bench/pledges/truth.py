"""What is true of records: which speak of the same, and in which relation those stand that do not."""

import numpy as np
import polars as pl
from bench.pledges.book import PARTY, ROLE, SUBTYPES, Book, Columns
from bench.pledges.chance import Flag, Whole

WITHIN = 90
NEAR = 45
LOOKALIKES = ("equal flow", "run of months", "joint package", "chance")


def same(node: Whole) -> tuple[Whole, Whole]:
    """Every two records of one node, by row."""
    order = np.argsort(node, kind="stable")
    ranked = node[order]
    most = int(np.bincount(node).max()) if len(node) else 0
    pairs = []
    for apart in range(1, most):
        first = np.flatnonzero(ranked[apart:] == ranked[:-apart])
        pairs.append((order[first], order[first + apart]))
    empty = np.zeros(0, dtype=np.int64)
    left, right = (
        (np.concatenate([empty, *side]) for side in zip(*pairs, strict=True)) if pairs else (empty, empty)
    )
    return np.minimum(left, right), np.maximum(left, right)


def versions(records: Columns) -> tuple[Whole, Whole]:
    """Each later version of an entry and each earlier one."""
    row = np.flatnonzero(records["entry"] >= 0)
    one, two = same(records["entry"][row])
    one, two = row[one], row[two]
    later = records["version"][one] > records["version"][two]
    return np.where(later, one, two), np.where(later, two, one)


def said_again(records: Columns) -> tuple[Whole, Whole]:
    """Each announcement said again, and the first one."""
    again = np.flatnonzero(records["role"] == ROLE["again"])
    first = np.full(int(records["node"].max()) + 1, -1, dtype=np.int64)
    row = np.flatnonzero(records["role"] == ROLE["announcement"])
    first[records["node"][row]] = row
    return again, first[records["node"][again]]


def across(edges: Columns, node: Whole) -> tuple[Whole, Whole, Whole]:
    """Every record of an edge's left node with every record of its right: edge, left row, right row."""
    order = np.argsort(node, kind="stable")
    size = np.bincount(node, minlength=int(max(edges["left"].max(), edges["right"].max())) + 1)
    start = np.cumsum(size) - size
    left, right = size[edges["left"]], size[edges["right"]]
    edge = np.repeat(np.arange(len(left)), left * right)
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(left * right) - left * right, left * right)
    wide = np.maximum(right[edge], 1)
    return (
        edge,
        order[start[edges["left"][edge]] + rank // wide],
        order[start[edges["right"][edge]] + rank % wide],
    )


def findable(records: Columns, left: Whole, right: Whole) -> Flag:
    """Whether two records share a reference, or name one implementer for one good within 90 days."""

    def column(name: str) -> tuple[Whole, Whole]:
        return records[name][left], records[name][right]

    (one, two), (scheme, other) = column("project"), column("scheme")
    reference = (one >= 0) & (one == two) & (scheme == other)
    named = records["related"][right]
    link = (named >= 0) & (named == records["activity"][left]) & (records["related_scheme"][right] == scheme)
    party = records["receiver"][left]
    common = (party >= PARTY) & ((party == records["receiver"][right]) | (party == records["giver"][right]))
    (day, later), (good, their) = column("day"), column("good")
    return np.asarray(reference | link | (common & (good == their) & (np.abs(later - day) <= WITHIN)))


def pairs(book: Book, records: Columns, edges: Columns) -> tuple[Columns, Flag]:
    """All true pairs by row, with their place in SUBTYPES; and for each edge whether it can be found."""
    edge, left, right = across(edges, records["node"])
    kind = edges["subtype"][edge]
    known = findable(records, left, right)
    found = np.zeros(len(edges["left"]), dtype=np.bool_)
    found[edge[known]] = True
    parts = [(*same(records["node"]), 0), (*versions(records), 1), (*said_again(records), 2)]
    columns = {
        "left": np.concatenate([*(part[0] for part in parts), left]),
        "right": np.concatenate([*(part[1] for part in parts), right]),
        "subtype": np.concatenate([*(np.full(len(part[0]), part[2]) for part in parts), kind]),
        "findable": np.concatenate(
            [*(np.ones(len(part[0]), dtype=np.int64) for part in parts), known.astype(np.int64)]
        ),
    }
    return columns, found


def lookalikes(book: Book, records: Columns) -> Columns:
    """First announcements of different undertakings that look alike: rows, and place in LOOKALIKES."""
    world = book.world
    first = np.full(len(world), -1, dtype=np.int64)
    row = np.flatnonzero(records["role"] == ROLE["announcement"])
    first[records["node"][row]] = row
    every = np.arange(len(world))
    twins = every[world.twin >= 0]
    found = [(twins, world.twin[twins]), _next(world.run, world.day), _next(world.joint, world.day)]
    order = np.lexsort((world.day, world.amount, world.programme))
    one, two = order[:-1], order[1:]
    near = (world.programme[one] == world.programme[two]) & (world.amount[one] == world.amount[two])
    near &= (world.day[two] - world.day[one] <= NEAR) & (
        (world.run[one] < 0) | (world.run[one] != world.run[two])
    )
    near &= (world.twin[one] != two) & (world.twin[two] != one)
    found.append((one[near], two[near]))
    left = first[np.concatenate([pair[0] for pair in found])]
    right = first[np.concatenate([pair[1] for pair in found])]
    kind = np.concatenate([np.full(len(pair[0]), i) for i, pair in enumerate(found)])
    kept = (left >= 0) & (right >= 0)
    return {"left": left[kept], "right": right[kept], "kind": kind[kept]}


def _next(group: Whole, day: Whole) -> tuple[Whole, Whole]:
    """Each member of a group and the next by day."""
    order = np.lexsort((day, group))
    one, two = order[:-1], order[1:]
    kept = (group[one] >= 0) & (group[one] == group[two])
    return one[kept], two[kept]


def named_subtypes() -> tuple[list[str], list[str]]:
    """Relations and subtypes by place."""
    return [relation for relation, _ in SUBTYPES], [subtype for _, subtype in SUBTYPES]


def priced(book: Book, records: Columns, edges: Columns) -> Flag:
    """Undertakings of which some record, or a part, says a sum."""
    n = len(book.world)
    known = np.zeros(book.nodes, dtype=np.bool_)
    known[records["node"][records["amount"] > 0]] = True
    part = np.isin(
        edges["subtype"], [i for i, (_, name) in enumerate(SUBTYPES) if name in ("payment", "child")]
    )
    known[edges["right"][part]] = True
    return known[:n]


def totals(book: Book, records: Columns, edges: Columns, institution: int) -> pl.DataFrame:
    """Euro cents by partner number and year, each undertaking once.

    What is replaced counts nothing; what no record prices is told apart; the part of a participant that
    hands in nothing is the institution's that announced the whole.
    """
    world = book.world
    reported = np.zeros(len(world), dtype=np.bool_)
    own = records["node"] < len(world)
    reported[records["node"][own]] = True
    gone = np.zeros(len(world), dtype=np.bool_)
    gone[world.replaces[world.replaces >= 0]] = True
    partner = np.where((world.joint >= 0) & ~reported, institution, world.partner)
    year = world.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    known = priced(book, records, edges) | (world.joint >= 0)
    frame = pl.DataFrame(
        {"partner": partner, "year": year, "cents": np.where(gone | ~known, 0, world.eur),
         "counted": ~gone & known, "replaced": gone, "unpriced": ~gone & ~known}
    )  # fmt: skip
    return (
        frame.group_by("partner", "year")
        .agg(pl.col("cents").sum(), pl.col("counted", "replaced", "unpriced").sum())
        .sort("partner", "year")
    )
