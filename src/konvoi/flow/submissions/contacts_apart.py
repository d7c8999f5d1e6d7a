"""Contacts are put aside before a submission is stored: the record holds commitments in their place."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from konvoi.flow.contact_store import Contact, contacts, is_commitment, new_contact
from konvoi.flow.parse_documents import limits
from konvoi.flow.settings import Settings
from konvoi.flow.store_contract import Edit
from konvoi.gateways.sandbox import run
from konvoi.kit.digest import digest
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.sheet_names import table_of
from konvoi.report.submissions.contacts_apart import ContactCells, apart_of, found_of, packed

_FIND = "konvoi.report.submissions.contacts_apart:found_wire"
_CUT = "konvoi.report.submissions.contacts_apart:apart_wire"
_TABLE = "contacts"


@dataclass
class Apart:
    """Contacts of documents that are read for a workspace.

    active: False where the workspace is no instance of the web: its submissions stay as they came. fresh:
    contacts that were not known before, by the digest of their document. originals: digest of a document as
    it came, by that without contacts. left: texts of contacts that stand elsewhere in a document, by its
    digest.
    """

    folder: Path
    settings: Settings
    active: bool
    fresh: dict[str, list[Contact]] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    left: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def without_contacts(self, documents: Sequence[Document], party: str) -> list[Document]:
        """Return documents with commitments in the cells of their contacts."""
        if not self.active:
            return list(documents)
        known = list(contacts(self.folder).values())
        return [self._cut(one, party, known) if _may_hold(one) else one for one in documents]

    def _cut(self, document: Document, party: str, known: Sequence[Contact]) -> Document:
        answer = run(_FIND, document.content, limits(self.settings)).answer
        cells = found_of(answer) if answer else []
        if not cells:
            return document
        fresh: list[Contact] = []
        before = [*known, *(one for some in self.fresh.values() for one in some)]
        instead = [self._instead(one, party, before, fresh) for one in cells]
        answer = run(_CUT, packed(document.content, instead), limits(self.settings)).answer
        if answer is None:
            # It is refused once it is read, for its contacts stand in it.
            return document
        content, left = apart_of(answer)
        found = replace(document, content=content)
        self.originals[found.digest] = document.digest
        self.left[found.digest] = left
        self.fresh[found.digest] = fresh
        return found

    @staticmethod
    def _instead(
        cells: ContactCells, party: str, known: Sequence[Contact], fresh: list[Contact]
    ) -> ContactCells:
        if is_commitment(cells.name):
            return cells
        words = (party, cells.name, cells.function, cells.email)
        one = next((other for other in (*known, *fresh) if other.same_as(*words)), None)
        if one is None:
            one = new_contact(*words)
            fresh.append(one)
        # What is no address is told to the sender all the same.
        return ContactCells(cells.sheet, cells.row, one.id, "", one.address if "@" in cells.email else one.id)

    def contacts_of(self, edits: Sequence[Edit]) -> list[Contact]:
        """Return the contacts that are stored together with documents."""
        stored = {digest(one.content) for one in edits if one.content is not None}
        return [one for name, some in self.fresh.items() if name in stored for one in some]

    def checked(self, reading: Reading) -> Reading:
        """Return a reading; refused where contacts could not be put aside."""
        if not self.active or not any(map(_is_open, _names(reading))):
            return reading
        finding = Finding(
            Severity.ERROR,
            "contacts-not-apart",
            Place(reading.document, column="name"),
            expected="contacts that can be kept apart from the record",
            remedy="Save the file as .xlsx, .ods or .csv by the template, or leave the contacts out.",
        )
        return Reading(
            reading.document,
            reading.digest,
            reading.format,
            reading.party,
            findings=(*reading.findings, finding),
            refused=True,
            facts=reading.facts,
        )

    def told(self, reading: Reading) -> Reading:
        """Return a reading with findings on contacts that stand elsewhere in the document."""
        found = [
            Finding(
                Severity.WARNING,
                "contact-elsewhere",
                Place(reading.document, sheet),
                text,
                "names and addresses of contacts on the sheet of contacts alone; elsewhere they stay in the "
                "record",
                "Remove it there and submit the file again, if it is not meant to be stored.",
            )
            for text, sheet in self.left.get(reading.digest, ())
        ]
        return replace(reading, findings=(*reading.findings, *found)) if found else reading


def _may_hold(document: Document) -> bool:
    stem, ending = posixpath.splitext(posixpath.basename(document.name).lower())
    if ending == ".csv":
        table = table_of(stem)
        return table is not None and table.name == _TABLE
    return ending in (".xlsx", ".xlsm", ".ods")


def _names(reading: Reading) -> Iterator[str]:
    """Yield names and addresses of contacts as they were read, those of rows that are left out as well."""
    for rows in (reading.tables.get(_TABLE), reading.left_out.get(_TABLE)):
        for row in () if rows is None else rows.iter_rows(named=True):
            yield from (str(row[name]) for name in ("name", "email") if row.get(name))


def _is_open(text: str) -> bool:
    return not is_commitment(text)
