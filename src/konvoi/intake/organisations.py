"""Organisations of the Open Contracting standards: which party each is."""

from collections.abc import Sequence

from konvoi.intake.json_text import plain
from konvoi.intake.members import Object, text
from konvoi.model.party import party_id

Row = dict[str, object]


def party_of(named: Object, listed: Sequence[Object], *, kind: str, parties: list[Row], file: str) -> str:
    """The party that an organisation is: one known by name, else its registered number, else its own id.

    named: a reference, whose whole stands among `listed`. A registered organisation gains a row of `parties`
    as one of a kind. Empty where it has neither name nor id.
    """
    id = plain(named.get("id")) or ""
    name = plain(named.get("name")) or ""
    whole = next((one for one in listed if plain(one.get("id")) == id and id), named)
    name = plain(whole.get("name")) or name
    if known := party_id(name):
        return known
    scheme = text(whole, "identifier", "scheme")
    number = text(whole, "identifier", "id")
    if not scheme or not number:
        return id or name
    party = f"{scheme}:{number}"
    if all(row["party"] != party for row in parties):
        parties.append({"party": party, "name": name or party, "kind": kind, "_file": file})
    return party
