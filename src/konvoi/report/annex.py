"""The short form of a brief: main sections, and an annex of at most twelve sections by subject."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from konvoi.report.chart_table import tables
from konvoi.report.on_page import first_rows
from konvoi.report.page import Message, Section, Table

MOST_ROWS = 12
MOST_SENTENCES = 3


class Subject(NamedTuple):
    """A section of the annex, and the parts of the full brief of which it shows the most important."""

    id: str
    title: Message
    parts: tuple[str, ...]


class Short(NamedTuple):
    """Sections of the short form, and the titles of parts for which there are no data."""

    sections: tuple[Section, ...]
    without_data: tuple[Message, ...]


MAIN = ("support", "funnel", "coverage")
"""Parts that stand behind the first page: support by partner, the pipeline, and the coverage of needs."""

ANNEX = (
    Subject("annex-ledger", Message("Delivery channels, sources and pace"), ("stages", "claims", "tempo")),
    Subject("annex-released", Message("Confidential contributions in total"), ("released",)),
    Subject("annex-matching", Message("Duplicate candidates"), ("duplicates",)),
    Subject(
        "annex-planning",
        Message("Needs, plan and effect"),
        (
            *("unmet", "planned_without", "effect", "bottlenecks", "corridors", "movements"),
            *("standards", "usable", "oversupply", "stocks"),
        ),
    ),
    Subject("annex-deliveries", Message("Deliveries"), ("late", "reconciled", "way")),
    Subject("annex-forecast", Message("Forecast and lead times"), ("forecast", "prospect", "speed")),
    Subject("annex-agreements", Message("Agreements and positions"), ("positions", "framework")),
    Subject("annex-meetings", Message("Meetings and action items"), ("sessions",)),
    Subject("annex-funding", Message("Economic packages and reconstruction"), ("packages", "reconstruction")),
    Subject("annex-sanctions", Message("Sanctions"), ("screening", "sanctions")),
    Subject(
        "annex-submissions",
        Message("Submissions, questions and findings"),
        ("findings", "questions", "revisions"),
    ),
    Subject("annex-sources", Message("Sources and assumptions"), ("sources",)),
)
"""Sections of the annex in their order; a part stands in one of them or in MAIN."""


def short(sections: Sequence[Section]) -> Short:
    """Return the short form of a brief: each section with its answer and one chart or table."""
    known = {one.id: one for one in sections}
    main = tuple(_main(known[name]) for name in MAIN if name in known and not _left_out(known[name], known))
    annex = tuple(made for one in ANNEX if (made := _subject(one, known)) is not None)
    empty = tuple(
        one.title for one in sections if not _has_data(one) and (one.id not in MAIN or _left_out(one, known))
    )
    return Short((*main, *annex), empty)


def _left_out(section: Section, known: dict[str, Section]) -> bool:
    """Return True for coverage without data where support is published: needs are then no table to fill."""
    return section.id == "coverage" and "support" in known and not _has_data(section)


def _has_data(section: Section) -> bool:
    return bool(section.charts) or any(table.rows for table in section.tables)


def _main(section: Section) -> Section:
    """Return a main section: two sentences, its first chart and its first table."""
    shown = next((one for one in section.tables if one.rows), None)
    return replace(
        section,
        answer=section.answer[:2],
        charts=section.charts[:1],
        tables=(_cut(shown),) if shown else section.tables[:1],
    )


def _subject(subject: Subject, known: dict[str, Section]) -> Section | None:
    """Return a section of the annex; None where none of its parts has data."""
    parts = [known[name] for name in subject.parts if name in known and _has_data(known[name])]
    if not parts:
        return None
    answer = tuple(one.answer[0] for one in parts if one.answer)[:MOST_SENTENCES]
    drawn = next((one for one in parts if one.charts), None)
    if drawn is not None and drawn is parts[0]:
        return Section(subject.id, subject.title, answer, drawn.charts[:1])
    shown = next((table for one in parts for table in one.tables if table.rows), None)
    if shown is None and drawn is not None:
        return Section(subject.id, subject.title, answer, drawn.charts[:1])
    return Section(subject.id, subject.title, answer, (), (_cut(shown),) if shown else ())


def _cut(table: Table) -> Table:
    return first_rows(table, MOST_ROWS, Message("{shown} of {count} rows shown; all rows: brief.xlsx."))


def shown_ids(sections: Sequence[Section]) -> frozenset[str]:
    """Return the anchors of sections: their own, those of their tables, rows and charts."""
    found: set[str] = set()
    for section in sections:
        found.add(section.id)
        found.update(chart.id for chart in section.charts)
        for table in tables(section):
            found.update((table.id, *table.anchors))
    return frozenset(found)
