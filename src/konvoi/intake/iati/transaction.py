"""One IATI transaction: an entry from the giver's or the receiver's view, its scopes and its facts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from konvoi.intake.iati.activity import Activity, countries, day, remember, shares
from konvoi.intake.iati.batch import Row, Spot, Work, spot
from konvoi.intake.iati.money import Value, value
from konvoi.intake.iati.organisations import Organisation, narrative, organisation
from konvoi.kit.digest import key
from konvoi.kit.text import tidy
from konvoi.model.country import three_letters
from konvoi.model.document import PUBLIC
from konvoi.model.finding import Severity
from konvoi.model.stages import Stage

# Source: sectors of the OECD's Development Assistance Committee, by the first digits of their codes.
_KINDS = {
    "73": "reconstruction",
    "72": "humanitarian",
    "74": "humanitarian",
    "23": "energy",
    "51": "financial",
    "60": "financial",
}
_DAC = ("", "1", "2")

_YES = ("1", "true")


@dataclass(frozen=True)
class Kind:
    """A type of transaction: its name, its stage, and whether the receiver reports it."""

    name: str
    stage: Stage | None
    receiver: bool = False


# Source: IATI code list TransactionType, 2.03.
TYPES = {
    "1": Kind("Incoming Funds", Stage.DISBURSED, receiver=True),
    "2": Kind("Outgoing Commitment", Stage.COMMITTED),
    "3": Kind("Disbursement", Stage.DISBURSED),
    "4": Kind("Expenditure", Stage.DISBURSED),
    "5": Kind("Interest Payment", None),
    "6": Kind("Loan Repayment", None),
    "7": Kind("Reimbursement", None),
    "8": Kind("Purchase of Equity", None),
    "9": Kind("Sale of Equity", None),
    "10": Kind("Credit Guarantee", None),
    "11": Kind("Incoming Commitment", Stage.COMMITTED, receiver=True),
    "12": Kind("Outgoing Pledge", Stage.PLEDGED),
    "13": Kind("Incoming Pledge", Stage.PLEDGED, receiver=True),
}
_UNKNOWN = Kind("unknown type", None)


@dataclass(frozen=True)
class Transaction:
    """The parts of an imported transaction that links need."""

    entry: str
    at: Spot
    receiver_view: bool
    provider: Organisation
    receiver: Organisation


def transactions(element: etree._Element, within: Activity, work: Work) -> list[Transaction]:
    """Read all transactions of an activity; two that are equal count as two, and are reported."""
    twins: Counter[str] = Counter()
    return [
        _transaction(child, within, work, _Turn(number, twins))
        for number, child in enumerate(element.iterfind("transaction"), start=1)
    ]


@dataclass
class _Turn:
    """The number of a transaction in its activity, and a count of each content seen so far."""

    number: int
    twins: Counter[str]


def _transaction(element: etree._Element, within: Activity, work: Work, turn: _Turn) -> Transaction:
    at = spot(element, f"{within.at.path}/transaction[{turn.number}]")
    child = {str(one.tag): one for one in reversed(element)}
    code = tidy(_attribute(child.get("transaction-type"), "code"))
    type_ = _type(code, work, at)
    provider = organisation(child.get("provider-org"), "provider-activity-id")
    receiver = organisation(child.get("receiver-org"), "receiver-activity-id")
    for one in (provider, receiver):
        remember(work, one)
    sum_ = value(child.get("value"), within, work, at)
    reference = tidy(element.get("ref") or "")
    day_text = _attribute(child.get("transaction-date"), "iso-date")
    told = narrative(child.get("description"))
    written = (reference, code, day_text, sum_.written, sum_.currency, str(sum_.day), told)
    name = _name((*written, provider, receiver), within, work, at, turn)
    row: Row = {"entry": f"iati:{within.id}:{name}"}
    row |= _day(day_text, within, work, at) | _said(type_, within, work, at)
    row |= _sides(type_, within, provider, receiver) | _money(sum_)
    row["kind"] = kind(element, within)
    row["text"] = _text(type_, told, within)
    work.batch.entries.append(row)
    work.types[code] += 1
    _scopes(row, element, within, work, at)
    _facts(row, element, within, work, at, code=code, sum_=sum_, provider=provider, receiver=receiver)
    return Transaction(str(row["entry"]), at, type_.receiver, provider, receiver)


def _type(code: str, work: Work, at: Spot) -> Kind:
    if code not in TYPES:
        sentences = ("a type from 1 to 13", "correct the type; until then the transaction has no stage")
        work.find(Severity.WARNING, "iati-type-unknown", at.at("transaction-type"), code, sentences)
    return TYPES.get(code, _UNKNOWN)


def _name(content: tuple[object, ...], within: Activity, work: Work, at: Spot, turn: _Turn) -> str:
    """Return the digest of a transaction's content; a second one with equal content gets another digest."""
    plain = key(*content)
    turn.twins[plain] += 1
    count = turn.twins[plain]
    if count == 1:
        return plain
    sentences = (
        "transactions that differ in something",
        "check whether one was written twice ({count}× in this activity); all of them count",
    )
    work.note("iati-transaction-twin", at, within.id, sentences)
    return key(plain, count)


