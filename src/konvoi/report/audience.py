"""A case as one audience may see it, with nothing left that gives the rest away."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from konvoi.ledger.answer import Total
from konvoi.model.finding import Finding
from konvoi.report.asked import Question
from konvoi.report.case import Case
from konvoi.report.marked import COALITION, PUBLIC, seen, seen_alone, seen_documents
from konvoi.report.seen_drawn import seen_drawn, unseen_papers
from konvoi.report.seen_funds import seen_funds, unseen_funds
from konvoi.report.seen_joints import seen_joints, unseen_joints
from konvoi.report.seen_positions import seen_positions, unseen_positions
from konvoi.report.seen_projects import seen_projects, unseen_projects

__all__ = ["COALITION", "PUBLIC", "visible"]

_REFERS = (
    ("lines", "package", "packages", "package"),
    ("statements", "package", "packages", "package"),
    ("undertakings", "document", "documents", "document"),
    ("milestones", "document", "documents", "document"),
    ("ways", "document", "documents", "document"),
    ("terms", "document", "documents", "document"),
    ("proposed", "document", "documents", "document"),
    ("rounds", "document", "documents", "document"),
    ("positions", "round", "rounds", "round"),
    ("positions_left_out", "round", "rounds", "round"),
    ("sisters", "document", "documents", "document"),
    ("sisters", "under", "documents", "document"),
    ("allocations", "undertaking", "undertakings", "undertaking"),
    ("allocations", "line", "lines", "line"),
    ("contracts", "line", "lines", "line"),
    ("call_offs", "contract", "contracts", "contract"),
    ("call_offs", "line", "lines", "line"),
    ("movements", "line", "lines", "line"),
    ("offers", "line", "lines", "line"),
    ("receipts", "reference", "movements", "movement"),
    ("receipts", "reference", "lines", "line"),
    ("receipts", "reference", "contracts", "contract"),
    ("receipts", "reference", "call_offs", "call_off"),
    ("attendance", "session", "sessions", "session"),
    ("agenda", "session", "sessions", "session"),
    ("decisions", "session", "sessions", "session"),
    ("decisions", "item", "agenda", "item"),
    ("steps", "follows", "decisions", "decision"),
    ("steps", "follows", "sessions", "session"),
    ("standing", "step", "steps", "step"),
    ("decided", "decision", "decisions", "decision"),
    ("tranches", "programme", "programmes", "programme"),
    ("conditions", "programme", "programmes", "programme"),
    ("conditions", "tranche", "tranches", "tranche"),
    ("assessments", "condition", "conditions", "condition"),
    ("assessments", "tranche", "tranches", "tranche"),
    ("financing", "project", "projects", "project"),
    ("damages", "project", "projects", "project"),
    ("damages", "community", "communities", "community"),
    ("attestations", "project", "projects", "project"),
    ("attestations", "principle", "principles", "principle"),
    ("principles", "decision", "decisions", "decision"),
    ("principles", "document", "documents", "document"),
    ("lanes", "from", "sites", "site"),
    ("lanes", "to", "sites", "site"),
    ("offers", "site", "sites", "site"),
    ("needs", "site", "sites", "site"),
    ("approvals", "covers", "lines", "line"),
    ("approvals", "covers", "offers", "offer"),
    ("earmarks", "offer", "offers", "offer"),
    ("kits", "need", "needs", "need"),
    ("capacities", "on", "sites", "site"),
    ("capacities", "on", "lanes", "lane"),
    ("closures", "on", "sites", "site"),
    ("closures", "on", "lanes", "lane"),
    ("identities", "party", "parties", "party"),
    ("blocked", "value", "parties", "party"),
    ("blocked", "value", "sites", "site"),
    ("blocked", "value", "lanes", "lane"),
)
"""What refers to what, in the order in which a hidden row takes others with it."""


def visible(case: Case, audience: str = PUBLIC) -> Case:
    """The case as `public`, `coalition` or a party (by its id) may see it (docs/reference/brief.md)."""
    entries = seen(case.entries, case.documents, key="submission", audience=audience)
    hidden = case.entries.join(entries.select("entry"), on="entry", how="anti")
    earlier = seen(case.earlier, case.documents, key="submission", audience=audience)
    tables = _without_what_refers(_seen_tables(case, audience), case.tables)
    tables = seen_joints(seen_drawn(case.tables, tables), entries)
    tables = seen_positions(case.tables, seen_funds(case.tables, tables))
    tables = seen_projects(case.tables, tables)
    cut = _cut_files(case, entries, tables)
    documents = _seen_documents(case, audience, cut=cut, used=_used_files(case, entries, tables))
    return replace(
        case,
        entries=_without_hidden_parties(entries, _gone(case.tables, tables, "parties", "party")),
        earlier=earlier.join(entries, on=["source", "reference", "stage"], how="semi"),
        relations=_between(case.relations, entries["entry"]),
        labelled=_between(case.labelled, entries["entry"]),
        documents=documents,
        tables=tables,
        findings=_naming_nothing_hidden(
            _seen_findings(case, set(documents["name"]), cut=cut, rows=_places(case, entries, tables)),
            unseen_papers(case.tables, tables)
            | unseen_joints(case.tables, tables)
            | unseen_funds(case.tables, tables)
            | unseen_projects(case.tables, tables)
            | unseen_positions(case.tables, tables)
            | frozenset(_gone(case.tables, tables, "screening_hits", "hit")),
        ),
        totals=_without_hidden(case.totals, set(hidden["entry"])),
        questions=_seen_questions(case, audience, shown=set(documents["name"]) - cut),
        plan=None,
        outlook=None,
    )


_OWN_MARKING = frozenset({"screening_hits", "proposals"})
"""Tables that stand in the workspace itself, in no document, and whose rows bear a marking."""


def _seen_tables(case: Case, audience: str) -> dict[str, pl.DataFrame]:
    """Each table with the rows whose own marking, or their document's, the audience is in."""
    found: dict[str, pl.DataFrame] = {}
    for name, rows in sorted(case.tables.items()):
        if "_file" in rows.columns:
            found[name] = seen(rows, case.documents, key="_file", audience=audience)
        else:
            found[name] = seen_alone(rows, audience) if name in _OWN_MARKING else rows
    return found


