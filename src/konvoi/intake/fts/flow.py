"""One flow of an FTS page: its entry, its places and years, its facts and reports."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from konvoi.intake.json_text import plain
from konvoi.intake.sums import Rounding, currencies, number
from konvoi.kit.days import iso
from konvoi.kit.digest import key
from konvoi.kit.text import fold, shown, tidy
from konvoi.model.country import three_letters
from konvoi.model.document import PUBLIC, Document
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.party import INSTITUTIONS, party_id
from konvoi.model.stages import Stage

_GOVERNMENT = re.compile(r"(.+?)(?: \([^)]*\))?, Government of")

# Names that FTS uses and CLDR does not know.
_PLACES = {"occupied palestinian territory": "PSE"}

Row = dict[str, object]
SHEET = "data.flows"
STAGES = {"pledge": Stage.PLEDGED, "commitment": Stage.COMMITTED, "paid": Stage.DISBURSED}
ENDS = ("source", "destination")
_NAMED = {"Plan": "plan", "Emergency": "emergency"}


@dataclass
class Flow:
    """One flow, as rows of the tables they go to."""

    entry: Row
    facts: Row
    number: str
    scopes: list[Row] = field(default_factory=list)
    objects: list[Row] = field(default_factory=list)
    reports: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """The place of a flow in its page; findings about it are made here."""

    document: Document
    row: int

    def finding(
        self, severity: Severity, code: str, column: str, read: object, sentences: tuple[str, str]
    ) -> Finding:
        """A finding at one value of the flow; sentences: what was expected, what to do."""
        place = Place(self.document.name, SHEET, self.row, column)
        return Finding(severity, code, place, shown(tidy(plain(read) or "")), *sentences)

    def origin(self) -> Row:
        """Return the columns with the origin of a row of a table."""
        return {"_file": self.document.name, "_sheet": SHEET, "_row": self.row}


def flow(raw: Mapping[str, object], cell: Cell, rounding: Rounding) -> Flow | None:
    """Read one flow; None where it has no id, for then nothing can ever refer to it."""
    number_ = tidy(plain(raw.get("id")) or "")
    if not number_:
        return None
    content = {name: value for name, value in raw.items() if name not in ("boundary", "onBoundary")}
    reference = f"fts-flow:{number_}"
    name = f"{reference}:{key(json.dumps(content, sort_keys=True, default=str))}"
    found = Flow({"entry": name, "reference": reference}, {"entry": name}, number_)
    for end in ENDS:
        _end(found, end, objects(raw.get(f"{end}Objects")), cell)
    # A giver's code comes first; what follows it are numbers of the receiver's own books.
    code = (plain(raw.get("refCode")) or "").split()[:1]
    for dimension, value in [("code", one) for one in code] + [
        ("flow", tidy(plain(raw.get("flowType")) or ""))
    ]:
        if value:
            row: Row = {"dimension": dimension, "value": value}
            found.scopes.append({"entry": name, "side": "destination"} | row)
    found.entry |= _said(raw, cell, number_)
    found.entry |= _parties(found, cell)
    found.entry |= _stage(found, raw, cell) | _amounts(found, raw, cell, rounding) | _days(found, raw, cell)
    found.facts |= _facts(raw, number_) | cell.origin()
    found.reports = [_report(report, name) | cell.origin() for report in objects(raw.get("reportDetails"))]
    return found


def objects(value: object) -> list[Mapping[str, object]]:
    """The objects in a JSON list; whatever else stands there is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def day(value: object) -> date | None:
    """The day of an FTS time stamp, which is always in UTC."""
    found = iso((plain(value) or "")[:10])
    return found.first if found and found.exact else None


def listed(value: object) -> str | None:
    """A JSON list of plain values, or one such value, joined by semicolons; None where there is nothing."""
    values = value if isinstance(value, list) else [value]
    texts = [text for item in values if (text := tidy(plain(item) or ""))]
    return ";".join(texts) or None


def _said(raw: Mapping[str, object], cell: Cell, number_: str) -> Row:
    """Return the values taken over unchanged, and those that hold for every flow."""
    in_kind = raw.get("contributionType") == "in kind"
    return {
        "submission": cell.document.name,
        "source": "fts",
        "package": number_,
        "route": None if in_kind else "money",
        "kind": "humanitarian",
        "variant": "fts",
        "marking": PUBLIC,
        "count_mode": "named",
        "text": tidy(plain(raw.get("description")) or "") or None,
        "sheet": SHEET,
        "row": cell.row,
        "column": "amountUSD",
    }


