"""Projects as a package of the Open Contracting for Infrastructure Data Standard 0.9."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from konvoi.fund.project_money import Money, Sum
from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.model.oc4ids import (
    KATOTTG,
    LISTS,
    OWN,
    PROCESS,
    SECTOR,
    STAGE_WITHOUT_STATUS,
    STATUS,
    VERSION,
)
from konvoi.model.tables.projects import COMMITTED, CONTRACTED, PAID
from konvoi.report.case import Case
from konvoi.report.exact import written
from konvoi.report.exports.ocds import Publication
from konvoi.report.names import table

Json = dict[str, object]
Row = Mapping[str, object]

_CODES = {sector: code for code, sector in SECTOR.items()}
# Of two statuses that mean one stage the first is written.
_STATUS = {stage: status for status, stage in reversed(list(STATUS.items()))}
_DIGITS = 18
_NUMBERS = frozenset({"numberOfTenderers", "numberOfParticipants", "durationInDays"})


def project_package(case: Case, made: Publication) -> bytes:
    """All projects of a case as valid OC4IDS 0.9; None of what its readers may not see.

    A project keeps its id where that is one of OC4IDS, else the publication's prefix stands before it; its
    reference stands among its identifiers. Numbers are written exactly; the same case gives the same bytes.
    """
    world = _World(case, made)
    projects = [world.project(row) for row in world.rows("projects")]
    exercise = " (exercise: all is invented)" if made.exercise else ""
    package = {
        "uri": f"urn:konvoi:oc4ids:{key(made.prefix, made.day, [one['id'] for one in projects])}",
        "version": VERSION,
        "publishedDate": _stamp(made.day),
        "publisher": {"name": f"{made.publisher}{exercise}"},
        "projects": projects,
    }
    return written(package)


class _World:
    """The context of a project: its money, its facts, the names of parties."""

    def __init__(self, case: Case, made: Publication) -> None:
        self._case = case
        self._made = made
        self._parties = {row["party"]: row["name"] for row in self.rows("parties")}
        self._money = Money(case.tables)
        facts = case.tables.get("project_facts")
        order = ["path", "process", "item"]
        self._facts = {} if facts is None else _by(facts.sort(order, nulls_last=True).to_dicts())

    def rows(self, name: str) -> list[Row]:
        """A table's rows in the order of its key."""
        rows = table(self._case, name)
        return list(rows.sort(rows.columns[0]).iter_rows(named=True))

    def project(self, row: Row) -> Json:
        """One project whole; what is not known of it is left out."""
        id = str(row["project"])
        money = [_known(one) for one in self._money.rows.get(id, ())]
        facts = self._facts.get(id, [])
        own = id if id.startswith("oc4ids-") else f"{self._made.prefix}-{id}"
        found: Json = {
            "id": own,
            "updated": _stamp(self._made.day),
            "identifiers": _identifiers(id, row["address"]),
            "title": row["title"],
            **_stage(str(row["stage"] or "")),
        }
        for one in facts:
            _put(found, one)
        if isinstance(row["ends"], date):
            found["period"] = {"endDate": _stamp(row["ends"])}
        if row["sector"]:
            found["sector"] = [_CODES[str(row["sector"])]]
        if row["communities"] or row["building"]:
            found["locations"] = [_location(row)]
        if budget := self._budget(row, money):
            found["budget"] = budget
        if row["owner"]:
            found["publicAuthority"] = self._named(row["owner"])
        self._processes(found, money)
        if parties := list(self._organisations(row, money)):
            found["parties"] = parties
        return found

    def _named(self, party: object) -> Json:
        return {"id": party, "name": self._parties.get(party) or party}

    def _budget(self, row: Row, money: Sequence[Row]) -> Json:
        """Return the estimated cost, and the amounts committed by each party."""
        cost = row["cost"]
        found: Json = {"amount": _value(cost, row["currency"])} if isinstance(cost, int) else {}
        parts = [self._part(one) for one in money if one["stage"] == COMMITTED]
        if parts:
            found["budgetBreakdowns"] = [{"id": OWN, "budgetBreakdown": parts}]
        return found

    def _part(self, row: Row) -> Json:
        found: Json = {"id": row["financing"], "sourceParty": self._named(row["party"])}
        more = {"description": row["record"], "uri": row["address"], "approvalDate": _day(row["day"])}
        more |= {"amount": _value(row["amount"], row["currency"])}
        return found | {name: value for name, value in more.items() if value}

    def _processes(self, found: Json, money: Sequence[Row]) -> None:
        """Contracts and payments, each under the process of the record that it names."""
        for row in money:
            if row["stage"] == COMMITTED:
                continue
            summary = _summary(found, str(row["record"] or row["financing"]))
            if row["stage"] == PAID:
                _list(summary, "transactions").append(self._payment(row))
                continue
            if "externalReference" in summary:
                # One record of which two rows tell: the second has a process of its own.
                summary = _summary(found, str(row["financing"]))
            summary["externalReference"] = row["financing"]
            if value := _value(row["amount"], row["currency"]):
                summary["contractValue"] = value
            tender = summary.setdefault("tender", {})
            if isinstance(tender, dict):
                tender["procuringEntity"] = self._named(row["party"])
            if stamp := _day(row["day"]):
                summary["contractPeriod"] = {"startDate": stamp}

    def _payment(self, row: Row) -> Json:
        found: Json = {"id": row["financing"], "payer": self._named(row["party"])}
        more = {"uri": row["address"], "date": _day(row["day"])}
        more |= {"value": _value(row["amount"], row["currency"])}
        return found | {name: value for name, value in more.items() if value}

    def _organisations(self, row: Row, money: Sequence[Row]) -> Iterator[Json]:
        """Yield each party that is named, once, with all its roles in the project."""
        roles: dict[str, set[str]] = {}
        if row["owner"]:
            roles.setdefault(str(row["owner"]), set()).add("publicAuthority")
        for one in money:
            role = {COMMITTED: "funder", CONTRACTED: "procuringEntity", PAID: "payer"}[str(one["stage"])]
            roles.setdefault(str(one["party"]), set()).add(role)
        for party in sorted(roles):
            scheme, _, number = party.partition(":")
            known = {"identifier": {"scheme": scheme, "id": number}} if number else {}
            yield self._named(party) | known | {"roles": sorted(roles[party])}


