"""JSON of values that JSON does not know: exact decimals become numbers, days ISO 8601."""

import json
from datetime import date
from decimal import Decimal


def json_text(document: object, *, indent: int | None = 1) -> str:
    """Return a document as JSON; a value of another type than JSON has is written as `json_value` gives it.

    >>> json_text({"value": Decimal("12.50"), "day": date(2031, 3, 1)}, indent=None)
    '{"value": 12.5, "day": "2031-03-01"}'
    """
    return json.dumps(document, ensure_ascii=False, indent=indent, default=json_value)


def json_value(value: object) -> int | float | str:
    """Return a decimal as a number, a whole one without decimals; a day in ISO 8601; all else as text.

    >>> json_value(Decimal("3.000")), json_value(Decimal("12.50")), json_value(date(2031, 3, 1))
    (3, 12.5, '2031-03-01')
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)
