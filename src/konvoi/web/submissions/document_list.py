"""The list of all stored documents that the viewer may see to the file."""

from django.urls import reverse

from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.submissions.queries import documents


def rows(viewer: Viewer) -> list[Row]:
    """Return the documents as rows, by name."""
    return [
        {
            "document": one.id,
            "file": one.file,
            "party": one.party,
            "day": one.day,
            "marking": one.marking,
            "rows": one.rows,
            "errors": None if one.in_force is None else one.findings.get("error", 0),
            "warnings": None if one.in_force is None else one.findings.get("warning", 0),
            "state": one.state,
        }
        for one in documents(viewer)
    ]


DOCUMENTS = ListQuery(
    name="documents",
    title="Stored documents",
    table=rows,
    columns=(
        Column("file", title="Document"),
        Column("party", Kind.PARTY, title="Party"),
        Column("day", Kind.DAY, title="Day"),
        Column("marking", Kind.CHOICE, title="Marking"),
        Column("rows", Kind.NUMBER, title="Rows"),
        Column("errors", Kind.NUMBER, title="Errors"),
        Column("warnings", Kind.NUMBER, title="Warnings"),
        Column("state", Kind.WORDS, title="State"),
        Column("document", title="Identifier", more=True),
    ),
    filters=(
        Filter("party", Kind.PARTY),
        Filter("state"),
        Filter("file", Kind.TEXT),
        Filter("day", Kind.DAY),
        Filter("errors", Kind.NUMBER),
    ),
    sorts=("file", "party", "day", "rows", "errors", "warnings"),
    order=("party", "file"),
    key="file",
    links={"file": lambda row: reverse("document", kwargs={"document": row["document"]})},
    day=False,
    empty="No submissions yet.",
)
