"""Figures in JSON answers as numbers: engines give exact decimals as text."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from konvoi.kit.json_number import json_number

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")

FIGURES = frozenset(
    """
    added after all_on_time amount arrived assessed assumed before bound committed contracted cost
    cost_of_staying_close counted damage damaged decided difference disbursed estimate excess expected
    few gain given held_decided held_proposed high highest internal late_after late_before learnt
    listings low lowest matching middle movements needed new old on_time open over paid paid_into_funds
    perhaps planned quantity quantity_after quantity_before reached received rejected removed requested
    rows sent share shared short silent stated statements steps threshold total_after total_before
    unknown unread_stages_value word
    """.split()
)
"""Names whose value is a figure wherever it reads as one."""

_BESIDE = {
    "value": frozenset({"lowest", "bound", "unit", "counted", "before", "valuation", "stage"}),
    "left": frozenset({"committed"}),
    "part_of": frozenset({"repeats"}),
}
"""Names that are figures beside one of these; elsewhere they may be names or numbers of a register."""

_FIELDS = frozenset({"before", "after", "old", "new"})
"""Values of a field that another name gives: texts of any kind, figures where no `field` stands beside."""


def with_numbers(document: Any) -> Any:
    """Return a document in which figures that are text are numbers; whole ones without decimals.

    >>> with_numbers({"value": "12.50", "unit": "EUR", "read": "4", "rows": [{"quantity": "3.000000"}]})
    {'value': 12.5, 'unit': 'EUR', 'read': '4', 'rows': [{'quantity': 3}]}
    >>> with_numbers({"type": "registration", "value": "815"})
    {'type': 'registration', 'value': '815'}
    """
    if isinstance(document, Decimal):
        return json_number(document)
    if isinstance(document, Mapping):
        names = set(document)
        figures = {name for name in names if name in FIGURES or _BESIDE.get(name, frozenset()) & names}
        figures -= _FIELDS if "field" in names else set()
        return {name: _figure(name, value, figure=name in figures) for name, value in document.items()}
    if isinstance(document, list | tuple):
        return [with_numbers(one) for one in document]
    return document


def _figure(name: Any, value: Any, *, figure: bool) -> Any:
    if isinstance(value, str):
        return json_number(Decimal(value)) if figure and _NUMBER.fullmatch(value) else value
    if figure and isinstance(value, list | tuple):
        return [_figure(name, one, figure=True) for one in value]
    if name == "valuation" and isinstance(value, Mapping):
        return {key: _figure(key, one, figure=True) for key, one in value.items()}
    return with_numbers(value)
