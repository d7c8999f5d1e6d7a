"""The list of all pairs that a viewer may see, for programs."""

from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import NotReady
from konvoi.web.matching.queries import desk_of


def rows(viewer: Viewer) -> list[Row]:
    """Return the pairs as rows, in the order of the queue: the weightiest first."""
    desk = desk_of(viewer)
    if desk is None:
        raise NotReady
    sides = [f"{side}_{name}" for side in ("left", "right") for name in ("party", "reference", "text")]
    return [
        {
            "rank": rank,
            **{name: one[name] for name in ("pair", "relation", "queue", *sides)},
            "state": one["state"],
        }
        for rank, one in enumerate(desk.states.iter_rows(named=True), 1)
    ]


PAIRS = ListQuery(
    name="pairs",
    title="Matching",
    table=rows,
    columns=(
        Column("rank", Kind.NUMBER),
        Column("pair"),
        Column("relation", Kind.CHOICE),
        Column("state", Kind.WORDS),
        Column("queue", Kind.CHOICE),
        *(
            Column(f"{side}_{name}", kind)
            for side in ("left", "right")
            for name, kind in (("party", Kind.PARTY), ("reference", Kind.TEXT), ("text", Kind.TEXT))
        ),
    ),
    filters=(
        Filter("state"),
        Filter("relation"),
        Filter("queue"),
        Filter("left_party", Kind.PARTY),
        Filter("right_party", Kind.PARTY),
    ),
    sorts=("rank", "relation", "state"),
    order=("rank",),
    key="pair",
    day=False,
    empty="No pair waits for you.",
)
