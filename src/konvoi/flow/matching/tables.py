"""The tables of the subject matching."""

from konvoi.flow.column_types import TEXT
from konvoi.flow.declare import Column, Derived, Scope
from konvoi.model.entries import RELATIONS as SCHEMA

_RELATION = {
    "left": "First entry; of a directed relation the one that acts",
    "right": "Second entry",
    "relation": "Relation: same_as, restates, part_of, passes_through, reimburses, contracts_for, serves",
    "subtype": "Subtype, such as FTS parent and child",
    "probability": "Match probability",
    "status": "Accepted, undecided or rejected",
    "basis": "Structure, reference, person or probability",
    "evidence": "Comparisons and their answers, as JSON",
}

_COLUMNS = tuple(
    Column(name, dtype, _RELATION[name], "entries" if name in ("left", "right") else "")
    for name, dtype in SCHEMA.items()
)

RELATIONS = Derived("relations", "Relations between entries", _COLUMNS, Scope.READER)
APPROXIMATIONS = Derived(
    "approximations",
    "Entries whose quantity or amount is stated approximately",
    (
        Column("entry", TEXT, "Entry", refers="entries"),
        Column("bound", TEXT, "At least, at most or about"),
    ),
    Scope.READER,
)

TABLES = (RELATIONS, APPROXIMATIONS)
"""All tables of this subject."""
