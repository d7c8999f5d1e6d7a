"""Organisation files of the International Aid Transparency Initiative, versions 2.01 to 2.03 (XML)."""

import io

from konvoi.intake.format import refused
from konvoi.intake.formats.iati import starts_with, version_known
from konvoi.intake.iati.batch import Frames, Work, spot
from konvoi.intake.iati.organisation_file import organisation_record
from konvoi.intake.iati.stream import ROOTS, Head, Refusal, records
from konvoi.intake.iati.validation import BY_DEFAULT, Validation
from konvoi.model.document import Document, Reading

_ROOT = "iati-organisations"
_TABLES = ("iati_organisation_budgets", "iati_documents", "parties")


class IatiOrganisations:
    """One file of organisations."""

    name = "iati-organisations"

    def recognises(self, document: Document) -> bool:
        """XML that soon names the element iati-organisations."""
        return starts_with(document.content, _ROOT)

    def read(self, document: Document) -> Reading:
        """Read budgets and documents into tables; a budget is an intention and becomes no entry."""
        work = Work(document, Head(document.name, "", "", 0))
        try:
            frames = _whole(work)
        except Refusal as refusal:
            return refused(document, refusal.finding, format=self.name)
        tables = {name: frames.tables[name] for name in _TABLES}
        return Reading(
            document=document.name,
            digest=document.digest,
            format=self.name,
            party=document.party,
            tables=tables,
            findings=tuple(
                sorted(frames.findings, key=lambda one: (one.place.row, one.place, one.code, one.read))
            ),
            facts={
                "version": work.head.version,
                "organisations": str(work.seen.total()),
                "budgets": str(tables["iati_organisation_budgets"].height),
                "documents": str(tables["iati_documents"].height),
            },
        )


IATI_ORGANISATIONS = IatiOrganisations()


def _whole(work: Work) -> Frames:
    checks: Validation | None = None
    number = 0
    for head, element in records(io.BytesIO(work.document.content), work.document.name, _ROOT):
        if element is None:
            work.head = head
            version_known(work)
            checks = Validation(work) if len(work.document.content) < BY_DEFAULT else None
            continue
        if checks:
            checks.record(element, spot(element, f"{ROOTS[_ROOT]}[{number + 1}]"))
        if element.tag == ROOTS[_ROOT]:
            number += 1
            organisation_record(element, work, number)
    if checks:
        checks.close(number)
    return work.flush(last=True)