def _said(type_: Kind, within: Activity, work: Work, at: Spot) -> Row:
    """Return the values taken over from document, activity and type."""
    variant = "iati-secondary" if within.secondary else "iati"
    implementer = within.sole("4").party
    return {
        "submission": work.document.name,
        "source": f"iati:{within.reporting.ref}" if within.reporting.ref else "iati",
        "reference": f"iati:{within.id}",
        "package": within.id,
        "route": "money",
        "stage": type_.stage,
        "variant": "iati-receiver" if type_.receiver else variant,
        "known_on": within.updated,
        "valuation": "given",
        "marking": PUBLIC,
        "count_mode": "named",
        "implementer": implementer,
        "sheet": at.path,
        "row": at.line,
        "column": "value",
    }


def _sides(type_: Kind, within: Activity, provider: Organisation, receiver: Organisation) -> Row:
    """Return giver and recipient: the reporter is the one not named on its own side."""
    if type_.receiver:
        giver = provider.party or within.sole("1").party
        return {"party": giver, "counterparty": receiver.party or within.reporting.party}
    return {"party": provider.party or within.reporting.party, "counterparty": receiver.party}


def _money(sum_: Value) -> Row:
    return {
        "amount_minor": sum_.minor,
        "currency": sum_.currency,
    }


def _day(text: str, within: Activity, work: Work, at: Spot) -> Row:
    found = day(text)
    if found is None:
        sentences = ("a day such as 2031-03-31", "enter the date of the transaction")
        work.find(Severity.WARNING, "iati-day-missing", at.at("transaction-date"), text, sentences)
    return {"day_from": found, "day_to": found}


def _text(type_: Kind, told: str, within: Activity) -> str:
    """Return the description, else the activity's title; the type's name if no stage of ours expresses it."""
    text = told or within.title
    return ": ".join(part for part in (type_.name, text) if part) if type_.stage is None else text


def _scopes(row: Row, element: etree._Element, within: Activity, work: Work, at: Spot) -> None:
    """The destination is the recipient country, the source the giver's; both in the year of the day."""
    places = countries(element, work, at) or within.countries
    home = three_letters(str(row["party"] or ""))
    ends = [("destination", "country", place) for place in places]
    ends += [("source", "country", home)] if home else []
    on = row["day_from"]
    ends += [(end, "year", str(on)[:4]) for end in ("source", "destination") if on]
    work.batch.scopes += [
        {"entry": row["entry"], "side": side, "dimension": dimension, "value": found}
        for side, dimension, found in ends
    ]


def _facts(
    row: Row,
    element: etree._Element,
    within: Activity,
    work: Work,
    at: Spot,
    *,
    code: str,
    sum_: Value,
    provider: Organisation,
    receiver: Organisation,
) -> None:
    """Keep the values of the transaction that no column of an entry holds."""
    facts: Row = {
        "entry": row["entry"],
        "activity": within.id,
        "type": code or None,
        "ref": tidy(element.get("ref") or "") or None,
        "humanitarian": "true" if element.get("humanitarian") in _YES else None,
        "value_day": sum_.day,
        "provider_ref": provider.ref or None,
        "provider_name": provider.name or None,
        "provider_activity": provider.activity or None,
        "receiver_ref": receiver.ref or None,
        "receiver_name": receiver.name or None,
        "receiver_activity": receiver.activity or None,
        "channel": _attribute(element.find("disbursement-channel"), "code") or None,
        "flow_type": _attribute(element.find("flow-type"), "code") or None,
        "finance_type": _attribute(element.find("finance-type"), "code") or None,
        "aid_types": shares(list(element.iterfind("aid-type"))),
        "tied_status": _attribute(element.find("tied-status"), "code") or None,
        "sectors": shares(list(element.iterfind("sector"))),
        "regions": shares(list(element.iterfind("recipient-region"))),
    }
    work.add("iati_transactions", at, facts)


def _attribute(element: etree._Element | None, name: str) -> str:
    return (element.get(name) or "").strip() if element is not None else ""


def kind(element: etree._Element, within: Activity) -> str | None:
    """The kind of a transaction; None where its sectors are of several kinds, or of none that we know.

    The humanitarian flag of transaction or activity decides; else the DAC sectors of the transaction, and
    where it has none, those of the activity.
    """
    flag = element.get("humanitarian")
    if flag in ("1", "true") or (flag is None and within.humanitarian):
        return "humanitarian"
    found = _kinds(element.iterfind("sector")) or _kinds(within.sectors)
    return found.pop() if len(found) == 1 else None


def _kinds(sectors: Iterable[etree._Element]) -> set[str | None]:
    return {
        _KINDS.get((sector.get("code") or "")[:2])
        for sector in sectors
        if (sector.get("vocabulary") or "") in _DAC
    }
