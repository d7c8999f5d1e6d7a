"""Pairs in words: both records side by side, evidence, places, and what each decision does to the total."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.flow.matching.component import Figures
from konvoi.link.comparison import MISSING
from konvoi.model.entries import RELATIONS
from konvoi.model.finding import Place
from konvoi.reconcile.judgement import VERDICTS
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.matching.reasons import weighed
from konvoi.report.matching.sides import changes, holds, sides, where
from konvoi.report.names import Names
from konvoi.report.page import Value
from konvoi.web.matching.queries import Desk, Row
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

KEYS = {"same": "KeyS", "different": "KeyD", "unsure": "KeyU"}


def words(value: Value) -> str:
    """Return a value in the reader's language."""
    return Language(code()).text(value)


@dataclass(frozen=True)
class Money:
    """A total with its range, in words."""

    value: str
    lowest: str
    highest: str

    @property
    def text(self) -> str:
        """The total with its range as one text."""
        if self.lowest == self.highest:
            return self.value
        return say("{value} (range {lowest} to {highest})", **vars(self))


def money(figures: Figures | None, currency: str) -> Money | None:
    """Return a total with all its digits; None where it is not shown."""
    if figures is None:
        return None
    return Money(*(words((one, " ", currency)) for one in figures))


def total_now(desk: Desk) -> Money | None:
    """Return the total pledged as decisions now leave it."""
    return money(desk.now.total, currency_of(desk))


def currency_of(desk: Desk) -> str:
    """Return the currency of the total."""
    return str(desk.now.results.summary["currency"])


@dataclass(frozen=True)
class Effect:
    """Effect of a decision on the total. fall: by how much it changes; empty for not at all."""

    verdict: str
    label: str
    key: str
    total: Money | None
    change: str


def labels(relation: str) -> Mapping[str, str]:
    """Return the name of each decision for a relation."""
    _, same, different = holds(relation)
    return {"same": words(same), "different": words(different), "unsure": say("undecided")}


def effects(desk: Desk, row: Row, *, hidden: bool) -> list[Effect]:
    """Return the decisions with the total that each leaves. hidden: without totals, so that nobody is led."""
    named = labels(row.pair.relation)
    totals = dict.fromkeys(VERDICTS) if hidden else desk.now.if_each(row.id)
    found = []
    for verdict, after in totals.items():
        change = ""
        if after is not None and desk.now.total is not None:
            change = signed(after.value - desk.now.total.value, currency_of(desk))
        total = money(after, currency_of(desk))
        found.append(Effect(verdict, named[verdict], KEYS[verdict], total, change))
    return found


def signed(amount: Decimal, currency: str) -> str:
    """Return a change of a total; empty for none."""
    if not amount:
        return ""
    return ("+" if amount > 0 else "−") + words((abs(amount), " ", currency))


@dataclass(frozen=True)
class Field:
    """A field of both records. differs: they state different values."""

    label: str
    left: str
    right: str
    differs: bool


def fields(desk: Desk, row: Row) -> list[Field]:
    """Return the fields of both records, those of their places last."""
    left, right = desk.now.entries(row.values)
    found = [
        Field(words(label), one := words(a), other := words(b), one != other)
        for label, a, b in sides(names(desk), left, right)
    ]
    place, other_place = (words(where(_place(desk, entry))) for entry in (left, right))
    if place or other_place:
        found.append(Field(say("Place in the submission"), place, other_place, differs=False))
    return found


def names(desk: Desk) -> Names:
    """Return the names of parties and goods in the results."""
    tables = {name: rows for name in ("parties", "goods") if (rows := desk.opened.frame(name)) is not None}
    return Names(
        Case(
            title="",
            day=desk.opened.day or date.min,
            recipient="",
            entries=pl.DataFrame(),
            relations=pl.DataFrame(schema=RELATIONS),
            documents=pl.DataFrame(),
            findings=(),
            tables=tables,
        )
    )


def _place(desk: Desk, entry: Mapping[str, Any]) -> Place:
    found = desk.opened.rows("submissions", where={"submission": entry["submission"]}, limit=1).rows
    name = str(found[0]["name"]) if found else ""
    return Place(name, entry["sheet"] or "", entry["row"] or 0, entry["column"] or "")


def reasons(row: Row) -> list[str]:
    """Return the evidence for and against a pair with its weights, one comparison each."""
    text = words(weighed(row.pair.evidence))
    return [one.strip() for one in text.split("; ") if one.strip()]


def effect_in_words(desk: Desk, row: Row, known: Names) -> str:
    """Return what it changes if a pair holds."""
    pair = row.pair
    return words(changes(pair, currency_of(desk), known.good(pair.good) if pair.good else ""))


@dataclass(frozen=True)
class Line:
    """A pair in the list."""

    row: Row
    question: str
    left: str
    right: str
    effect: str
    reason: str


def lines(desk: Desk, rows: Sequence[Row]) -> Iterator[Line]:
    """Yield pairs as the list shows them."""
    known = names(desk)
    for row in rows:
        left, right = (_about(known, row.values, side) for side in ("left", "right"))
        led = row.hides_answers or desk.drawn_pair == row.id
        effect = "" if led else effect_in_words(desk, row, known)
        yield Line(row, words(holds(row.pair.relation)[0]), left, right, effect, _strongest(row))


def _strongest(row: Row) -> str:
    """Return the two comparisons that speak most for a pair, without their weights."""
    found = []
    for one in json.loads(row.pair.evidence):
        comparison, answer, *bits = one
        if answer and answer != MISSING and not (bits and float(bits[0]) <= 0):
            found.append((-float(bits[0]) if bits else 0.0, f"{say(comparison)}: {say(answer)}"))
    return "; ".join(text for _, text in sorted(found)[:2])


def _about(known: Names, values: Mapping[str, Any], side: str) -> str:
    """Return a record in few words: whose, its reference, its wording."""
    party = words(known.party(values[f"{side}_party"] or values[f"{side}_source"]))
    told = [values[f"{side}_reference"], values[f"{side}_text"]]
    return " · ".join([party, *(str(one) for one in told if one)])