def _end(found: Flow, end: str, items: list[Mapping[str, object]], cell: Cell) -> None:
    """Keep the objects of a source or destination, and from them scopes and parties."""
    entry = found.entry["entry"]
    for item in items:
        kind, number_, name = (tidy(plain(item.get(part)) or "") for part in ("type", "id", "name"))
        found.objects.append(
            {
                "entry": entry,
                "side": end,
                "type": kind,
                "id": number_,
                "name": name,
                "behaviour": plain(item.get("behavior")),
                "code": plain(item.get("code")),
                "kinds": listed(item.get("organizationTypes")),
                **cell.origin(),
            }
        )
        scope = {"entry": entry, "side": end}
        if kind == "UsageYear":
            found.scopes.append(scope | {"dimension": "year", "value": name})
        if kind == "Location":
            code = _place(found, item, end, cell) or f"fts-location:{number_}"
            found.scopes.append(scope | {"dimension": "country", "value": code})
        if kind in _NAMED and number_:
            found.scopes.append(scope | {"dimension": _NAMED[kind], "value": number_})
        if kind == "Organization":
            found.parties.append(_party(number_, name, listed(item.get("organizationTypes"))))


def _place(found: Flow, item: Mapping[str, object], end: str, cell: Cell) -> str | None:
    """Return the code of a place; an unknown one keeps its FTS number and is reported."""
    stated = plain(item.get("iso3"))
    code = stated if stated and len(stated) == 3 and stated.isalpha() else None
    code = code or country(tidy(plain(item.get("name")) or ""))
    if code is None:
        sentences = ("the name of a country", "state the country or correct the name")
        finding = cell.finding(
            Severity.NOTE, "fts-place-unknown", f"{end}Objects", item.get("name"), sentences
        )
        found.findings.append(finding)
    return code


def _party(number_: str, name: str, kinds: str | None) -> Row:
    party = organisation(number_, name)
    if not party.startswith("fts-org:"):
        return {}
    fund = "Pooled fund" in (kinds or "")
    return {"party": party, "name": name, "kind": "fund" if fund else "implementer"}


def _parties(found: Flow, cell: Cell) -> Row:
    """Return giver and recipient; several on one side are one joint party whose parts FTS does not state."""
    ids: dict[str, list[str]] = {end: [] for end in ENDS}
    for item in found.objects:
        if item["type"] == "Organization":
            ids[str(item["side"])].append(organisation(str(item["id"]), str(item["name"])))
    for end, column in zip(ENDS, ("sourceObjects", "destinationObjects"), strict=True):
        if not ids[end]:
            sentences = ("one organisation", "nothing, if it is not known; else name it in FTS")
            found.findings.append(cell.finding(Severity.NOTE, "fts-party-missing", column, "", sentences))
        if len(ids[end]) > 1:
            sentences = ("one organisation", "split the flow in FTS if each one's part is known")
            joint = ", ".join(ids[end])
            found.findings.append(cell.finding(Severity.NOTE, "fts-party-joint", column, joint, sentences))
    giver, getter = (" + ".join(sorted(set(ids[end]))) or None for end in ENDS)
    implementer = getter if getter and "fts-org:" in getter else None
    return {"party": giver, "counterparty": getter, "implementer": implementer}


def _stage(found: Flow, raw: Mapping[str, object], cell: Cell) -> Row:
    """The state of a flow is exclusive: a paid flow is not a commitment any more."""
    status = plain(raw.get("status")) or ""
    if status not in STAGES:
        sentences = ("pledge, commitment or paid", "correct the status in FTS")
        finding = cell.finding(Severity.WARNING, "fts-status-unknown", "status", status, sentences)
        found.findings.append(finding)
    return {"stage": STAGES.get(status)}


def _amounts(found: Flow, raw: Mapping[str, object], cell: Cell, rounding: Rounding) -> Row:
    """The original amount where one is given, else the one in US dollars, which is always kept beside it.

    An original amount of 0 beside a positive amount in US dollars is not given.
    """
    dollars = _minor(found, raw, "amountUSD", currency="USD", cell=cell, rounding=rounding)
    row: Row = {"stated_minor": dollars, "stated_currency": "USD", "valuation": "given"}
    currency = tidy(plain(raw.get("originalCurrency")) or "")
    if currency and currency not in currencies():
        sentences = ("the ISO 4217 code of a currency", "correct the currency in FTS")
        finding = cell.finding(Severity.WARNING, "currency-unknown", "originalCurrency", currency, sentences)
        found.findings.append(finding)
    if currency in currencies() and raw.get("originalAmount") is not None:
        if number(raw.get("originalAmount")) == 0 and (dollars or 0) > 0:
            found.findings.append(_zero_beside_dollars(raw, currency, cell))
            return row | {"amount_minor": dollars, "currency": "USD"}
        original = _minor(found, raw, "originalAmount", currency=currency, cell=cell, rounding=rounding)
        rate = plain(raw.get("exchangeRate"))
        stated = f"{rate} {currency} per USD, as FTS states" if rate else None
        return row | {"amount_minor": original, "currency": currency, "rate": stated}
    return row | {"amount_minor": dollars, "currency": "USD"}


