"""Entries and relations from tables: from packages and lines to movements and receipts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate, chain

import polars as pl

from konvoi.intake import facts
from konvoi.intake.facts import Facts, Index, Known, Row, Unmade
from konvoi.kit.digest import key
from konvoi.model.entries import (
    ENTRIES,
    PARTICIPANT,
    PLACE,
    RELATION_KINDS,
    RELATIONS,
    SCOPES,
    SHARE,
    SINCE,
    empty,
    frame,
)
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.stages import DEFAULT_COUNT_MODE, proven_rule

Tables = Mapping[str, pl.DataFrame]
"""Tables by name, as konvoi.intake.table reads them."""


@dataclass(frozen=True)
class Source:
    """The source of statements (`name`: the party, or else the document), its submission, and since when."""

    name: str
    party: str = ""
    submission: str = ""
    known_on: date | None = None
    marking: str = "public"


@dataclass(frozen=True)
class Posted:
    """The result of posting tables; `waiting`: findings on rows whose package or line was not found."""

    entries: pl.DataFrame
    relations: pl.DataFrame
    findings: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    scopes: pl.DataFrame


_MAKERS: dict[str, Callable[[Row, Known], Facts]] = {
    "packages": facts.package,
    "lines": facts.line,
    "allocations": facts.allocation,
    "contracts": facts.contract,
    "call_offs": facts.call_off,
    "movements": facts.movement,
    "receipts": facts.receipt,
}

_REFERENCES = {table: table.removesuffix("s") for table in (*_MAKERS, "goods")}

# Values of an entry: its id changes with any of these, and with nothing else.
_CONTENT = (
    *("party", "counterparty", "package", "line", "route", "kind", "good", "stage", "rule", "proof"),
    *("day_from", "day_to", "promised", "amount_minor", "currency", "quantity", "valuation"),
)


def index(tables: Tables, source: Source) -> Index:
    """A source's rows by table and reference."""
    found: dict[str, Mapping[str, Row]] = {
        name: {row[column]: {**row, "_source": source.name} for row in tables[name].iter_rows(named=True)}
        for name, column in _REFERENCES.items()
        if name in tables
    }
    return derived(found)


DERIVED = ("waybills", "frameworks", "allocated", "codes")


def derived(found: Index) -> Index:
    """An index with DERIVED, too: rows by what they name instead of by their own reference.

    waybills: the movement of each; `line` is none where a waybill has several lines. frameworks: a call-off
    of each contract that has any. allocated: an allocation of each line that has any. codes: the
    good of each code that one good alone has.
    """
    called = {str(row["contract"]): row for row in found.get("call_offs", {}).values()}
    given = {str(row["line"]): row for row in found.get("allocations", {}).values() if row["line"]}
    more = {"waybills": _waybills(found), "frameworks": called, "allocated": given, "codes": _codes(found)}
    return {**found, **{name: rows for name, rows in more.items() if rows}}


def _codes(found: Index) -> dict[str, Row]:
    codes: dict[str, list[Row]] = {}
    for row in found.get("goods", {}).values():
        for code in str(row.get("codes") or "").split(";"):
            codes.setdefault(code.strip(), []).append(row)
    return {code: goods[0] for code, goods in codes.items() if code and len(goods) == 1}


def _waybills(found: Index) -> dict[str, Row]:
    waybills: dict[str, Row] = {}
    for row in found.get("movements", {}).values():
        waybill = str(row["waybill"] or "")
        other = waybills.get(waybill)
        if waybill:
            waybills[waybill] = (
                row if other is None or other["line"] == row["line"] else {**row, "line": None}
            )
    return waybills


@dataclass(frozen=True)
class PostedRows:
    """The result of posting tables, before its rows become tables."""

    entries: Sequence[Facts]
    relations: Sequence[Facts]
    findings: tuple[Finding, ...]
    waiting: tuple[Finding, ...]
    scopes: Sequence[Facts]


def posted(own: Tables, source: Source, *more: Index) -> Posted:
    """Entries and relations of a source's own tables; `more`: where else references lead."""
    return together([posted_rows(own, source, index(own, source), *more)])[0]


def together(results: Sequence[PostedRows]) -> list[Posted]:
    """Return several results with their rows as tables.

    The rows of all of them are made into one table of which each has its part: thousands of tables of a few
    rows take long to make.
    """
    entries = _parts([one.entries for one in results], ENTRIES)
    relations = _parts([one.relations for one in results], RELATIONS)
    scopes = _parts([one.scopes for one in results], SCOPES)
    return [
        Posted(entries[n], relations[n], one.findings, one.waiting, scopes[n])
        for n, one in enumerate(results)
    ]


def _parts(rows: Sequence[Sequence[Facts]], schema: pl.Schema) -> list[pl.DataFrame]:
    whole = frame(list(chain.from_iterable(rows)), schema)
    ends = accumulate(map(len, rows), initial=0)
    return [
        whole.slice(start, len(part)) if part else empty(schema)
        for start, part in zip(ends, rows, strict=False)
    ]


