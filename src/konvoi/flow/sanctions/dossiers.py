"""The files of a proposal: its dossier as a page in each language, a workbook, and FollowTheMoney JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from konvoi.align.dossier import IDENTITY, SOURCES, Dossier, dossier
from konvoi.align.proposing import PROPOSALS
from konvoi.align.span_text import span_column
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.sanctions.list_comparison import Sanctions
from konvoi.flow.sanctions.proposals import Row, Steps
from konvoi.flow.settings import Settings
from konvoi.report.exports.ftm import ftm
from konvoi.report.page import Message
from konvoi.report.page_files import page_files
from konvoi.report.sanctions.proposals import dossier_page
from konvoi.report.sanctions.sanctions_book import Sheet, book

_IDENTITY = ("what", "value", "source")
_SOURCES = (
    *("listing", "regime", "list", "reference", "measure ordered", "act", "acts to cite", "programme"),
    *("since", "until"),
    *("file", "sheet", "row"),
)

_SHOWN = ("proposal", "name", "kind", "to", "order", "state", "since", "session", "whom", "reason", "acts")
_HEADS = (
    "Proposal",
    "Who",
    "Kind",
    "Regime",
    "Measure",
    "State",
    "Day",
    "Meeting",
    "Adopted by",
    "Reason",
    "Acts",
)


@dataclass(frozen=True)
class Made:
    """A proposal's row of PROPOSALS, its dossier, and the steps that were written down."""

    row: Mapping[str, object]
    found: Dossier
    steps: Sequence[Row]


def made(known: Steps, stand: pl.DataFrame, found: Sanctions, id: str) -> Made:
    """The dossier of one proposal; Unknown where there is none of that id."""
    rows = {str(row["proposal"]): row for row in stand.iter_rows(named=True)}
    if id not in rows:
        raise Unknown("ID", id, sorted(rows), nearest(id, {one: one for one in rows}))
    row = rows[id]
    of_party = found.parties.filter(party=row["party"])["listing"].to_list() if row["party"] else []
    own = sorted({*of_party, *(one for one in str(row["listings"]).split("; "))})
    title = found.titles.filter(party=row["party"])
    original = title["original"][0] if title.height else ""
    told = dossier(found.frames, own, name=str(row["name"]), original=original, kind=str(row["kind"]))
    return Made(row, told, [one for one in known.rows if one["proposal"] == id])


def _with_since(sources: pl.DataFrame) -> pl.DataFrame:
    """Return the sources with the day, month or year since which each measure stands as one text."""
    since = span_column("since_first", "since_last")
    columns = [name for name in SOURCES.names() if name not in ("since_first", "since_last")]
    at = columns.index("until")
    return sources.with_columns(since=since).select(*columns[:at], "since", *columns[at:])


def files_of(one: Made, settings: Settings, found: Sanctions) -> dict[str, bytes]:
    """proposal.LANG.html and .docx for each language of the workspace, proposal.xlsx, proposal.ftm.json."""
    page = dossier_page(
        one.found, one.row, one.steps, title=settings.name, day=found.on, exercise=settings.exercise
    )
    languages = settings.languages
    files = {"proposal.ftm.json": ftm(one.found, f"konvoi-{one.row['proposal']}")}
    files |= page_files(page, languages)
    notes = [sentence for section in page.sections for sentence in section.answer]
    first = Message("Marking: {marking}", {"marking": page.marking})
    if settings.exercise:
        notes = [Message("Exercise: all parties and figures are invented"), *notes]
    rows = pl.DataFrame([one.row], schema=PROPOSALS)
    sheets = [
        Sheet("Identity", _IDENTITY, one.found.identity.select(IDENTITY.names()), frozenset({"what"})),
        Sheet("Listings", _SOURCES, _with_since(one.found.sources), frozenset({"order"})),
        Sheet("Proposals", _HEADS, rows.select(_SHOWN), frozenset({"state", "order", "kind"})),
    ]
    title = f"{settings.name}: {one.row['proposal']}"
    return files | {"proposal.xlsx": book(title, [first, *notes], sheets, found.on, languages[0])}
