"""Sentences on a total, as the terminal and the web say them: figure, range, what is not in it, and basis.

figure: how a number is written; the terminal writes all places, a page at least two where there are any.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from konvoi.flow.submissions.not_counted import NotCounted
from konvoi.kit.money import to_major
from konvoi.ledger.answer import Part, Refusal, Total
from konvoi.model.document import Unread
from konvoi.report.ledger.basis import FUNDS, LEVELS, listed, rate, variant_ids
from konvoi.report.ledger.resolving import RESOLVING
from konvoi.report.page import Message, Value

Figure = Callable[[Decimal | int], str]
NAMED = 8
"""So many documents and partners are named; of the others the number is stated."""


def refusal(refused: Refusal, unit: str, figure: Figure, reason: str = "") -> Iterator[Message]:
    """Yield why there is no figure, and how much it would count twice. reason: another text of the same."""
    text = Message(reason or refused.reason, refused.values)
    yield Message("Not added: {reason}.", {"reason": text})
    if refused.excess:
        told: dict[str, Value] = {"excess": figure(refused.excess), "unit": unit}
        yield Message("It would count {excess} {unit} twice, among others:", told)


def answer(total: Total, figure: Figure) -> Message:
    """Return the figure with its unit, stage and boundary, or that there is none."""
    stage = Message(total.stage)
    told: dict[str, Value] = {
        "stage": Message("exactly {stage}", {"stage": stage}) if total.exact else stage,
        "boundary": _boundary(total),
        "unit": total.unit,
    }
    if total.value is None and any(part.unit for part in total.by):
        return Message("Each good for itself, {stage} ({boundary}):", told)
    if total.value is None:
        return Message("Not known: no value of what is {stage} can be counted ({boundary})", told)
    if not total.is_reported:
        return Message("Nothing {stage} fits what is asked ({boundary})", told)
    return Message("{value} {unit} {stage} ({boundary})", {"value": figure(total.value), **told})


def _boundary(total: Total) -> Message:
    """Return the boundary in words; one that the question names stays as it was named."""
    whole, arrow, recipient = total.boundary.partition("coalition → ")
    if arrow and not whole:
        return Message("coalition → {recipient}", {"recipient": recipient})
    return Message(total.boundary)


def moves(total: Total) -> tuple[bool, bool]:
    """Return whether what is open can lower a total, and whether it can raise it."""
    if total.value is None or total.lowest is None or total.highest is None:
        return False, False
    return total.lowest < total.value, total.highest > total.value


def span(total: Total, figure: Figure, estimate: Value = "") -> Iterator[Value]:
    """Yield the range of a total. estimate: follows the sentence on duplicate candidates."""
    low, high = moves(total)
    if total.lowest is None or total.highest is None or not (low or high):
        return
    told: dict[str, Value] = {
        "low": figure(total.lowest),
        "high": figure(total.highest),
        "unit": total.unit,
    }
    if total.conflicts:
        one = "{count} record has conflicting statements; the total ranges from {low} to {high} {unit}."
        many = "{count} records have conflicting statements; the total ranges from {low} to {high} {unit}."
        yield _counted(one, many, total.conflicts, told)
    if total.open_pairs:
        yield _counted(*RESOLVING[low, high], total.open_pairs, told), estimate
    elif not total.conflicts and high:
        yield Message(
            "Parts exceed their whole; counted by its parts the total would be {high} {unit}.", told
        )


def calibration(total: Total) -> Iterator[Message]:
    """Yield that the probabilities behind a total are not calibrated, where they are not."""
    state = total.calibration
    if total.value is not None and state is not None and not state.calibrated:
        one = "Match probabilities are not calibrated: {count} more randomly drawn pair must be reviewed."
        many = "Match probabilities are not calibrated: {count} more randomly drawn pairs must be reviewed."
        yield _counted(one, many, state.needed)


def missing(total: Total, left_out: NotCounted, figure: Figure) -> Iterator[Message]:
    """Yield what a total does not contain: documents, rows, sheets, entries and partners."""
    if left_out.refused:
        one = "{count} document that cannot be read: {names}"
        many = "{count} documents that cannot be read: {names}"
        yield _counted(one, many, len(left_out.refused), {"names": _names(left_out.refused, figure)})
    if left_out.errors:
        one = "{count} row with an error, unreadable parts only: {names}"
        many = "{count} rows with errors, unreadable parts only: {names}"
        names = [_with_amounts(name, left_out.amounts.get(name, {}), figure) for name in left_out.errors]
        yield _counted(one, many, sum(left_out.errors.values()), {"names": _names(names, figure)})
    for document, sheets in left_out.unread.items():
        yield from (_sheet(document, one, figure) for one in sheets)
    yield from _entries(total, figure)
    if left_out.partners:
        one, many = _WITHOUT[left_out.every]
        yield _counted(one, many, len(left_out.partners), {"names": _names(left_out.partners, figure)})


_WITHOUT = {
    True: ("{count} partner without a submission: {names}", "{count} partners without a submission: {names}"),
    False: (
        "{count} partner without a submission released to this reader: {names}",
        "{count} partners without a submission released to this reader: {names}",
    ),
}
"""Sentences on partners that did not submit: for the coordination cell, and for other readers."""


def _with_amounts(document: str, sums: Mapping[str, int], figure: Figure) -> str:
    """Return a document with what its rows that are left out state, such as "PL/list.xlsx (EUR 5,000.00)"."""
    stated = "; ".join(f"{one} {figure(to_major(minor, one))}" for one, minor in sums.items())
    return f"{document} ({stated})" if stated else document


def _names(names: Sequence[str], figure: Figure) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - NAMED
    known = ", ".join(names[:NAMED])
    return f"{known}, +{figure(more)}" if more > 0 else known


def _sheet(document: str, sheet: Unread, figure: Figure) -> Message:
    """Return a sheet that looks like a table and was not read, with its sum where it states one."""
    told: dict[str, Value] = {"sheet": sheet.sheet, "document": document, "table": sheet.table}
    if sheet.amount_minor is None:
        one = "sheet “{sheet}” of {document} ({count} row), not read; it looks like {table}"
        many = "sheet “{sheet}” of {document} ({count} rows), not read; it looks like {table}"
        return _counted(one, many, sheet.rows, told)
    told["value"] = f"{sheet.currency} {figure(to_major(sheet.amount_minor, sheet.currency))}"
    one = "sheet “{sheet}” of {document} ({count} row, {value}), not read; it looks like {table}"
    many = "sheet “{sheet}” of {document} ({count} rows, {value}), not read; it looks like {table}"
    return _counted(one, many, sheet.rows, told)


def _entries(total: Total, figure: Figure) -> Iterator[Message]:
    """Yield the entries whose value or stage is not known."""
    if silent := total.unknown - total.unread_values - total.unlike_units:
        one, many = "{count} entry without a stated value", "{count} entries without a stated value"
        yield _counted(one, many, silent)
    if total.unread_values:
        one = "{count} entry with a value that could not be read"
        many = "{count} entries with values that could not be read"
        yield _counted(one, many, total.unread_values)
    if total.unlike_units:
        one = "{count} entry stated in a unit that cannot be added"
        many = "{count} entries stated in units that cannot be added"
        yield _counted(one, many, total.unlike_units)
    if total.unread_stages:
        one = "{count} entry with a stage that could not be read ({value} {unit})"
        many = "{count} entries with stages that could not be read ({value} {unit})"
        told: dict[str, Value] = {"value": figure(total.unread_stages_value), "unit": total.unit}
        yield _counted(one, many, total.unread_stages, told)


def beside(total: Total, figure: Figure) -> Iterator[Message]:
    """Yield what stands beside a figure, and how its parts are valued."""
    for name, value in (("shared", total.shared), ("internal", total.internal), ("perhaps", total.perhaps)):
        if value:
            told: dict[str, Value] = {"what": Message(name), "value": figure(value), "unit": total.unit}
            yield Message("{what}, not in it: {value} {unit}", told)
    if total.paid_into_funds:
        told = {"value": figure(total.paid_into_funds), "unit": total.unit}
        yield Message("Paid into funds, not yet passed on: {value} {unit}", told)
    for name, value in total.valuation.items():
        told = {"how": Message(name), "value": figure(value), "unit": total.unit}
        yield Message("valued {how}: {value} {unit}", told)


def basis(total: Total) -> Iterator[Value]:
    """Yield what a figure rests on: definition of stages, rule, number of entries, level and funds."""
    entries = counted_entries(total.used)
    variants = listed([Message(name) for one in total.variants for name in variant_ids(one)], ", ")
    told: dict[str, Value] = {"variants": variants, "rule": Message(total.rule), "entries": entries}
    if not total.variants:
        yield entries
    elif total.rule:
        yield Message("stages as defined by: {variants}; delivery rule: {rule}; {entries}", told)
    else:
        yield Message("stages as defined by: {variants}; {entries}", told)
    drawn = [LEVELS[total.level], *([FUNDS[total.attribute]] if total.level != "lines" else [])]
    yield listed([Message(one.id) for one in drawn], "; ")


def counted_entries(count: int) -> Message:
    """Return a number of entries in words."""
    return _counted("{count} entry", "{count} entries", count)


def of_source(part: Part, unit: str, figure: Figure) -> Message:
    """Return the part of one source in a total that mixes several."""
    named = listed([Message(one) for one in variant_ids(part.key)], " + ")
    told: dict[str, Value] = {"source": named, "value": figure(part.value), "unit": unit}
    return Message("{source}: {value} {unit}", told)


def rates(total: Total) -> Iterator[Message]:
    """Yield the rates behind a total, where it rests on any."""
    if total.rates:
        yield Message("rates: {rates}", {"rates": listed([rate(name) for name in total.rates], "; ")})


def unused(total: Total, figure: Figure) -> Iterator[tuple[str, Message]]:
    """Yield what was left out: the reason as a message id, and the sentence."""
    for reason, count in total.unused:
        told: dict[str, Value] = {"number": figure(count), "reason": Message(reason)}
        yield reason, Message("{number} left out: {reason}", told)


def _counted(one: str, many: str, count: int, values: Mapping[str, Value] | None = None) -> Message:
    return Message(one, {"count": count, **(values or {})}, many, count)
