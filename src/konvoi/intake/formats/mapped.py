"""A partner's own file, of any shape, read by the mapping that is kept for its sender."""

from konvoi.intake.mapped import NAME, mapped_table, read_mapped
from konvoi.intake.mapping import TableMapping, mapping_from_json
from konvoi.model.document import Document, Reading


class Mapped:
    """A partner's own file, of any shape, read by the mapping that is kept for its sender."""

    name = NAME

    def recognises(self, document: Document) -> bool:
        """Return True if the file has every heading of a mapping of its sender."""
        return bool(_fitting(document))

    def read(self, document: Document) -> Reading:
        """Read the tables that mappings fit; every other column is told."""
        return read_mapped(document, _fitting(document))


def _fitting(document: Document) -> tuple[TableMapping, ...]:
    mappings = map(mapping_from_json, document.mappings)
    return tuple(one for one in mappings if mapped_table(document, one) is not None)


MAPPED = Mapped()
