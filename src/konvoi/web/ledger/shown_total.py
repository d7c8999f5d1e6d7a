"""A total in the reader's language: the sentence, its range, what is not in it, its rows and its basis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from konvoi.flow.kept_totals import KeptTotals
from konvoi.flow.parties import called
from konvoi.flow.total_sentences import answer as sentence
from konvoi.flow.total_sentences import (
    basis,
    beside,
    calibration,
    missing,
    moves,
    of_source,
    rates,
    refusal,
    span,
    unused,
)
from konvoi.ledger.answer import Part, SourceRow, Total
from konvoi.ledger.basis import NO_RATE
from konvoi.ledger.parts import NOT_SAID, OTHERS
from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.ledger.basis import variant_ids
from konvoi.report.page import Value
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.asked import Answered
from konvoi.web.ledger.links import source_address
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST = 200
"""So many source rows are shown; the files hold all."""
IN_FORM = {
    "the sources mean different things by this stage: {variants}; --mix adds them all the same": (
        "the sources mean different things by this stage: {variants}; a further option adds them all the same"
    ),
    "quantities of different goods are not added: {goods}; name one with --good, or ask --by good": (
        "quantities of different goods are not added: {goods}; name one good, or choose rows by good"
    ),
    "quantities in different units are not added: {units}; name one good with --good": (
        "quantities in different units are not added: {units}; name one good"
    ),
}
"""Reasons that name an option of a command, as a form says them."""


@dataclass(frozen=True)
class ShownPart:
    """A row of a total. span: its range; empty where it is one figure."""

    name: str
    value: str
    span: str
    entries: int


@dataclass(frozen=True)
class ShownRow:
    """A source row of a total, with the address of its source cell."""

    entry: str
    what: str
    value: str
    counted: str
    how: str
    address: str


@dataclass(frozen=True)
class ShownTotal:
    """A total in words. refused: True where there is no figure because it would count twice. pairs: those
    that it would count twice. basis: what the figure rests on. rows: the first source rows of `every`.
    """

    sentence: str
    span: tuple[str, ...]
    missing: tuple[str, ...]
    parts: tuple[ShownPart, ...]
    basis: tuple[str, ...]
    further: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    every: int
    refused: bool
    pairs: tuple[tuple[str, str], ...] = ()


def shown_total(viewer: Viewer, answer: Answered, kept: KeptTotals) -> ShownTotal:
    """Return a total in the reader's language."""
    total = answer.total
    if total.refused:
        reason = IN_FORM.get(total.refused.reason, "")
        sentences = [_text(one) for one in refusal(total.refused, total.unit, number, reason)]
        pairs = total.refused.pairs[:MOST]
        return ShownTotal(" ".join(sentences), (), (), (), (), (), (), 0, refused=True, pairs=pairs)
    rows = total.rows or ()
    return ShownTotal(
        _text(sentence(total, number)),
        tuple(_span(total)),
        tuple(_text(one) for one in missing(total, answer.missing, number)),
        tuple(_parts(answer, kept)),
        tuple(_basis(total, answer.mixed)),
        tuple(_further(answer)),
        tuple(_row(viewer, one) for one in rows[:MOST]),
        len(rows),
        refused=False,
    )


def number(value: Decimal | int) -> str:
    """Return a figure with the separators of the language: with decimals where it is not whole."""
    known = Decimal(value)
    if known == known.to_integral_value():
        return Language(code()).decimal(known, 0)
    return Language(code()).decimal(known, max(2, -int(known.normalize().as_tuple().exponent)))


def _text(value: Value) -> str:
    return Language(code()).text(value)


def _span(total: Total) -> Iterator[str]:
    """Yield the range of the figure, and whether the probabilities behind it are calibrated."""
    yield from map(_text, span(total, number))
    if total.lowest is not None and total.value is not None and not any(moves(total)):
        yield say("Range: the same; nothing open moves this total.")
    yield from map(_text, calibration(total))


def _parts(answer: Answered, kept: KeptTotals) -> Iterator[ShownPart]:
    total = answer.total
    for part in total.by:
        unit = f" {part.unit}" if part.unit else ""
        span = "" if part.lowest == part.highest else f"{number(part.lowest)} – {number(part.highest)}"
        yield ShownPart(_name(part.key, answer, kept), number(part.value) + unit, span, len(part.entries))
    shown = {part.key for part in total.by}
    for one in total.unvalued:
        if one.key not in shown:
            reason = say(one.reason or "no value stated", **one.values)
            yield ShownPart(_name(one.key, answer, kept), reason, "", len(one.entries))


def _name(key: str, answer: Answered, kept: KeptTotals) -> str:
    """Return the name of a row of a total; of parties and groups with their id."""
    by = answer.question.by
    if key in (NOT_SAID, OTHERS):
        return say(key)
    if by in ("partner", "group"):
        known = called(key, kept.gathered.tables, code())
        return known if known == key else f"{known} ({key})"
    if by == "variant":
        return " + ".join(say(one) for one in variant_ids(key))
    return localized("choice", key, code()) if by in ("kind", "valuation") else key


def _basis(total: Total, mixed: Sequence[Part]) -> Iterator[str]:
    """Yield what the figure rests on, and what stands beside it."""
    yield from map(_text, (*beside(total, number), *basis(total)))
    for part in mixed:
        yield _text(of_source(part, total.unit, number))
    yield from map(_text, rates(total))
    for reason, one in unused(total, number):
        yield _text(one)
        if reason == NO_RATE and total.no_rate:
            text = "from {currencies} to {unit}: choose one of these currencies, or submit rates"
            yield say(text, currencies=", ".join(total.no_rate), unit=total.unit)


def _further(answer: Answered) -> Iterator[str]:
    for release, one in answer.further:
        value = f"{number(one.value or 0)} {one.unit}"
        if one.band is not None:
            low, high = (number(end) for end in one.band)
            value = say("{low} to {high} {unit}", low=low, high=high, unit=one.unit)
        text = "{title}: {value}, not in it (as of {day}, released to {reader})"
        yield say(
            text,
            title=say("Further contributions, not named"),
            value=value,
            day=release.as_of,
            reader=say(release.reader),
        ) + (f" ({one.key})" if one.key else "")
    if answer.own:
        yield say(
            "Your own contributions are in the total and may be in this sum as well, so the two cannot be "
            "added."
        )


def _row(viewer: Viewer, row: SourceRow) -> ShownRow:
    return ShownRow(
        row.entry,
        row.unit,
        "–" if row.value is None else number(row.value),
        "–" if row.value is None else number(row.counted),
        how(row),
        source_address(viewer, row.entry),
    )


def how(row: SourceRow) -> str:
    """Return how a source row counted, in words."""
    return say("{how} {entry}", how=say(row.how), entry=row.other) if row.other else say(row.how)
