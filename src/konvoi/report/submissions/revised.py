"""Changes of a package between two versions, in words: `line, stage: column: old → new`."""

from collections.abc import Sequence

from konvoi.model.stages import Stage
from konvoi.report.page import Message, Value

_COLUMNS = {
    "party": Message("Partner"),
    "counterparty": Message("Recipient"),
    "amount_minor": Message("Amount"),
    "currency": Message("Currency"),
    "quantity": Message("Quantity"),
    "unit": Message("Unit"),
    "day_from": Message("First day"),
    "day_to": Message("Last day"),
    "promised": Message("Promised day"),
    "kind": Message("Kind"),
    "good": Message("Good"),
    "route": Message("Channel"),
    "variant": Message("Variant"),
    "rule": Message("Rule"),
    "proof": Message("Proof"),
    "valuation": Message("Valuation"),
    "stated_minor": Message("Amount, converted"),
    "stated_currency": Message("Currency, converted"),
    "rate": Message("Rate"),
}
_WORDS = {word: Message(word) for word in ("not known", *map(str, Stage))}
_BECAME = {"new": Message("a new entry"), "gone": Message("gone")}


def changed(texts: Sequence[str]) -> Value:
    """The changes of konvoi.ledger.revisions, parted by semicolons."""
    parts: list[Value] = []
    for text in texts:
        parts += ["; " if parts else "", *_change(text)]
    return tuple(parts)


def _change(text: str) -> list[Value]:
    where, _, what = text.partition(": ")
    column, _, values = what.partition(": ")
    if not what:
        return [text]
    line, _, stage = where.rpartition(", ")
    begins: list[Value] = [*((line, ", ") if line else ()), _WORDS.get(stage, stage), ": "]
    if column not in _COLUMNS:
        return [*begins, _BECAME.get(what, what)]
    old, _, new = values.partition(" → ")
    return [*begins, _COLUMNS[column], ": ", _WORDS.get(old, old), " → ", _WORDS.get(new, new)]
