"""Packages: all that the viewer may see of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from konvoi.report.language import Language
from konvoi.report.submissions.revised import changed
from konvoi.report.vocabulary import RELATIONS
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.view import Opened
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.entries import days, value_of
from konvoi.web.ledger.links import source_address
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST = 1_000
PAGE = 100


@dataclass(frozen=True)
class Stated:
    """An entry in words. until: day on which a later statement replaced it; empty while it is in force."""

    entry: str
    line: str
    stage: str
    days: str
    amount: str
    quantity: str
    text: str
    known_on: str
    until: str
    address: str


@dataclass(frozen=True)
class Related:
    """A relation of an entry of a package to another entry. probability: in per cent; empty where it does
    not rest on one.
    """

    relation: str
    status: str
    left: str
    right: str
    left_at: str
    right_at: str
    probability: str


@dataclass(frozen=True)
class Package:
    """A package with its entries in force, earlier statements, relations, and changes in new versions.

    revisions: kind of change, and what changed.
    """

    package: str
    party: str
    whole: tuple[Stated, ...]
    items: tuple[Stated, ...]
    earlier: tuple[Stated, ...]
    relations: tuple[Related, ...]
    revisions: tuple[tuple[str, tuple[str, ...]], ...]


def package_of(viewer: Viewer, opened: Opened, name: str) -> Package | None:
    """Return a package; None where the viewer sees none of that name."""
    where = {"package": name}
    entries = opened.rows("entries", where=where, order=("line", "day_to", "entry"), limit=MOST).rows
    earlier = opened.rows("earlier_entries", where=where, order=("until", "entry"), limit=MOST).rows
    if not name or not (entries or earlier):
        return None
    told = [_stated(viewer, row) for row in entries]
    return Package(
        name,
        ", ".join(sorted({str(row["party"]) for row in (*entries, *earlier) if row["party"]})),
        tuple(one for one in told if not one.line),
        tuple(one for one in told if one.line),
        tuple(_stated(viewer, row) for row in earlier),
        tuple(_related(viewer, opened, [row["entry"] for row in entries])),
        tuple(
            (row["kind"], tuple(Language(code()).text(changed([one])) for one in row["changes"]))
            for row in opened.rows("revisions", where={"package": name}, limit=MOST).rows
        ),
    )


def _stated(viewer: Viewer, row: Mapping[str, Any]) -> Stated:
    return Stated(
        row["entry"],
        row["line"] or "",
        value_of(row, "stage"),
        days(row),
        value_of(row, "amount_minor"),
        value_of(row, "quantity"),
        value_of(row, "text") or value_of(row, "good"),
        value_of(row, "known_on"),
        value_of(row, "until") if row.get("until") else "",
        source_address(viewer, row["entry"]),
    )


def _related(viewer: Viewer, opened: Opened, entries: Sequence[str]) -> list[Related]:
    found: dict[tuple[str, str, str], Related] = {}
    shown = tuple(entries[:PAGE])
    for side in ("left", "right") if shown else ():
        condition = Condition(side, Op.IS, shown)
        for row in opened.rows("relations", conditions=(condition,), limit=MOST).rows:
            probability = row["probability"]
            likely = row["basis"] == "probability" and probability is not None
            found[row["left"], row["right"], row["relation"]] = Related(
                say(RELATIONS.get(row["relation"], row["relation"])),
                row["status"],
                row["left"],
                row["right"],
                source_address(viewer, row["left"]),
                source_address(viewer, row["right"]),
                Language(code()).chance(probability) if likely else "",
            )
    return list(found.values())
