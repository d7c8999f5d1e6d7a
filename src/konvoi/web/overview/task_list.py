"""The list of all tasks of the viewer."""

from konvoi.web.access.roles import Right
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.overview.tasks import tasks


def rows(viewer: Viewer) -> list[Row]:
    """Return the tasks of a viewer as rows, those of the instance first."""
    return [
        {
            "what": one.what,
            "who": one.who,
            "by": one.by,
            "overdue": one.overdue,
            "consequence": one.consequence,
            "address": one.address,
        }
        for one in tasks(viewer, view(viewer))
    ]


TASKS = ListQuery(
    name="tasks",
    title="For me",
    table=rows,
    columns=(
        Column("what", title="What"),
        Column("who", title="Who"),
        Column("by", Kind.DAY, title="By when"),
        Column("overdue", Kind.YES, title="Overdue"),
        Column("consequence", title="If not done"),
    ),
    filters=(
        Filter("what", Kind.TEXT),
        Filter("by", Kind.DAY),
        Filter("overdue", Kind.YES),
    ),
    sorts=("what", "who", "by"),
    key="what",
    right=Right.SIGNED_IN,
    links={"what": lambda row: str(row["address"])},
    calendar="by",
    empty="Nothing waits for you.",
)
