"""The inputs of single parties: the rows of a view that each may see, under their own row numbers."""

from dataclasses import dataclass, replace

from konvoi.flow.cut import row_key, shown_rows, with_partnership
from konvoi.flow.gathered import Inputs
from konvoi.flow.view import View


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
    work = replace(inputs.work, view=view, findings=())
    shown = tuple(shown_rows(inputs.readings, view, work.settings))
    aside = tuple(shown_rows(inputs.aside, view, work.settings))
    keys = row_key(inputs.readings, shown), row_key(inputs.aside, aside)
    # In rounds silence is acceptance for the coordination cell alone (konvoi.flow.agreements.drafts).
    silence = inputs.work.view.is_cell and any("rounds" in one.tables for one in inputs.readings)
    return PartyInputs(Inputs(shown, aside, work), "/".join(keys) if any(keys) or silence else "")
