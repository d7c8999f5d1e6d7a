"""Proposals of mappings as bytes and back: what runs in the child process that opens a stranger's file."""

import json
from collections.abc import Mapping

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
    mapping: TableMapping | None = None,
) -> bytes:
    """A document, and what is asked about it, as bytes. mapping: to be tried instead of a proposal."""
    asked = {"table": table, "sheet": sheet, "given": dict(given or {})}
    if mapping is not None:
        asked["mapping"] = as_json(mapping)
    return packed_batch([document, Document("asked", json.dumps(asked).encode())])


def propose_wire(sent: bytes) -> bytes:
    """Propose a mapping for a packed document: what runs in the child process."""
    document, question = (unpacked_document(part) for part in unpacked_batch(sent, 2) or [])
    asked = json.loads(question.content)
    if "mapping" in asked:
        found = _tried(document, mapping_from_json(asked["mapping"]))
    else:
        found = propose(document, table=asked["table"], sheet=asked["sheet"], given=asked["given"])
    if found is None:
        return written(None)
    return written(
        {
            "mapping": as_json(found.mapping),
            "sheets": list(found.sheets),
            "head": list(found.head),
            "rows": found.rows,
            "names": list(found.names),
            "sample": [list(row) for row in found.sample],
        }
    )


def _tried(document: Document, mapping: TableMapping) -> Proposal | None:
    source = mapped_table(document, mapping)
    found = source.headed(mapping.headings) if source else None
    return shown_by(mapping, source, *found, (source.name,)) if source and found else None


def unpacked_proposal(answer: bytes) -> Proposal | None:
    """The proposal that came back; None where there is none, or it cannot be understood."""
    try:
        said = understood(answer)
        if not isinstance(said, dict):
            return None
        return Proposal(
            mapping_from_json(str(said["mapping"])),
            tuple(shown(str(one)) for one in said["sheets"]),
            tuple(shown(str(one)) for one in said["head"]),
            int(said["rows"]),
            tuple(map(str, said["names"])),
            tuple(tuple(shown(str(text)) for text in row) for row in said["sample"]),
        )
    except (NotAText, WrongMapping, KeyError, TypeError, ValueError):
        return None
