"""One JSON document: every sentence in words, every number with its value, unit, stage, day and what is
behind it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from konvoi import __version__
from konvoi.kit.json_text import json_text
from konvoi.report.language import Language
from konvoi.report.page import Message, Name, Number, Page
from konvoi.report.writer import Writer


def write(page: Page, language: str) -> Mapping[str, bytes]:
    """The page as brief.json, its keys in the order of the page's values."""
    document = {"konvoi": __version__, "language": language, "page": plain(page, Language(language))}
    text = json_text(document)
    return {"brief.json": text.encode() + b"\n"}


def plain(value: object, language: Language) -> object:
    """A value of a page with its sentences in words; decimals and days stay as they are."""
    match value:
        case Message():
            return language.text(value)
        case Name():
            return language.name(value)
        case Number():
            return _number(value)
        case Enum():
            return value.value
        case tuple() | list():
            return [plain(item, language) for item in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name), language) for f in fields(value)}
    return value


def _number(number: Number) -> dict[str, object]:
    return {
        "value": number.value,
        "unit": number.unit,
        "stage": number.stage,
        "day": number.day,
        "lowest": number.lowest,
        "highest": number.highest,
        "behind": list(number.behind),
        "to": number.to,
    }


JSON = Writer("json", False, write)