def _without_what_refers(
    shown: dict[str, pl.DataFrame], every: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The shown rows without those that refer to a row that is not shown."""
    for table, column, target, key in _REFERS:
        if table in shown and target in shown:
            refers = pl.col(column).is_in(_gone(every, shown, target, key))
            shown[table] = shown[table].filter(~refers.fill_null(False))
    return shown


def _gone(
    every: Mapping[str, pl.DataFrame], shown: Mapping[str, pl.DataFrame], table: str, key: str
) -> list[str]:
    """The ids of a table that the audience may not see."""
    if table not in every:
        return []
    return sorted(set(every[table][key].drop_nulls()) - set(shown[table][key].drop_nulls()))


def _without_hidden(totals: Mapping[str, Total], hidden: set[str]) -> dict[str, Total]:
    """The totals that rest on no hidden entry; a reader's own totals are those of its view."""
    return {name: total for name, total in totals.items() if not hidden & _behind(total)}


def _behind(total: Total) -> set[str]:
    """The entries that a total or one of its rows names."""
    by_row = [one.entries for one in total.by] + [one.entries for one in total.unvalued]
    return set(total.entries).union(*by_row)


def _without_hidden_parties(entries: pl.DataFrame, gone: list[str]) -> pl.DataFrame:
    """Entries in which a party that may not be named does not stand beside the one that gives."""
    for column in ("counterparty", "implementer"):
        entries = entries.with_columns(
            pl.when(~pl.col(column).is_in(gone)).then(pl.col(column)).alias(column)
        )
    return entries


def _between(relations: pl.DataFrame, known: pl.Series) -> pl.DataFrame:
    ids = known.implode()
    return relations.filter(pl.col("left").is_in(ids) & pl.col("right").is_in(ids))


def _file_names(case: Case) -> dict[str, str]:
    return dict(zip(case.documents["submission"], case.documents["name"], strict=True))


def _used_files(case: Case, entries: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> set[str]:
    names = _file_names(case)
    used = {names.get(submission, "") for submission in entries["submission"].drop_nulls().unique()}
    return used.union(*(rows["_file"].drop_nulls() for rows in tables.values() if "_file" in rows.columns))


def _cut_files(case: Case, entries: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> set[str]:
    """The names of the documents in which something is hidden."""
    names = _file_names(case)
    gone = case.entries.join(entries.select("entry"), on="entry", how="anti")
    cut = {names.get(submission, "") for submission in gone["submission"].drop_nulls().unique()}
    place = ["_file", "_sheet", "_row"]
    for name, rows in case.tables.items():
        if "_file" in rows.columns and rows.height != tables[name].height:
            cut.update(rows.join(tables[name].select(place), on=place, how="anti")["_file"].drop_nulls())
    return cut


def _seen_documents(case: Case, audience: str, *, cut: set[str], used: set[str]) -> pl.DataFrame:
    """The documents of which the audience may see anything; of one that is cut nobody reads how long it
    is."""
    own = seen_documents(case.documents, audience)["submission"].implode()
    shown = case.documents.filter(pl.col("submission").is_in(own) | pl.col("name").is_in(sorted(used)))
    whole = ~pl.col("name").is_in(sorted(cut))
    hide = [name for name in ("rows", "digest") if name in shown.columns]
    return shown.with_columns(pl.when(whole).then(pl.col(name)).alias(name) for name in hide)


def _places(
    case: Case, entries: pl.DataFrame, tables: Mapping[str, pl.DataFrame]
) -> set[tuple[str, str, int]]:
    """File, sheet and row of everything that is shown."""
    names = _file_names(case)
    rows = entries.select("submission", "sheet", "row").unique().iter_rows()
    found = {(names.get(submission, ""), sheet or "", row or 0) for submission, sheet, row in rows}
    for table in tables.values():
        if "_file" in table.columns:
            found |= set(table.select("_file", "_sheet", "_row").iter_rows())
    return found


def _seen_questions(case: Case, audience: str, *, shown: set[str]) -> tuple[Question, ...]:
    """A party's own questions; of others those on documents that are seen whole."""
    return tuple(one for one in case.questions if one.party == audience or one.place.file in shown)


def _seen_findings(
    case: Case, shown: set[str], *, cut: set[str], rows: set[tuple[str, str, int]]
) -> tuple[Finding, ...]:
    """Findings on documents that are seen whole; of others those on rows that are seen; apart from
    documents, all
    where nothing is hidden."""
    known = set(case.documents["name"])

    def may(finding: Finding) -> bool:
        place = finding.place
        if place.file not in known:
            return not cut
        if place.file in cut:
            return (place.file, place.sheet, place.row) in rows
        return place.file in shown

    return tuple(finding for finding in case.findings if may(finding))


def _naming_nothing_hidden(findings: tuple[Finding, ...], papers: frozenset[str]) -> tuple[Finding, ...]:
    """Findings that name no despatch and no receipt that is hidden."""
    if not papers:
        return findings
    return tuple(one for one in findings if not _named(one) & papers)


def _named(finding: Finding) -> set[str]:
    """The papers that a finding names."""
    return {name for key in _PAPERS for name in finding.values.get(key, "").split("; ")}


_PAPERS = (
    "despatch",
    "receipt",
    "receipts",
    "first",
    "other",
    "consignment",
    "joint",
    "tranche",
    "record",
    "hit",
)