def _by(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row["project"]), []).append(row)
    return found


def _known(one: Sum) -> Row:
    """A row of financing, with its record's amount where it says none of its own."""
    return {**one.row, "amount": one.amount, "currency": one.currency}


def _summary(project: Json, process: str) -> Json:
    """The summary of a contracting process."""
    found = _member(_list(project, PROCESS), process).setdefault("summary", {})
    return found if isinstance(found, dict) else {}


def _identifiers(id: str, address: object) -> list[Json]:
    found: list[Json] = [{"scheme": OWN, "id": id}]
    return [*found, {"scheme": "uri", "id": address}] if address else found


def _stage(stage: str) -> Json:
    """The status of a stage; a bare need, for which there is none, as a class of our own."""
    if stage == STAGE_WITHOUT_STATUS:
        words = "a need that nobody decided on yet"
        return {"additionalClassifications": [{"scheme": OWN, "id": stage, "description": words}]}
    return {"status": _STATUS[stage]} if stage in _STATUS else {}


def _location(row: Row) -> Json:
    codes = [one.strip() for one in str(row["communities"] or "").split(";") if one.strip()]
    official = all(code.startswith("UA") and len(code) == 19 for code in codes)
    found: Json = {"id": "1"}
    if row["building"]:
        found["description"] = row["building"]
    if codes:
        scheme = KATOTTG if official else OWN
        found["gazetteer"] = {"scheme": scheme, "identifiers": list(dict.fromkeys(codes))}
    return found


def _put(project: Json, fact: Row) -> None:
    """Put a fact where its path leads."""
    *way, last = str(fact["path"]).split("/")
    here = project
    before = ""
    for name in way:
        before = f"{before}/{name}".lstrip("/")
        if before in LISTS:
            id = str(fact["process"] if before == PROCESS else fact["item"])
            here = _member(_list(here, name), id)
        else:
            inner = here.setdefault(name, {})
            here = inner if isinstance(inner, dict) else {}
    value = fact["value"]
    if last == "amount":
        here["currency"] = fact["currency"]
    here[last] = _number(str(value)) if last in _NUMBERS or last == "amount" else value


def _list(value: Json, name: str) -> list[Json]:
    found = value.setdefault(name, [])
    return found if isinstance(found, list) else []


def _member(listed: list[Json], id: str) -> Json:
    """The member of a list that bears an id; a new one at its end where none does."""
    found = next((one for one in listed if one["id"] == id), None)
    if found is None:
        found = {"id": id}
        listed.append(found)
    return found


def _number(text: str) -> object:
    """A number as it is kept; a text that is none stays one, for nothing may be lost."""
    try:
        found = Decimal(text)
    except ArithmeticError:
        return text
    return found if found.is_finite() and abs(found.adjusted()) <= _DIGITS else text


def _value(minor: object, currency: object) -> Json:
    """A sum; nothing where it is not known."""
    return {"amount": to_major(minor, str(currency)), "currency": currency} if isinstance(minor, int) else {}


def _day(value: object) -> str | None:
    return _stamp(value) if isinstance(value, date) else None


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
