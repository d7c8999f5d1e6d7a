"""Draw totals of counting cases on the product's path, without a process for each file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.cli.calling import Called, konvoi
from tests.counting.case import Rows

from konvoi.cli.total import command
from konvoi.flow import load_workspace as collect
from konvoi.flow import parse_documents as understand
from konvoi.flow.matching import review
from konvoi.flow.workspace import Workspace, workspace
from konvoi.gateways.sandbox import Outcome
from konvoi.intake.batch import read_batch

AS_OF = next(
    name
    for wanted in ("--as-of", "--known")
    for name in [wanted]
    if any(wanted in one.opts for one in command.params)
)
"""The option of `konvoi total` that names the as-of day."""


@dataclass(frozen=True)
class Drawn:
    """A total as `konvoi total --json` states it; None: no value."""

    value: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    rows: dict[str, tuple[Decimal | None, Decimal | None, Decimal | None]] = field(default_factory=dict)
    unvalued: int = 0
    refused: str = ""


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Read submissions in this process and gather each state of a workspace once.

    Everything else stays as it is in `konvoi total` and `konvoi review`.
    """

    def near(_: str, payloads: Iterable[bytes], *__: object, **___: object) -> Iterator[Outcome]:
        for payload in payloads:
            yield Outcome(read_batch(payload))

    known: dict[tuple[object, ...], Any] = {}
    gather = collect.gathering

    def once(work: Workspace, **options: Any) -> Any:
        asked = sorted((name, value) for name, value in options.items() if name != "stop")
        digests = tuple(document.digest for document in work.documents)
        key = (work.folder, work.judgements, digests, *asked)
        if key not in known:
            known[key] = gather(work, **options)
        return known[key]

    patch.setattr(understand, "run_many", near)
    patch.setattr(collect, "gathering", once)
    patch.setattr(review, "loaded", once)


def decide(folder: Path, decisions: Rows) -> None:
    """Decide pairs as a reviewer does with `konvoi review`; left, right: references of packages."""
    if not decisions:
        return
    entries = collect.gathering(workspace(folder)).ledger.entries.iter_rows(named=True)
    first: dict[str, str] = {}
    for row in entries:
        first.setdefault(row["package"], row["entry"])
    for decision in decisions:
        ends = [first[decision["left"]], first[decision["right"]]]
        told = [
            "--verdict",
            decision["verdict"],
            "--relation",
            decision.get("relation") or "same_as",
            "--by",
            "A. Reviewer",
        ]
        called = konvoi("review", *ends, *told, "--dir", folder)
        assert called.code == 0, called.err


def total(folder: Path, options: Iterable[str] = (), *, as_of: str = "") -> Drawn:
    """Return the total that `konvoi total` prints."""
    called = konvoi("total", folder, "--json", *options, *([AS_OF, as_of] if as_of else []))
    return drawn(called)


def drawn(called: Called) -> Drawn:
    """Return what a call of `konvoi total --json` printed."""
    assert called.out.startswith("{"), called.err
    told = called.json
    return Drawn(
        value=_number(told["value"]),
        lowest=_number(told["lowest"]),
        highest=_number(told["highest"]),
        rows={row["key"]: _three(row) for row in told["by"]},
        unvalued=told["unknown"],
        refused=(told["refused"] or {}).get("reason", ""),
    )


def _three(row: dict[str, Any]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return _number(row["value"]), _number(row["lowest"]), _number(row["highest"])


def _number(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))


@dataclass(frozen=True)
class Pair:
    """Two records by the references of their packages and lines, in review or accepted."""

    left: frozenset[str]
    right: frozenset[str]
    open: bool


def pairs(folder: Path) -> list[Pair]:
    """Return the pairs that `konvoi review` presents, and the accepted relations between records."""
    work = workspace(folder)
    gathered = collect.gathering(work)
    names = {
        row["entry"]: frozenset(str(row[name]) for name in ("package", "line", "reference") if row[name])
        for row in gathered.ledger.entries.iter_rows(named=True)
    }
    shown = konvoi("review", "--dir", folder, "--json", "--most", "5000").json["pairs"]
    found = [Pair(names[one["left"]], names[one["right"]], True) for one in shown]
    accepted = gathered.ledger.relations.filter(pl.col("status") == "accepted")
    ends = accepted.select("left", "right").iter_rows()
    return [*found, *(Pair(names[left], names[right], False) for left, right in ends)]


def findings(folder: Path) -> list[dict[str, Any]]:
    """Return the findings of a workspace as `konvoi total` and `konvoi run` state them."""
    whole = collect.gathering(workspace(folder))
    return [finding.as_dict() for finding in whole.findings]
