"""One JSON document: every sentence in words, every number with its value, unit, stage, day and what is
behind it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from konvoi import __version__
from konvoi.report.language import Language
from konvoi.report.page import Message, Name, Number, Page
from konvoi.report.writer import Writer


def write(page: Page, language: str) -> Mapping[str, bytes]:
    """The page as brief.json, its keys in the order of the page's values."""
    document = {"konvoi": __version__, "language": language, "page": plain(page, Language(language))}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return {"brief.json": text.encode() + b"\n"}


def plain(value: object, language: Language) -> object:
    """A value of a page as JSON holds it."""
    match value:
        case Message():
            return language.text(value)
        case Name():
            return language.name(value)
        case Number():
            return _number(value)
        case Decimal():
            return format(value.normalize(), "f")
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple() | list():
            return [plain(item, language) for item in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name), language) for f in fields(value)}
    return value


def _number(number: Number) -> dict[str, object]:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else format(value.normalize(), "f")

    return {
        "value": text(number.value),
        "unit": number.unit,
        "stage": number.stage,
        "day": number.day.isoformat() if number.day else None,
        "lowest": text(number.lowest),
        "highest": text(number.highest),
        "behind": list(number.behind),
        "to": number.to,
    }


JSON = Writer("json", False, write)
