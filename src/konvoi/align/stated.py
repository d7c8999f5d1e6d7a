"""Stated ownership: ownership.csv, owners and managers of ships, subsidiaries on lists."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from konvoi.align.list_findings import told
from konvoi.kit.text import fold, tidy
from konvoi.model.finding import Finding, Place

FILE = "ownership.csv"
HEAD = ("owner", "owned", "share", "source", "day")


@dataclass(frozen=True)
class Stated:
    """Ownership of a part of a party by another. percent: None if the share is not stated."""

    owner: str
    owned: str
    percent: Decimal | None
    source: str
    day: date | None = None

    def __str__(self) -> str:
        share = "?" if self.percent is None else f"{self.percent.normalize():f} %"
        where = ", ".join(filter(None, (self.source, self.day.isoformat() if self.day else "")))
        return f"{self.owner} → {self.owned}: {share} ({where})"


def stated(text: str) -> tuple[tuple[Stated, ...], tuple[Finding, ...]]:
    """The rows of ownership.csv; a row that cannot be used is a finding and left out.

    A share is a number from 0 to 100; empty where it is not known. Of rows about one owner and one owned the
    last day counts.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        return (), (told("ownership-broken", Place(FILE), read=str(error)),)
    if rows and not set(HEAD[:3]) <= set(rows[0]):
        return (), (told("ownership-broken", Place(FILE, row=1), read=",".join(str(one) for one in rows[0])),)
    findings: list[Finding] = []
    found: list[Stated] = []
    for number, row in enumerate(rows, 2):
        one = _row({str(name): str(value or "").strip() for name, value in row.items() if name})
        if isinstance(one, Stated):
            found.append(one)
        else:
            column, read = one
            findings.append(told("ownership-row", Place(FILE, row=number, column=column), read=read))
    return tuple(found), (*findings, *_too_much(newest(found)))


def _row(row: Mapping[str, str]) -> Stated | tuple[str, str]:
    """One row, or the column that is wrong and what stands there."""
    for name in ("owner", "owned"):
        if not tidy(row.get(name, "")):
            return name, row.get(name, "")
    share = row.get("share", "").rstrip("% ").replace(",", ".")
    try:
        percent = Decimal(share) if share else None
    except InvalidOperation:
        return "share", row["share"]
    if percent is not None and not (percent.is_finite() and 0 <= percent <= 100):
        return "share", row["share"]
    try:
        day = date.fromisoformat(row["day"]) if row.get("day") else None
    except ValueError:
        return "day", row["day"]
    return Stated(tidy(row["owner"]), tidy(row["owned"]), percent, row.get("source", ""), day)


def newest(rows: Iterable[Stated], on: date | None = None) -> tuple[Stated, ...]:
    """Return for each owner and owned party the last row known on the day; of equal days the last row."""
    best: dict[tuple[str, str], Stated] = {}
    for one in rows:
        if on and one.day and one.day > on:
            continue
        at = fold(one.owner), fold(one.owned)
        if at not in best or (one.day or date.min) >= (best[at].day or date.min):
            best[at] = one
    return tuple(best.values())


def _too_much(rows: Sequence[Stated]) -> list[Finding]:
    """Report owned parties with stated shares of more than 100 %."""
    sums: dict[str, Decimal] = {}
    for one in rows:
        sums[fold(one.owned)] = sums.get(fold(one.owned), Decimal(0)) + (one.percent or Decimal(0))
    names = {fold(one.owned): one.owned for one in rows}
    return [
        told("ownership-too-much", Place(FILE, column="share"), read=f"{total.normalize():f}", name=names[of])
        for of, total in sorted(sums.items())
        if total > 100
    ]
