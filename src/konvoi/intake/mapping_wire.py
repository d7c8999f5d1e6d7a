"""Proposals of mappings as bytes and back: what runs in the child process that opens a stranger's file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from konvoi.intake.batch import packed_batch, unpacked_batch
from konvoi.intake.mapped import mapped_table
from konvoi.intake.mapping import TableMapping, WrongMapping, as_json, mapping_from_json
from konvoi.intake.mapping_proposal import Proposal, propose, shown_by
from konvoi.intake.table_text import NotAText, understood, written
from konvoi.intake.wire import unpacked_document
from konvoi.kit.text import shown
from konvoi.model.document import Document


def packed_question(
    document: Document,
    *,
    table: str = "",
    sheet: str = "",
    given: Mapping[str, str] | None = None,
    mappings: Sequence[TableMapping] = (),
) -> bytes:
    """A document, and what is asked about it, as bytes. mappings: to be tried instead of a proposal."""
    asked = {
        "table": table,
        "sheet": sheet,
        "given": dict(given or {}),
        "mappings": [*map(as_json, mappings)],
    }
    return packed_batch([document, Document("asked", json.dumps(asked).encode())])


def propose_wire(sent: bytes) -> bytes:
    """Propose a mapping for a packed document: what runs in the child process."""
    document, question = (unpacked_document(part) for part in unpacked_batch(sent, 2) or [])
    asked = json.loads(question.content)
    if asked["mappings"]:
        found = _tried(document, [*map(mapping_from_json, asked["mappings"])])
    else:
        found = propose(document, table=asked["table"], sheet=asked["sheet"], given=asked["given"])
    return written(None if found is None else _packed(found))


def _packed(found: Proposal) -> dict[str, object]:
    return {
        "mapping": as_json(found.mapping),
        "sheets": list(found.sheets),
        "head": list(found.head),
        "rows": found.rows,
        "names": list(found.names),
        "sample": [list(row) for row in found.sample],
        "others": [_packed(one) for one in found.others],
    }


def _tried(document: Document, mappings: Sequence[TableMapping]) -> Proposal | None:
    """Return mappings with the rows that they read; None where a heading of one of them is missing."""
    tried = []
    for mapping in mappings:
        source = mapped_table(document, mapping)
        found = source.headed(mapping.headings) if source else None
        if source is None or found is None:
            return None
        tried.append(shown_by(mapping, source, *found, (source.name,)))
    return replace(tried[0], others=tuple(tried[1:]))


def unpacked_proposal(answer: bytes) -> Proposal | None:
    """The proposal that came back; None where there is none, or it cannot be understood."""
    try:
        said = understood(answer)
        return _unpacked(said) if isinstance(said, dict) else None
    except (NotAText, WrongMapping, KeyError, TypeError, ValueError):
        return None


def _unpacked(said: Any) -> Proposal:
    return Proposal(
        mapping_from_json(str(said["mapping"])),
        tuple(shown(str(one)) for one in said["sheets"]),
        tuple(shown(str(one)) for one in said["head"]),
        int(said["rows"]),
        tuple(map(str, said["names"])),
        tuple(tuple(shown(str(text)) for text in row) for row in said["sample"]),
        tuple(_unpacked(one) for one in said["others"]),
    )
