"""A total in the reader's language: the sentence, its range, what is not in it, its rows and its basis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from konvoi.flow.kept_totals import KeptTotals
from konvoi.flow.parties import called
from konvoi.flow.submissions.not_counted import NotCounted
from konvoi.kit.money import to_major
from konvoi.ledger.answer import Part, SourceRow, Total
from konvoi.ledger.basis import NO_RATE
from konvoi.ledger.parts import NOT_SAID, OTHERS
from konvoi.model.document import Unread
from konvoi.model.naming import localized
from konvoi.report.language import Language
from konvoi.report.ledger.basis import FUNDS, LEVELS, listed, rate, variant_ids
from konvoi.report.ledger.resolving import RESOLVING
from konvoi.web.access.viewer import Viewer
from konvoi.web.ledger.asked import Answered
from konvoi.web.ledger.links import source_address
from konvoi.web.pages.languages import code
from konvoi.web.pages.texts import say

MOST = 200
"""So many source rows are shown; the files hold all."""
_NAMED = 8
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
        text = total.refused.reason
        reason = say(IN_FORM.get(text, text), **total.refused.values)
        sentences = [say("Not added: {reason}.", reason=reason)]
        if total.refused.excess:
            text = "It would count {excess} {unit} twice, among others:"
            sentences.append(say(text, excess=number(total.refused.excess), unit=total.unit))
        pairs = total.refused.pairs[:MOST]
        return ShownTotal(" ".join(sentences), (), (), (), (), (), (), 0, refused=True, pairs=pairs)
    rows = total.rows or ()
    return ShownTotal(
        sentence_of(total),
        tuple(_span(total)),
        (*_of_documents(answer.missing), *_of_entries(total), *_of_partners(answer.missing)),
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


def sentence_of(total: Total) -> str:
    """Return the figure with its unit, stage and boundary, or that there is none."""
    stage = say(total.stage)
    told = {
        "stage": say("exactly {stage}", stage=stage) if total.exact else stage,
        "boundary": _boundary(total),
        "unit": total.unit,
    }
    if total.value is None and any(part.unit for part in total.by):
        return say("Each good for itself, {stage} ({boundary}):", **told)
    if total.value is None:
        return say("Not known: no value of what is {stage} can be counted ({boundary})", **told)
    if not total.is_reported:
        return say("Nothing {stage} fits what is asked ({boundary})", **told)
    return say("{value} {unit} {stage} ({boundary})", value=number(total.value), **told)


def _boundary(total: Total) -> str:
    whole, arrow, recipient = total.boundary.partition("coalition → ")
    if arrow and not whole:
        return say("coalition → {recipient}", recipient=recipient)
    return say(total.boundary)


def _span(total: Total) -> Iterator[str]:
    """Yield the range of the figure, and whether the probabilities behind it are calibrated."""
    if total.value is None or total.lowest is None or total.highest is None:
        return
    low, high = total.lowest < total.value, total.highest > total.value
    told: dict[str, Any] = {
        "low": number(total.lowest),
        "high": number(total.highest),
        "unit": total.unit,
    }
    if total.conflicts and (low or high):
        one = "{count} record has conflicting statements; the total ranges from {low} to {high} {unit}."
        many = "{count} records have conflicting statements; the total ranges from {low} to {high} {unit}."
        yield say(one, many, total.conflicts, count=total.conflicts, **told)
    if not total.open_pairs and not total.conflicts and high:
        text = "Parts exceed their whole; counted by its parts the total would be {high} {unit}."
        yield say(text, **told)
    elif total.open_pairs and (low or high):
        one, many = RESOLVING[low, high]
        yield say(one, many, total.open_pairs, count=total.open_pairs, **told)
    elif not low and not high:
        yield say("Range: the same; nothing open moves this total.")
    state = total.calibration
    if state is not None and not state.calibrated:
        one = "Match probabilities are not calibrated: {count} more randomly drawn pair must be reviewed."
        many = "Match probabilities are not calibrated: {count} more randomly drawn pairs must be reviewed."
        yield say(one, many, state.needed, count=state.needed)


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


def _of_documents(missing: NotCounted) -> Iterator[str]:
    """Yield what is not read: documents, rows with errors, sheets."""
    if missing.refused:
        one = "{count} document that cannot be read: {names}"
        many = "{count} documents that cannot be read: {names}"
        count = len(missing.refused)
        yield say(one, many, count, count=count, names=_listed(missing.refused))
    if missing.errors:
        rows = sum(missing.errors.values())
        one = "{count} row with an error, unreadable parts only: {names}"
        many = "{count} rows with errors, unreadable parts only: {names}"
        names = [_with_amounts(missing, name) for name in missing.errors]
        yield say(one, many, rows, count=rows, names=_listed(names))
    for document, sheets in missing.unread.items():
        yield from (_of_sheet(document, one) for one in sheets)


def _with_amounts(missing: NotCounted, document: str) -> str:
    sums = missing.amounts.get(document, {})
    stated = "; ".join(f"{one} {number(to_major(minor, one))}" for one, minor in sums.items())
    return f"{document} ({stated})" if stated else document


def _of_sheet(document: str, sheet: Unread) -> str:
    told: dict[str, Any] = {"sheet": sheet.sheet, "document": document, "table": sheet.table}
    if sheet.amount_minor is None:
        one = "sheet “{sheet}” of {document} ({count} row), not read; it looks like {table}"
        many = "sheet “{sheet}” of {document} ({count} rows), not read; it looks like {table}"
        return say(one, many, sheet.rows, count=sheet.rows, **told)
    value = f"{sheet.currency} {number(to_major(sheet.amount_minor, sheet.currency))}"
    one = "sheet “{sheet}” of {document} ({count} row, {value}), not read; it looks like {table}"
    many = "sheet “{sheet}” of {document} ({count} rows, {value}), not read; it looks like {table}"
    return say(one, many, sheet.rows, count=sheet.rows, value=value, **told)


def _of_entries(total: Total) -> Iterator[str]:
    """Yield the entries whose value or stage is not known."""
    if silent := total.unknown - total.unread_values - total.unlike_units:
        one, many = "{count} entry without a stated value", "{count} entries without a stated value"
        yield say(one, many, silent, count=silent)
    if count := total.unread_values:
        one = "{count} entry with a value that could not be read"
        yield say(one, "{count} entries with values that could not be read", count, count=count)
    if count := total.unlike_units:
        one = "{count} entry stated in a unit that cannot be added"
        yield say(one, "{count} entries stated in units that cannot be added", count, count=count)
    if count := total.unread_stages:
        one = "{count} entry with a stage that could not be read ({value} {unit})"
        many = "{count} entries with stages that could not be read ({value} {unit})"
        yield say(one, many, count, count=count, value=number(total.unread_stages_value), unit=total.unit)


def _of_partners(missing: NotCounted) -> Iterator[str]:
    if not missing.partners:
        return
    one = "{count} partner without a submission: {names}"
    many = "{count} partners without a submission: {names}"
    if not missing.every:
        one = "{count} partner without a submission released to this reader: {names}"
        many = "{count} partners without a submission released to this reader: {names}"
    count = len(missing.partners)
    yield say(one, many, count, count=count, names=_listed(missing.partners))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    known = ", ".join(names[:_NAMED])
    return f"{known}, +{number(more)}" if more > 0 else known


def _basis(total: Total, mixed: Sequence[Part]) -> Iterator[str]:
    """Yield what the figure rests on, and what stands beside it."""
    for name, value in (("shared", total.shared), ("internal", total.internal), ("perhaps", total.perhaps)):
        if value:
            text = "{what}, not in it: {value} {unit}"
            yield say(text, what=say(name), value=number(value), unit=total.unit)
    if total.paid_into_funds:
        text = "Paid into funds, not yet passed on: {value} {unit}"
        yield say(text, value=number(total.paid_into_funds), unit=total.unit)
    for name, value in total.valuation.items():
        yield say("valued {how}: {value} {unit}", how=say(name), value=number(value), unit=total.unit)
    entries = say("{count} entry", "{count} entries", total.used, count=total.used)
    variants = ", ".join(say(name) for one in total.variants for name in variant_ids(one))
    if not total.variants:
        yield entries
    elif total.rule:
        text = "stages as defined by: {variants}; delivery rule: {rule}; {entries}"
        yield say(text, variants=variants, rule=say(total.rule), entries=entries)
    else:
        yield say("stages as defined by: {variants}; {entries}", variants=variants, entries=entries)
    drawn = [LEVELS[total.level], *([FUNDS[total.attribute]] if total.level != "lines" else [])]
    yield "; ".join(say(one.id) for one in drawn)
    for part in mixed:
        source = " + ".join(say(one) for one in variant_ids(part.key))
        yield say("{source}: {value} {unit}", source=source, value=number(part.value), unit=total.unit)
    if total.rates:
        rates = Language(code()).text(listed([rate(name) for name in total.rates], "; "))
        yield say("rates: {rates}", rates=rates)
    for reason, count in total.unused:
        yield say("{number} left out: {reason}", number=number(count), reason=say(reason))
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
