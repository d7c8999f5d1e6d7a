"""Proposal of a mapping: from headings, HXL tags and values of a partner's own file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from konvoi.intake.cell import text_of
from konvoi.intake.csv_text import decoded, is_binary
from konvoi.intake.heading import is_tag_row
from konvoi.intake.mapped import mapped_rows
from konvoi.intake.mapping import TableMapping
from konvoi.intake.mapping_columns import fitted, is_value
from konvoi.intake.mapping_tables import packages_and_lines, with_sites
from konvoi.intake.sheet import Row
from konvoi.intake.source_tables import SourceTable, as_text, separator_of, source_tables, stem
from konvoi.intake.unread import near_table
from konvoi.kit.text import fold
from konvoi.model.document import Document
from konvoi.model.tables import BY_NAME

CANDIDATES = ("packages", "lines", "needs", "offers", "movements", "receipts", "contracts")
"""Tables that are proposed by themselves; a person may name any other."""

SAMPLE = 5
_WITHIN = 15


@dataclass(frozen=True)
class Proposal:
    """A mapping with what it rests on: the head of the file, and some rows as they are read.

    others: proposals for further tables that the same rows fill, such as line items beside packages.
    """

    mapping: TableMapping
    sheets: tuple[str, ...]
    head: tuple[str, ...]
    rows: int
    names: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    others: tuple["Proposal", ...] = ()

    @property
    def mappings(self) -> tuple[TableMapping, ...]:
        """All mappings, that of the main table first."""
        return (self.mapping, *(one.mapping for one in self.others))

    def open(self) -> tuple[str, ...]:
        """Return the required columns of all tables that are still to be stated, each once."""
        return tuple(dict.fromkeys(name for one in self.mappings for name in one.open()))


def propose(
    document: Document, *, table: str = "", sheet: str = "", given: Mapping[str, str] | None = None
) -> Proposal | None:
    """Return the mapping of a file that fits our tables best; None where no row has headings.

    Rows that state packages and their items fill both tables; of needs, offers and movements with coordinates
    the sites, too. table, sheet: to be taken; a table that is named is the only one. given: constants that a
    person states; `party` is the sender where no column names a giver.
    """
    separator = _separator(document)
    sources = source_tables(document, separator=separator)
    best: tuple[tuple[int, int], tuple[TableMapping, ...], SourceTable, Row, Sequence[Row]] | None = None
    for source in sources:
        if sheet and fold(source.name) != fold(sheet):
            continue
        found = _head(source)
        if found is None:
            continue
        head, body = found
        for mappings, score in _candidates(document, source, table, head, body, given=given or {}):
            rank = (score, len(body))
            if mappings and mappings[0].columns and (best is None or rank > best[0]):
                best = (rank, mappings, source, head, body)
    if best is None:
        return None
    _, mappings, source, head, body = best
    name = "" if len(sources) == 1 and source.head is None else source.name
    names = tuple(one.name for one in sources)
    first, *others = (
        shown_by(replace(mapping, sheet=name, separator=separator), source, head, body, names)
        for mapping in mappings
    )
    return replace(first, others=tuple(others))


def _candidates(
    document: Document,
    source: SourceTable,
    table: str,
    head: Row,
    body: Sequence[Row],
    *,
    given: Mapping[str, str],
) -> Iterator[tuple[tuple[TableMapping, ...], int]]:
    """Yield mappings that read a file together, each with how well they fit."""
    single = {name: fitted(BY_NAME[name], head, body, given) for name in _tables(document, source, table)}
    for mapping, score in single.values():
        sites = None if table else with_sites(mapping, head, body, given)
        yield (mapping, *([sites] if sites else [])), score
    if not table and {"packages", "lines"} & set(single):
        pair = packages_and_lines(head, body, given)
        if pair is not None:
            yield pair


def shown_by(
    mapping: TableMapping, source: SourceTable, head: Row, body: Sequence[Row], sheets: tuple[str, ...]
) -> Proposal:
    """Return a mapping with the first rows that it reads."""
    made = mapped_rows(mapping, head, body)
    names = tuple(text_of(value) for value in made[0].cells)
    sample = tuple(tuple(as_text(value) for value in row.cells) for row in made[1 : 1 + SAMPLE])
    texts = tuple(text for value in head.cells if (text := text_of(value)))
    return Proposal(mapping, sheets, texts, len(made) - 1, names, sample)


def _tables(document: Document, source: SourceTable, table: str) -> Collection[str]:
    if table:
        return (table,)
    near = near_table(source.name) or near_table(stem(document))
    return (near.name,) if near is not None and near.name in CANDIDATES else CANDIDATES


def _separator(document: Document) -> str:
    """Return the separator of a text file; empty for others."""
    start = document.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if is_binary(document.content) or start in (b"{", b"[", b"<"):
        return ""
    return separator_of(decoded(document)[0])


def _head(source: SourceTable) -> tuple[Row, Sequence[Row]] | None:
    """Return the head of a table and the rows below it: the widest early row of different texts."""
    if source.head is not None:
        return source.head, source.rows
    rows = source.rows[:_WITHIN]
    tags = next((at for at, row in enumerate(rows) if is_tag_row(row)), None)
    if tags:
        return rows[tags - 1], source.rows[tags:]
    best = max(range(len(rows)), key=lambda at: (_headings(rows[at]), -at), default=None)
    if best is None or _headings(rows[best]) < 2:
        return None
    return rows[best], source.rows[best + 1 :]


def _headings(row: Row) -> int:
    """Return the number of different texts in a row that are no numbers and no days."""
    texts = {fold(value) for value in row.cells if isinstance(value, str) and not is_value(value)}
    filled = sum(value is not None for value in row.cells)
    return len(texts - {""}) if 2 * len(texts) >= filled else 0