def _zero_beside_dollars(raw: Mapping[str, object], currency: str, cell: Cell) -> Finding:
    """A finding on an original amount of 0 whose converted amount is positive."""
    sentences = (
        "the original amount; 0 with a positive converted amount is treated as not stated",
        "Enter the original amount in the source. Until then the converted amount is used.",
    )
    read = f"{currency} 0, USD {plain(raw.get('amountUSD')) or ''}"
    return cell.finding(Severity.WARNING, "amount-zero-converted", "originalAmount", read, sentences)


def _minor(
    found: Flow, raw: Mapping[str, object], column: str, *, currency: str, cell: Cell, rounding: Rounding
) -> int | None:
    amount = number(raw.get(column))
    units = rounding.minor(amount, currency) if isinstance(amount, Decimal) else None
    if units is None:
        sentences = ("an amount in figures", "correct the amount in FTS; till then it is unknown, not zero")
        finding = cell.finding(Severity.WARNING, "fts-amount-missing", column, raw.get(column), sentences)
        found.findings.append(finding)
    return units


def _days(found: Flow, raw: Mapping[str, object], cell: Cell) -> Row:
    """Return the day of the flow, and the day since which FTS has stated its current values."""
    flowed = day(raw.get("date"))
    if flowed is None:
        sentences = ("a day such as 2020-03-31", "enter the date of the flow in FTS")
        finding = cell.finding(Severity.WARNING, "fts-day-missing", "date", raw.get("date"), sentences)
        found.findings.append(finding)
    known = day(raw.get("updatedAt")) or day(raw.get("firstReportedDate"))
    return {"day_from": flowed, "day_to": flowed, "known_on": known}


def _facts(raw: Mapping[str, object], number_: str) -> Row:
    """Return the statements of FTS on the flow that no column of an entry holds."""
    return {
        "flow": number_,
        "version": plain(raw.get("versionId")),
        "reference_code": plain(raw.get("refCode")),
        "flow_type": plain(raw.get("flowType")),
        "contribution": plain(raw.get("contributionType")),
        "method": plain(raw.get("method")),
        "earmarking": listed(raw.get("grandBargainEarmarkingType")),
        "keywords": listed(raw.get("keywords")),
        "budget_year": plain(raw.get("budgetYear")),
        "new_money": plain(raw.get("newMoney")),
        "exchange_rate": plain(raw.get("exchangeRate")),
        "decided": day(raw.get("decisionDate")),
        "first_reported": day(raw.get("firstReportedDate")),
        "created": day(raw.get("createdAt")),
        "updated": day(raw.get("updatedAt")),
        "parents": listed(raw.get("parentFlowId")),
        "children": listed(raw.get("childFlowIds")),
        "side": plain(raw.get("boundary")),
        "on_boundary": plain(raw.get("onBoundary")),
    }


def _report(report: Mapping[str, object], entry: str) -> Row:
    return {
        "entry": entry,
        "organisation": plain(report.get("organization")),
        "source_type": plain(report.get("sourceType")),
        "channel": plain(report.get("reportChannel")),
        "day": day(report.get("date")),
    }


def organisation(number: str, name: str) -> str:
    """The party that an organisation is: a state for a government, an institution we know, else its FTS id.

    >>> organisation("2924", "Switzerland, Government of"), organisation("3049", "World Food Programme")
    ('CH', 'fts-org:3049')
    """
    government = _GOVERNMENT.fullmatch(name)
    if government:
        return party_id(government[1]) or f"fts-org:{number}"
    known = party_id(name)
    return known if known in INSTITUTIONS else f"fts-org:{number}"


def country(name: str) -> str | None:
    """The ISO 3166 three-letter code of a place's name; None where it is not known.

    >>> country("Iran, Islamic Republic of"), country("occupied Palestinian territory"), country("Atlantis")
    ('IRN', 'PSE', None)
    """
    return _PLACES.get(fold(name)) or three_letters(party_id(name) or "")
