"""The columns of entries, as the catalogue declares them."""

from konvoi.flow.declare import Column
from konvoi.model.entries import ENTRIES

_ENTRY = {
    "entry": "Identifier: digest of source, reference and content",
    "submission": "Document that states it",
    "source": "Issuer of the reference: the partner, or the register",
    "reference": "The issuer's own reference",
    "party": "Giver",
    "counterparty": "Receiver; empty: the coalition's recipient",
    "package": "Package, as announced",
    "line": "Line item of the package; empty: the package as a whole",
    "route": "Delivery channel",
    "kind": "Military, humanitarian, energy, financial or reconstruction",
    "good": "Good; empty for money",
    "stage": "Stage of the pipeline",
    "variant": "Register whose meaning of the stage differs",
    "rule": "Rule under which it counts as delivered",
    "proof": "Proof of the delivery",
    "day_from": "First day on which it may have happened",
    "day_to": "Last day on which it may have happened",
    "known_on": "Day on which the statement became known",
    "promised": "Promised day of delivery",
    "amount_minor": "Amount as stated; negative: a correction or refund",
    "currency": "Currency of the amount (ISO 4217)",
    "stated_minor": "The same amount as the source converts it",
    "stated_currency": "Currency of the converted amount (ISO 4217)",
    "quantity": "Quantity",
    "unit": "Unit of the quantity",
    "valuation": "Source of the amount: given, by hand, by price, none",
    "rate": "Source and day of the rate behind the converted amount",
    "marking": "Readers to whom it is released",
    "count_mode": "How it counts for readers who may not see it",
    "text": "The source's own words",
    "implementer": "Implementer, where it is neither giver nor receiver",
    "address": "Address at which it is published",
    "sheet": "Sheet, table or path in the document",
    "row": "Row in the document; only for its sender and the coordination cell",
    "column": "Column of the value in the document",
    "corrects": "Entry that this one corrects",
}
_REFERS = {"submission": "submissions", "good": "goods", "corrects": "entries"}
_UNITS = {"amount_minor": "minor units", "stated_minor": "minor units"}

ENTRY_COLUMNS = tuple(
    Column(name, dtype, _ENTRY[name], _REFERS.get(name, ""), _UNITS.get(name, ""))
    for name, dtype in ENTRIES.items()
)
"""The columns of ENTRIES."""
