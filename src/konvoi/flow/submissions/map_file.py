"""Mapping of a partner's own file: proposed, tried, and kept for the sender."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from konvoi.flow.parse_documents import limits
from konvoi.flow.receipts import Action, Kind
from konvoi.flow.sender_mappings import FILE, sender_mappings, with_mapping
from konvoi.flow.settings import Settings
from konvoi.flow.store import Edit, store
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.gateways.sandbox import run
from konvoi.intake.mapping import TableMapping, WrongMapping, as_toml, mapping_of
from konvoi.intake.mapping_proposal import Proposal
from konvoi.intake.mapping_wire import packed_question, unpacked_proposal
from konvoi.model.document import Document

_PROPOSER = "konvoi.intake.mapping_wire:propose_wire"


def proposed_mapping(
    path: Path, *, table: str = "", sheet: str = "", given: Mapping[str, str] | None = None
) -> Proposal:
    """Return the mappings that are proposed for a file; Refused where it holds no table with headings."""
    answer = _asked(packed_question(_document(path), table=table, sheet=sheet, given=given), path)
    found = unpacked_proposal(answer)
    if found is None:
        raise Refused(f"{path.name}: no table with headings that mean a column of ours; name it with --table")
    return found


def tried_mappings(path: Path, mappings: Sequence[TableMapping]) -> Proposal:
    """Return mappings with the first rows that they read of a file; Refused where a heading is missing."""
    found = unpacked_proposal(_asked(packed_question(_document(path), mappings=mappings), path))
    if found is None:
        headings = dict.fromkeys(heading for mapping in mappings for heading in mapping.headings)
        raise Refused(f"{path.name}: not every heading of the mapping is there: {', '.join(headings)}")
    return found


def mapping_file(path: Path) -> tuple[TableMapping, ...]:
    """Return the mappings of a mapping.toml, one for each table that a file fills."""
    try:
        return mapping_of(files.text(path) or "")
    except WrongMapping as wrong:
        raise Refused(f"{path}: {wrong}") from wrong


def keep_mappings(folder: Path, party: str, mappings: Sequence[TableMapping], *, at: str = "") -> None:
    """Keep mappings for the files of a sender; Refused while required columns are open."""
    if still := dict.fromkeys(name for mapping in mappings for name in mapping.open()):
        raise Refused(f"not kept; still to be stated: {', '.join(still)}")
    kept = store(folder)
    with kept.writing():
        known, wrong = sender_mappings(kept.text(FILE) or "")
        if wrong:
            raise Refused(f"{FILE}: {wrong[0].read}; correct it first")
        for mapping in mappings:
            text = with_mapping(known, party, mapping)
            known, _ = sender_mappings(text)
        kept.commit(Action(Kind.SETTINGS, (), "", at), [Edit(FILE, text.encode())])


def mapping_text(mappings: Sequence[TableMapping]) -> str:
    """Return mappings as mapping.toml for people to edit."""
    return as_toml(mappings)


def _document(path: Path) -> Document:
    documents = files.documents([path])
    if len(documents) != 1:
        raise Refused(f"{path}: name one file")
    return documents[0]


def _asked(question: bytes, path: Path) -> bytes:
    outcome = run(_PROPOSER, question, limits(Settings()))
    if outcome.answer is None:
        raise Refused(f"{path.name}: {outcome.why or 'it cannot be read'}")
    return outcome.answer
