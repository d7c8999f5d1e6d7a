"""The workbook of questions that came back with answers: one row for each question, its number kept."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from konvoi.intake import markup
from konvoi.intake.answers import Told, answer_of, frame
from konvoi.intake.cell import as_read, text_of, unknown
from konvoi.intake.container import BROKEN, part
from konvoi.intake.konvoi import Head, head_of
from konvoi.intake.sheet import Row, Sheet, coordinates, letters
from konvoi.intake.workbook import workbook_names, workbook_sheets
from konvoi.intake.worksheet import WORKBOOK, listing, paths
from konvoi.kit.text import fold, shown
from konvoi.model.answers import ANSWERS, NOT_READ, SHEET
from konvoi.model.document import Document, Reading
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.naming import columns_by_name, meanings

_HEAD_WITHIN = 10
_MUST = ("question", "answer", "form")
# Without these the subject of a row is unknown; without the answer its remark is still read.
_TOLD_BY = frozenset({"question", "form"})


class KonvoiAnswers:
    """The workbook of questions that came back with answers: one row for each question, its number kept."""

    name = "konvoi-answers"

    def recognises(self, document: Document) -> bool:
        """Return True if a sheet is called Questions, in any language."""
        return any(_is_questions(name) for name in workbook_names(document))

    def read(self, document: Document) -> Reading:
        """Read the head and every answered row; rows may be moved, left out, or come from another version."""
        book = workbook_sheets(document)
        name = next((one for one in book.by_name if _is_questions(one)), "")
        if book.refused or not name:
            return self._reading(document, Head(), Told(document.name, name), (), book.findings, refused=True)
        head = next((sheet for one, sheet in book.by_name.items() if fold(one) == "konvoi"), None)
        said = head_of(document, head.name, head.rows, {}) if head else Head()
        other = said.texts.get("party", "")
        if document.party and other not in {"", document.party}:
            alone = (_of_another(document, other),)
            return self._reading(document, said, Told(document.name, name), (), alone, refused=True)
        told = Told(document.name, name, said.day)
        told.findings += [*book.findings, *said.findings, *_oddities(document, name)]
        rows = list(_answers(book[name], told))
        return self._reading(document, said, told, rows, (), refused=False)

    def _reading(
        self,
        document: Document,
        head: Head,
        told: Told,
        rows: Sequence[dict[str, object]],
        more: Sequence[Finding],
        *,
        refused: bool,
    ) -> Reading:
        return Reading(
            document=document.name,
            digest=document.digest,
            format=self.name,
            party=document.party or head.texts.get("party", ""),
            tables={} if refused else {"answers": frame(iter(rows))},
            findings=(*more, *told.findings),
            refused=refused,
            facts={
                **head.texts,
                "marking": head.texts.get("marking") or document.marking,
                "rows": str(len(rows)),
            },
        )


def _is_questions(name: str) -> bool:
    return fold(name) in meanings("table", (SHEET,))


def _answers(sheet: Sheet, told: Told) -> Iterator[dict[str, object]]:
    """Yield the answered rows; without the columns that identify the question there are none."""
    found = _head(sheet.rows, told)
    if found is None:
        return
    at, columns = found
    for row in sheet.rows[at + 1 :]:
        cells = {name: row[index] for index, name in columns.items()}
        if (answer := answer_of(cells, row.number, told)) is not None:
            yield answer


def _head(rows: Sequence[Row], told: Told) -> tuple[int, Mapping[int, str]] | None:
    """Return the row of the head and the meaning of each column; None if a required column is missing."""
    names = columns_by_name(ANSWERS)
    within = range(min(_HEAD_WITHIN, len(rows)))
    at = max(
        within, key=lambda one: (sum(fold(text_of(v)) in names for v in rows[one].cells), -one), default=0
    )
    columns: dict[int, str] = {}
    strange: dict[int, str] = {}
    for index, value in enumerate(rows[at].cells if rows else ()):
        name = names.get(fold(text_of(value)))
        if name and name not in columns.values():
            columns[index] = name
        elif not unknown(value):
            strange[index] = text_of(value)
    missing = [one.name for one in ANSWERS.columns if one.name not in {*columns.values(), *NOT_READ}]
    number = rows[at].number if rows else 0
    for name in missing:
        _tell_missing(name, strange, Place(told.file, told.sheet, number, name), told)
    return None if _TOLD_BY & set(missing) else (at, columns)


def _tell_missing(name: str, strange: Mapping[int, str], place: Place, told: Told) -> None:
    """A column that is not there, and the one that may have been it: of a like name, or in its place."""
    spellings = [spelling for spelling, meant in columns_by_name(ANSWERS).items() if meant == name]
    near = [one for one in strange.values() if get_close_matches(fold(one), spellings, n=1, cutoff=0.6)]
    at = [column.name for column in ANSWERS.columns].index(name)
    near += [strange[at]] if not near and at in strange else []
    told.findings.append(
        Finding(
            Severity.ERROR if name in _MUST else Severity.WARNING,
            "answer-column-missing",
            place,
            shown(near[0]) if near else "",
            expected="a column {name}",
            remedy="Rename the column back to {name}; it was not read."
            if near
            else "Put the column back as it was sent; konvoi ask writes the workbook again.",
            values={"name": name},
        )
    )


def _oddities(document: Document, sheet: str) -> Iterator[Finding]:
    """Merged cells, of which only the first is read, and formulas, of which only the last value is known."""
    try:
        merged, formulas = _odd_cells(document, sheet)
    except (*BROKEN, *markup.BROKEN, KeyError):
        return
    for reference in merged:
        at = coordinates(reference.partition(":")[0]) or (0, 0)
        place = Place(document.name, sheet, at[0], letters(at[1]) if at[1] else "")
        yield Finding(
            Severity.WARNING,
            "answer-cells-merged",
            place,
            reference,
            expected="one cell for each answer",
            remedy="Split the cells and write each answer in its own row; only the first row was read.",
        )
    for row, column in formulas:
        yield Finding(
            Severity.WARNING,
            "answer-formula",
            Place(document.name, sheet, row, letters(column)),
            "",
            expected="a value typed in",
            remedy="The value last stored was taken; type the value in place of the formula.",
        )


def _odd_cells(document: Document, name: str) -> tuple[list[str], list[tuple[int, int]]]:
    merged: list[str] = []
    formulas: list[tuple[int, int]] = []
    contents = listing(part(document.content, WORKBOOK))
    with zipfile.ZipFile(io.BytesIO(document.content)) as container:
        ways = paths(container)
        path = next(ways[one.relation][1] for one in contents.sheets if one.name == name)
        with container.open(path) as stream:
            for element in markup.elements(stream, "mergeCell", "c"):
                if element.tag.endswith("}mergeCell"):
                    merged.append(element.get("ref", ""))
                elif element.find("{*}f") is not None and (at := coordinates(element.get("r", ""))):
                    formulas.append(at)
    return merged, formulas


def _of_another(document: Document, other: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "answer-other-party",
        Place(document.name, "Konvoi", 0, "party"),
        as_read(other),
        expected="the questions that were put to {party}",
        remedy="Hand it in as its own party, or answer the workbook of {party}; nothing of it is taken.",
        values={"party": document.party},
    )


KONVOI_ANSWERS = KonvoiAnswers()
