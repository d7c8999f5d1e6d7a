"""Mapping of a file of an upload: the form's fields as mappings, and mappings as the form's fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone

from konvoi.flow.submissions.map_file import keep_mappings
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.intake.mapping import OPEN, TableMapping, WrongMapping, as_json, mapping_from_json
from konvoi.intake.mapping_proposal import CANDIDATES, Proposal
from konvoi.kit.digest import digest
from konvoi.model.naming import localized
from konvoi.model.table import Column
from konvoi.model.tables import BY_NAME
from konvoi.web.access.audit import record
from konvoi.web.access.viewer import Viewer
from konvoi.web.instance import instance
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say
from konvoi.web.record import writing
from konvoi.web.submissions.actions import recheck, upload_held
from konvoi.web.submissions.models import Upload
from konvoi.web.submissions.quarantine import FILES, folder_of

MOST_TABLES = 4


def file_of(upload: Upload, number: int) -> Path | None:
    """Return a file of an upload by its number in the preview; None where there is none."""
    known = upload.preview.get("files", ())
    if not 0 <= number < len(known):
        return None
    wanted = known[number]["digest"]
    found = files.files_in(folder_of(upload) / FILES)
    return next((path for path in found if digest(files.content(path) or b"") == wanted), None)


@dataclass(frozen=True)
class ColumnField:
    """A column of ours with what fills it: a heading of the file, or a constant."""

    name: str
    title: str
    help: str
    must: bool
    heading: str
    constant: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WordField:
    """A word of the file with what it means in a column of ours."""

    key: str
    column: str
    theirs: str
    ours: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TableFields:
    """One table of ours that the file fills: fields, and the first rows as they would be read."""

    number: int
    table: str
    title: str
    base: str
    columns: tuple[ColumnField, ...]
    words: tuple[WordField, ...]
    open: tuple[str, ...]
    rows: int
    names: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


def fields(found: Proposal) -> list[TableFields]:
    """Return the fields of a proposal, or of mappings that were tried."""
    return [_fields(number, one) for number, one in enumerate((found, *found.others))]


def _fields(number: int, found: Proposal) -> TableFields:
    mapping = found.mapping
    table = BY_NAME[mapping.table]
    return TableFields(
        number,
        mapping.table,
        localized("table", mapping.table, code()),
        as_json(mapping),
        tuple(_column(one, mapping) for one in table.columns),
        tuple(_words(mapping)),
        tuple(localized("column", one, code()) for one in mapping.open()),
        found.rows,
        tuple(localized("column", one, code()) for one in found.names),
        found.sample,
    )


def _column(column: Column, mapping: TableMapping) -> ColumnField:
    constant = mapping.constants.get(column.name, "")
    return ColumnField(
        column.name,
        localized("column", column.name, code()),
        localized("help", column.help, code()),
        column.must,
        mapping.columns.get(column.name, ""),
        "" if constant == OPEN else constant,
        _choices(column),
    )


def _choices(column: Column) -> tuple[tuple[str, str], ...]:
    return tuple((str(one), localized("choice", str(one), code())) for one in column.choices)


def _words(mapping: TableMapping) -> Iterator[WordField]:
    known = {column.name: column for column in BY_NAME[mapping.table].columns}
    for name, words in mapping.words.items():
        for at, (theirs, ours) in enumerate(words.items()):
            title = localized("column", name, code())
            yield WordField(f"{name}-{at}", title, theirs, ours, _choices(known[name]))


def stated(given: Mapping[str, str]) -> tuple[TableMapping, ...]:
    """Return the mappings that a form states; Refused where they cannot be used."""
    found = []
    for number in range(MOST_TABLES):
        base = given.get(f"{number}-base", "")
        if not base:
            break
        try:
            found.append(_stated(mapping_from_json(base), number, given))
        except (WrongMapping, ValueError) as error:
            raise Refused(say("The mapping cannot be used. Begin again with the proposal.")) from error
    if not found:
        raise Refused(say("The mapping cannot be used. Begin again with the proposal."))
    return tuple(found)


def _stated(base: TableMapping, number: int, given: Mapping[str, str]) -> TableMapping:
    columns, constants = {}, {}
    for column in BY_NAME[base.table].columns:
        heading = given.get(f"{number}-column-{column.name}", "")
        constant = given.get(f"{number}-constant-{column.name}", "").strip()
        if heading:
            columns[column.name] = heading
        elif constant:
            constants[column.name] = constant
    words = {
        name: {
            theirs: given.get(f"{number}-word-{name}-{at}", ours) or ours
            for at, (theirs, ours) in enumerate(known.items())
        }
        for name, known in base.words.items()
        if name in columns
    }
    times = {name: value for name, value in base.times.items() if name in columns}
    changed = replace(base, columns=columns, constants=constants, words=words, times=times)
    # Written and read again, it is held to what a mapping may be.
    return mapping_from_json(as_json(changed))


def save(*, viewer: Viewer, upload: Upload, mappings: Sequence[TableMapping]) -> Upload:
    """Keep mappings for the files of the upload's party, and check the upload again."""
    with writing():
        one = upload_held(viewer, upload.pk)
        at = timezone.now().isoformat(timespec="seconds")
        keep_mappings(instance().folder, one.party, mappings, at=at)
        record(viewer, "mapping-saved", party=one.party, object=one.pk)
        return recheck(viewer, one)


def tables() -> list[tuple[str, str]]:
    """Return the tables that a file may fill, with their names."""
    return [(one, localized("table", one, code())) for one in CANDIDATES]
