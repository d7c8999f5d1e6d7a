"""The facts of a project that principles are read from, by their paths."""

from collections.abc import Iterator

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, objects
from konvoi.model.oc4ids import FACTS, LISTS, PROCESS, PROJECT_FACTS

Row = dict[str, object]


def facts_of(project: Object, reference: str, origin: Row) -> Iterator[Row]:
    """One row (PROJECT_FACTS) for each fact that stands in a project, in its own order."""
    empty: Row = dict.fromkeys(PROJECT_FACTS)
    for path in FACTS:
        for found in _at(project, path.split("/"), ""):
            yield {**empty, "project": reference, "path": path, **found, **origin}


def _at(value: Object, path: list[str], before: str) -> Iterator[Row]:
    """Yield the values at the end of a path, in each member of the lists on it."""
    name, *rest = path
    here = f"{before}/{name}".lstrip("/")
    if not rest:
        written = plain(value.get(name))
        if written:
            yield {"value": written, **({"currency": plain(value.get("currency"))} if _sum(name) else {})}
    elif here in LISTS:
        column = "process" if here == PROCESS else "item"
        for at, one in enumerate(objects(value, name), start=1):
            for found in _at(one, rest, here):
                yield {**found, column: plain(one.get("id")) or str(at)}
    else:
        inner = value.get(name)
        if isinstance(inner, dict):
            yield from _at(inner, rest, here)


def _sum(name: str) -> bool:
    return name == "amount"
