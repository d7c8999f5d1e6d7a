"""Names mentioned in a document of our own tables: each once, at its first place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from konvoi.intake.cell import as_read
from konvoi.model.document import Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.table import Column
from konvoi.model.tables import BY_NAME


@dataclass(frozen=True)
class Mention:
    """A name, and the first cell in which a document has it."""

    name: str
    place: Place

    def told(self, severity: Severity, code: str, expected: str, remedy: str, meant: str = "") -> Finding:
        """Return the finding that the name is unknown; meant: the name that may be meant."""
        words = "Did you mean {meant}?" if meant else remedy
        return Finding(
            severity, code, self.place, as_read(self.name), expected, words, {"meant": meant} if meant else {}
        )


def mentions(reading: Reading, of: Callable[[str, Column], bool]) -> Iterator[Mention]:
    """The names in the columns that `of` picks, by a table's name and its column, in the order of the sheets.

    Nothing is mentioned in other formats: what they name are their own lists.
    """
    if not reading.format.startswith("konvoi"):
        return
    heard: set[str] = set()
    for table in sorted(reading.tables.keys() & BY_NAME.keys()):
        for column in BY_NAME[table].columns:
            if of(table, column):
                rows = reading.tables[table]
                # Most columns of most documents are empty, and a filter takes longer than this.
                if rows[column.name].null_count() == rows.height:
                    continue
                told = (rows[one].to_list() for one in (column.name, "_file", "_sheet", "_row"))
                for name, file, sheet, row in zip(*told, strict=True):
                    if name is not None and name not in heard:
                        heard.add(name)
                        yield Mention(str(name), Place(file, sheet, row, column.name))
