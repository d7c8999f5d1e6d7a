"""The inputs of single parties: the rows of a view that each may see, under their own row numbers."""

from dataclasses import dataclass, replace

from konvoi.flow.cut import detached, row_key
from konvoi.flow.gathered import Inputs
from konvoi.flow.readers import with_partnership
from konvoi.flow.view import View
from konvoi.flow.view_readings import Sources
from konvoi.model.document import Reading


@dataclass(frozen=True)
class PartyInputs:
    """The part of some inputs that one party may see.

    key: equal for parties that see the same rows, so that what is computed for one serves the others; empty
    where what was gathered of the inputs before the cut serves as it is.
    """

    inputs: Inputs
    key: str


def party_inputs(inputs: Inputs, party: str) -> PartyInputs:
    """Return the inputs cut to the view of a party.

    Row numbers stay those of the files, since a question names a cell of the party's own file.
    """
    view = with_partnership(View(inputs.work.view.as_of, party), inputs.readings)
    reader = inputs.work.view
    shown, key = _shown(inputs.sources, reader, view)
    aside, key_aside = _shown(inputs.sources_aside, reader, view)
    keys = key, key_aside
    # In rounds silence is acceptance for the coordination cell alone (konvoi.flow.agreements.drafts).
    silence = inputs.work.view.is_cell and any("rounds" in one.tables for one in inputs.readings)
    own = replace(inputs, readings=shown, aside=aside, work=replace(inputs.work, view=view, findings=()))
    return PartyInputs(own, "/".join(keys) if any(keys) or silence else "")


def _shown(sources: Sources, reader: View, party: View) -> tuple[tuple[Reading, ...], str]:
    """Return the rows that a party sees of a reader's view, and their key; empty for the reader's rows."""
    both = sources.shown(party) if reader.is_cell else sources.shown(reader, party)
    key = row_key(sources.readings, both)
    if not reader.is_cell and key == row_key(sources.readings, sources.shown(reader)):
        key = ""
    return tuple(both if reader.is_cell else detached(both, reader)), key
