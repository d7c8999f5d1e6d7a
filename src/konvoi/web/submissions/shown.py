"""Previews in the reader's language: findings in place, changes field by field, totals, and exposures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from konvoi.kit.text import shown as visible
from konvoi.ledger.parts import UNLIKE
from konvoi.ledger.release import TWO_PARTNERS
from konvoi.model.finding import Finding
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.model.naming import localized
from konvoi.model.party import party_id
from konvoi.report.language import Language
from konvoi.report.localized_finding import finding_as_written
from konvoi.report.localized_refusal import localized_refusal
from konvoi.report.sentences import sentence
from konvoi.web.pages.languages import code
from konvoi.web.pages.party_names import party_text
from konvoi.web.pages.texts import say
from konvoi.web.submissions.preview import finding_of

_CHOICES = frozenset(
    {"kind", "route", "stage", "proof", "rule", "valuation", "marking", "count_mode", "mode", "state", "role"}
)
_MONEY = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")
_TABLES = frozenset({"xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "json"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class ShownFinding:
    """A finding as a row of a table."""

    severity: str
    sheet: str
    row: int
    column: str
    text: str
    file: str = ""


@dataclass(frozen=True)
class ShownField:
    """A field of a record, before and after."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class ShownChange:
    """A record with what becomes of it."""

    table: str
    reference: str
    outcome: str
    fields: tuple[ShownField, ...]
    sheet: str
    row: int


@dataclass(frozen=True)
class ShownFile:
    """One file of an upload. counts: outcomes of its records that occur. changed, found: how many there are
    in all, of which `changes` and `findings` may hold the first ones only. unknown: True where its layout is
    not known. other: another party that its head names as the one that submits it.
    """

    name: str
    outcome: str
    entries: int
    counts: tuple[tuple[str, int], ...]
    changes: tuple[ShownChange, ...]
    changed: int
    severities: Mapping[str, int]
    findings: tuple[ShownFinding, ...]
    answers: Mapping[str, int] | None
    format: str = ""
    unknown: bool = False
    other: str = ""

    @property
    def found(self) -> int:
        """Number of all findings."""
        return sum(self.severities.values())

    @property
    def unread(self) -> bool:
        """True for a table in a layout that is not known, of which no record was read."""
        ending = self.name.rpartition(".")[2].lower()
        return self.is_bare and ending in _TABLES and (self.unknown or self.format == "mapped")

    @property
    def empty(self) -> bool:
        """True for a template in which nothing is filled in."""
        return self.is_bare and not self.found and self.format in ("konvoi-workbook", "konvoi-csv")

    @property
    def is_bare(self) -> bool:
        """True for a file that states no record."""
        return self.outcome != "unchanged" and not self.entries and not self.counts and self.answers is None

    @property
    def errors(self) -> int:
        """Number of errors."""
        return self.severities.get("error", 0)


@dataclass(frozen=True)
class ShownEffect:
    """A total before and after."""

    name: str
    unit: str
    before: str
    after: str
    statements: str
    matching: str
    span: str


@dataclass(frozen=True)
class ShownExposure:
    """Ranges that one reader could infer, in sentences."""

    reader: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ShownAudience:
    """The part that a reader sees of records whose markings are stated anew, before and after."""

    reader: str
    rows: tuple[str, str]
    amounts: tuple[str, str]
    unit: str


@dataclass(frozen=True)
class ShownPreview:
    """The preview of an upload in the reader's language."""

    files: tuple[ShownFile, ...]
    elsewhere: tuple[ShownFinding, ...]
    effects: tuple[ShownEffect, ...]
    exposures: tuple[ShownExposure, ...]
    not_marked: tuple[tuple[str, str], ...]
    widened: tuple[ShownField, ...]
    audiences: tuple[ShownAudience, ...]


def shown_preview(values: Mapping[str, Any], party: str) -> ShownPreview:
    """Return a kept preview of files of a party in the reader's language."""
    return ShownPreview(
        tuple(_file(one, party) for one in values.get("files", ())),
        tuple(shown_finding(finding_of(one)) for one in values.get("elsewhere", ())),
        tuple(_effect(one) for one in values.get("effects", ())),
        tuple(_exposures(values.get("exposures", ()))),
        tuple((name, localized_refusal(why, code())) for name, why in values.get("not_marked", {}).items()),
        tuple(_widened(one) for one in values.get("widened", ())),
        tuple(_audience(one) for one in values.get("audiences", ())),
    )


def shown_finding(finding: Finding, written: str = "") -> ShownFinding:
    """Return a finding in the reader's language; written: the language of its document."""
    language = Language(code())
    told = finding_as_written(finding, written, code())
    return ShownFinding(
        str(told.severity),
        told.place.sheet,
        told.place.row,
        told.place.named,
        language.text(sentence(told)),
        told.place.file,
    )


def _widened(values: Mapping[str, str]) -> ShownField:
    """Return a record with its marking before and after."""
    name = f"{localized('table', values['table'], code())} {visible(values['reference'], 120)}"
    before, after = (localized("choice", values[one], code()) for one in ("before", "after"))
    return ShownField(name, before, after)


