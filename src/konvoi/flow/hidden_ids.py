"""Ids of records that a reader may not see, by table: for documents of the coordination cell's plan."""

from collections.abc import Callable, Iterable, Mapping

from konvoi.flow.cut import shown_rows
from konvoi.flow.gathered import Gathered, Inputs
from konvoi.flow.readers import with_partnership
from konvoi.flow.view import View
from konvoi.model.document import Reading

Hidden = Mapping[str, frozenset[str]]

_KEYS = {
    "offers": "offer",
    "budgets": "budget",
    "needs": "need",
    "lanes": "lane",
    "sites": "site",
    "approvals": "approval",
    "parties": "party",
}
_LIMITS = {"capacities": "on", "closures": "on"}


def hidden_ids(gathered: Gathered) -> Callable[[str], Hidden]:
    """Return a function from a reader to the ids that are in no row which the reader may see.

    gathered: the coordination cell's. Of a limit that several rows state, one hidden row hides it.
    """
    inputs = gathered.inputs
    if inputs is None:
        raise ValueError("a view that was kept on disk holds no readings")
    known: dict[str, Hidden] = {}

    def hidden(reader: str) -> Hidden:
        if reader not in known:
            known[reader] = _hidden(inputs, reader)
        return known[reader]

    return hidden


def _hidden(inputs: Inputs, reader: str) -> Hidden:
    settings = inputs.work.settings
    view = with_partnership(View(inputs.work.view.as_of, reader), inputs.readings)
    shown = shown_rows(inputs.readings, view, settings)
    found = {
        name: frozenset(_values(inputs.readings, name, key)) - frozenset(_values(shown, name, key))
        for name, key in _KEYS.items()
    }
    for name, key in _LIMITS.items():
        seen = _values(shown, name, key)
        every = _values(inputs.readings, name, key)
        found[name] = frozenset(one for one in every if every.count(one) > seen.count(one))
    return {name: ids for name, ids in found.items() if ids}


def _values(readings: Iterable[Reading], name: str, column: str) -> list[str]:
    tables = [one.tables[name] for one in readings if name in one.tables]
    return [str(value) for rows in tables for value in rows[column].drop_nulls()]
