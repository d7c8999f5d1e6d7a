"""Mappings of a workspace: how the own files of each sender are read, as mappings.toml holds them."""

import tomllib
from collections.abc import Mapping

from konvoi.intake.mapping import TableMapping, WrongMapping, as_json, as_toml, mapping_from_json, mapping_of
from konvoi.model.finding import Finding, Place, Severity

FILE = "mappings.toml"

_HEAD = "# How the own files of partners are read; konvoi map writes it (docs/how-to/map-a-file.md).\n\n"


def sender_mappings(text: str) -> tuple[dict[str, tuple[str, ...]], tuple[Finding, ...]]:
    """Return the mappings of each sender, each as JSON; a file that cannot be used is a finding."""
    if not text.strip():
        return {}, ()
    try:
        mappings = mapping_of(text)
        senders = [str(one.get("sender", "")) for one in tomllib.loads(text)["mapping"]]
    except WrongMapping as wrong:
        return {}, (
            Finding(
                Severity.ERROR,
                "mapping-broken",
                Place(FILE),
                str(wrong),
                expected="mappings as konvoi map writes them",
                remedy="Correct the file, or map the sender's files again; until then they are not read.",
            ),
        )
    found: dict[str, tuple[str, ...]] = {}
    for sender, mapping in zip(senders, mappings, strict=True):
        found[sender] = (*found.get(sender, ()), as_json(mapping))
    return found, ()


def with_mapping(known: Mapping[str, tuple[str, ...]], sender: str, mapping: TableMapping) -> str:
    """Return mappings.toml with a mapping of a sender; one of the same table and headings is replaced."""
    after: dict[str, list[TableMapping]] = {
        party: [mapping_from_json(one) for one in texts] for party, texts in sorted(known.items())
    }
    own = [one for one in after.get(sender, []) if not _same_shape(one, mapping)]
    after[sender] = [*own, mapping]
    return _HEAD + "\n".join(as_toml(mappings, sender=party) for party, mappings in sorted(after.items()))


def _same_shape(left: TableMapping, right: TableMapping) -> bool:
    """Return True if two mappings read the same table from files of one shape."""
    shapes = [(one.table, one.sheet, frozenset((*one.headings, *one.ignored))) for one in (left, right)]
    return shapes[0] == shapes[1]