def _audience(values: Mapping[str, Any]) -> ShownAudience:
    rows = [_number(one) for one in values["rows"]]
    amounts = ["–" if one is None else _number(one) for one in values["amounts"]]
    unit = values["unit"]
    return ShownAudience(reader_name(values["reader"]), (rows[0], rows[1]), (amounts[0], amounts[1]), unit)


def _file(values: Mapping[str, Any], party: str) -> ShownFile:
    stated = values.get("party", "")
    other = party_text(stated) if stated and (party_id(stated) or stated) != party else ""
    return ShownFile(
        values["name"],
        values["outcome"],
        values["entries"],
        tuple((name, count) for name, count in values["counts"].items() if count),
        tuple(shown_change(one) for one in values["changes"]),
        values["changed"],
        values["severities"],
        tuple(shown_finding(finding_of(one), values["language"]) for one in values["findings"]),
        values["answers"],
        values.get("format", ""),
        any(one["code"] == "format-unknown" for one in values["findings"]),
        other,
    )


def shown_change(values: Mapping[str, Any]) -> ShownChange:
    """Return a change, as plain values, in the reader's language."""
    fields = tuple(
        ShownField(localized("column", name, code()), _value(name, both["old"]), _value(name, both["new"]))
        for name, both in values["fields"].items()
    )
    return ShownChange(
        localized("table", values["table"], code()),
        visible(values["reference"], 120),
        values["outcome"],
        fields,
        values["sheet"],
        values["row"] or 0,
    )


def _value(column: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    text, language = str(value), Language(code())
    if column in _CHOICES:
        return localized("choice", text, code())
    if found := _MONEY.fullmatch(text):
        return f"{found[2]} {language.decimal(Decimal(found[1]))}"
    if _DAY.fullmatch(text):
        return language.day(date.fromisoformat(text))
    return visible(text, 200)


def _number(value: object) -> str:
    try:
        return Language(code()).decimal(Decimal(str(value)))
    except InvalidOperation:
        return str(value)


def _effect(values: Mapping[str, Any]) -> ShownEffect:
    stage = say(values["stage"])
    unknown = ""
    if values["why"]:
        reason = say(values["why"], **values["why_values"])
        unknown = reason if values["why"] == UNLIKE else say("not known: {reason}", reason=reason)
    figures = {
        name: "–" if values[name] is None else _number(values[name])
        for name in ("before", "after", "statements", "matching", "lowest", "highest")
    }
    spread = values["lowest"] != values["highest"]
    unit = values["unit"]
    return ShownEffect(
        f"{values['good']}, {stage}" if values["good"] else stage,
        unit if len(unit) == 3 and unit.isupper() else Language(code()).unit(unit, 2),
        unknown if values["before"] is None and unknown else figures["before"],
        unknown if values["after"] is None and unknown else figures["after"],
        figures["statements"],
        figures["matching"],
        f"{figures['lowest']} – {figures['highest']}" if spread else "",
    )


def reader_name(reader: str) -> str:
    """Return a reader's name in the reader's language."""
    if reader == COALITION:
        return say("All partners")
    if reader == TWO_PARTNERS:
        return say("Any two partners who compare what they know")
    return say("Public") if reader == PUBLIC else party_text(reader)


def _exposures(values: Sequence[Mapping[str, Any]]) -> Iterator[ShownExposure]:
    readers: dict[str, list[str]] = {}
    for one in values:
        for reader in one["readers"]:
            readers.setdefault(reader, []).append(_exposure(one))
    for reader, sentences in readers.items():
        yield ShownExposure(reader_name(reader), tuple(sentences))


def _exposure(values: Mapping[str, Any]) -> str:
    """Return what could be inferred for one record: from what is released so far, and with it."""
    record, unit = values["record"], values["unit"]
    now, then = values["now"], values["then"]
    mode = localized("choice", values["count_mode"], code())
    parts = [f"{visible(record, 80)} ({mode}):"]
    if _is_open(now):
        parts.append(say("nothing can be inferred from the figures released so far."))
    else:
        parts.append(say("from the figures released so far, {range}.", range=_range(now, unit)))
    if _is_open(then):
        parts.append(say("If totals are released with it: nothing can be inferred."))
    else:
        parts.append(say("If totals are released with it: {range}.", range=_range(then, unit)))
    if values["refused"]:
        parts.append(say("That release is refused, because the range is too narrow."))
    return " ".join(parts)


def _is_open(ends: Sequence[object]) -> bool:
    return ends[1] is None and (ends[0] is None or Decimal(str(ends[0])) == 0)


def _range(ends: Sequence[object], unit: str) -> str:
    low, high = ends
    if high is None:
        return say("at least {low} {unit}", low=_number(low), unit=unit)
    if low == high:
        return say("exactly {low} {unit}", low=_number(low), unit=unit)
    return say(
        "between {low} and {high} {unit}",
        low=_number(0 if low is None else low),
        high=_number(high),
        unit=unit,
    )