def posted_rows(own: Tables, source: Source, *indexes: Index) -> PostedRows:
    """Return the rows of `posted`; indexes: where references lead, the source's own rows first."""
    world = Known(indexes)
    entries: list[Facts] = []
    findings: list[Finding] = []
    for table, maker in _MAKERS.items():
        for row in own[table].iter_rows(named=True) if table in own else ():
            try:
                stated = maker({**row, "_party": row.get("_party") or source.party}, world)
                entries.append(entry(table, row, stated, source))
            except Unmade as unmade:
                findings += [unmade.finding] if unmade.finding else []
                entries += [entry(table, row, unmade.withdrawal, source)] if unmade.withdrawal else []
    relations = list(_relations(own, source, world, findings))
    # A line without its package is reported once, however many contracts and movements name the line.
    once = {(finding.place, finding.code, finding.read): finding for finding in reversed(findings)}
    findings = list(reversed(once.values()))
    waiting = tuple(finding for finding in findings if finding.code == "reference-unknown")
    told = tuple(finding for finding in findings if finding.code != "reference-unknown")
    return PostedRows(entries, relations, told, waiting, list(_scopes(own, source, world)))


def entry(table: str, row: Row, stated: Facts, source: Source) -> Facts:
    """An entry whole; its id follows from source, reference and content."""
    content = [*(stated.get(name) for name in _CONTENT), row.get("unit")]
    return {
        "count_mode": DEFAULT_COUNT_MODE,
        **stated,
        # The id names what the row states; the rule that follows from its stage and proof adds nothing to it.
        "rule": stated.get("rule") or proven_rule(_text(stated.get("stage")), _text(stated.get("proof"))),
        "entry": key(source.name, table, stated["reference"], *content),
        "submission": source.submission,
        "source": source.name,
        "variant": "konvoi",
        "known_on": source.known_on,
        "unit": stated.get("unit") if stated.get("quantity") is not None else None,
        "marking": stated.get("marking") or source.marking,
        "sheet": row["_sheet"],
        "row": row["_row"],
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


_STATED_AS_POSSIBLE = '[["statement", "stated as possible"]]'


def _relations(own: Tables, source: Source, world: Known, findings: list[Finding]) -> Iterator[Facts]:
    """Yield the relations that packages state to others, such as `restates:US-3`.

    One with a question mark, such as `part_of?:US-3`, may hold: it is a duplicate candidate for review.
    """
    if "packages" not in own:
        return
    for row in own["packages"].iter_rows(named=True):
        for item in (row["relates"] or "").split(";"):
            kind, _, other = (part.strip() for part in item.partition(":"))
            open_ = kind.endswith("?")
            kind = kind.removesuffix("?").strip().replace(" ", "_")
            if not item:
                continue
            if kind not in RELATION_KINDS or not other:
                findings.append(_unreadable(row, item))
            elif (target := world.row("packages", other)) is None:
                findings.append(facts.unknown(row, "relates", "packages", other))
            else:
                left, right = _package_entry(row, source), _package_entry(target, source)
                yield _relation(left, right, kind, open_=open_)


def _scopes(own: Tables, source: Source, world: Known) -> Iterator[Facts]:
    """First days of totals to date, places, and participants of joint packages with their shares.

    Participants without their package wait for it.
    """
    for row in own["packages"].iter_rows(named=True) if "packages" in own else ():
        named: Facts = {"entry": _package_entry(row, source)}
        if (since := row.get("since")) is not None:
            yield named | {"side": "source", "dimension": SINCE, "value": str(since)}
        if place := row.get("place"):
            yield named | {"side": "destination", "dimension": PLACE, "value": place}
    for row in own["participants"].iter_rows(named=True) if "participants" in own else ():
        if (package := world.row("packages", row["package"])) is None:
            continue
        told: Facts = {"entry": _package_entry(package, source), "side": "source"}
        yield told | {"dimension": PARTICIPANT, "value": row["party"]}
        if (share := row["share"]) is not None:
            yield told | {"dimension": SHARE, "value": f"{row['party']}={Decimal(str(share)).normalize():f}"}


def _package_entry(row: Row, source: Source) -> str:
    origin = replace(source, name=str(row.get("_source") or source.name))
    return str(entry("packages", row, facts.package(row, Known(())), origin)["entry"])


def _relation(left: str, right: str, kind: str, *, open_: bool) -> Facts:
    return {
        "left": left,
        "right": right,
        "relation": kind,
        "probability": None if open_ else 1.0,
        "status": "undecided" if open_ else "accepted",
        "basis": "structure",
        "evidence": _STATED_AS_POSSIBLE if open_ else "[]",
    }


def _unreadable(row: Row, item: str) -> Finding:
    place = Place(str(row["_file"]), str(row["_sheet"]), int(str(row["_row"])), "relates")
    return Finding(
        Severity.ERROR,
        "relation-unreadable",
        place,
        item,
        "a relation and a package, such as restates:US-3; relations are {kinds}",
        "Write the relation, a colon, and the reference of the other package.",
        {"kinds": ", ".join(RELATION_KINDS)},
    )
