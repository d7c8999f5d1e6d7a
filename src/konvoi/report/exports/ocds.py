"""Contracts and call-offs as a package of releases of the Open Contracting Data Standard 1.1."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.money import to_major
from konvoi.report.case import Case
from konvoi.report.exact import written
from konvoi.report.names import table

Json = dict[str, object]
Row = Mapping[str, object]

_NUMBER = re.compile(r'"\\u0000(-?[0-9]+(?:\.[0-9]+)?)"')
_CPV = "CPV:"


@dataclass(frozen=True)
class Publication:
    """The publisher, the prefix of contracting processes, and the day of publication."""

    publisher: str
    prefix: str
    day: date
    exercise: bool = False


def release_package(case: Case, made: Publication) -> bytes:
    """All contracts and call-offs of a case, one process and one release each, as valid OCDS 1.1.

    The case holds what its readers may see. A call-off names its framework's process; a line stands as the
    budget that pays. Numbers are written exactly as they are kept; the same case gives the same bytes.
    """
    world = _World(case, made)
    releases = [*map(world.contract, world.rows("contracts")), *map(world.call_off, world.rows("call_offs"))]
    exercise = " (exercise: all is invented)" if made.exercise else ""
    package = {
        "uri": f"urn:konvoi:ocds:{key(made.prefix, made.day, [one['id'] for one in releases])}",
        "version": "1.1",
        "publishedDate": f"{made.day.isoformat()}T00:00:00Z",
        "publisher": {"name": f"{made.publisher}{exercise}"},
        "releases": releases,
    }
    return written(package)


class _World:
    """The context of a contract: its buyer, and the name and codes of its good."""

    def __init__(self, case: Case, made: Publication) -> None:
        self._case = case
        self._made = made
        self._parties = {row["party"]: row["name"] for row in self.rows("parties")}
        self._goods = {row["good"]: row for row in self.rows("goods")}
        self._lines = {row["line"]: row for row in self.rows("lines")}
        self._packages = {row["package"]: row for row in self.rows("packages")}
        self._contracts = {row["contract"]: row for row in self.rows("contracts")}
        said = case.entries.filter(pl.col("reference").is_not_null() & (pl.col("stage") == "contracted"))
        self._said = {row["reference"]: row for row in said.iter_rows(named=True)}
        self._titles = self._of_contract("ocds_processes", "title")
        self._items: dict[str, list[Row]] = {}
        for row in self._own("ocds_items"):
            self._items.setdefault(str(row["contract"]), []).append(row)

    def rows(self, name: str) -> list[Row]:
        """A table's rows in the order of its key."""
        rows = table(self._case, name)
        return list(rows.sort(rows.columns[0]).iter_rows(named=True))

    def _own(self, name: str) -> list[Row]:
        found = self._case.tables.get(name)
        return [] if found is None else list(found.iter_rows(named=True))

    def _of_contract(self, name: str, column: str) -> dict[str, str]:
        return {str(row["contract"]): str(row[column] or "") for row in self._own(name)}

    def contract(self, row: Row) -> Json:
        """The release of a contract that stands for itself."""
        return self._release(str(row["contract"]), row, row["supplier"])

    def call_off(self, row: Row) -> Json:
        """The release of a call-off: a process of its own, under that of its framework."""
        above = self._contracts.get(str(row["contract"]), {})
        release = self._release(
            str(row["call_off"]), {**row, "line": row["line"] or above.get("line")}, above.get("supplier")
        )
        related = {"id": "1", "relationship": ["framework"], "scheme": "ocid"}
        return release | {"relatedProcesses": [related | {"identifier": self._ocid(str(row["contract"]))}]}

    def _ocid(self, reference: str) -> str:
        return f"{self._made.prefix}-{reference}"

    def _release(self, reference: str, row: Row, supplier: object) -> Json:
        ocid = self._ocid(reference)
        stamp = f"{self._made.day.isoformat()}T00:00:00Z"
        line = self._lines.get(str(row["line"]), {})
        buyer = self._buyer(reference, line)
        title = self._titles.get(reference) or self._name(line) or reference
        award: Json = {
            "id": f"{reference}-award",
            "title": title,
            "status": _AWARDS[str(row["state"] or "active")],
        }
        if supplier:
            award["suppliers"] = [self._named(str(supplier))]
        release: Json = {
            "ocid": ocid,
            "id": f"{ocid}-{self._made.day.isoformat()}",
            "date": stamp,
            "tag": ["award", "contract"],
            "initiationType": "tender",
            "language": "en",
            "parties": list(self._organisations(buyer, str(supplier or ""))),
            "awards": [award],
            "contracts": [self._contract(reference, row, line, title)],
        }
        if buyer:
            release["buyer"] = self._named(buyer)
        if row["line"]:
            release["planning"] = {"budget": {"id": row["line"]}}
        return release

    def _contract(self, reference: str, row: Row, line: Row, title: str) -> Json:
        found: Json = {
            "id": reference,
            "awardID": f"{reference}-award",
            "title": title,
            "status": row["state"] or "active",
        }
        if isinstance(row["amount"], int):
            found["value"] = _value(row["amount"], str(row["currency"]))
        if items := self._things(reference, row, line):
            found["items"] = items
        if isinstance(row["delivery"], date):
            found["period"] = {"endDate": f"{row['delivery'].isoformat()}T00:00:00Z"}
        if isinstance(row["day"], date):
            found["dateSigned"] = f"{row['day'].isoformat()}T00:00:00Z"
        if row["address"]:
            signed = {"id": "signed", "documentType": "contractSigned", "url": row["address"]}
            found["documents"] = [signed]
        return found

    def _things(self, reference: str, row: Row, line: Row) -> list[Json]:
        """The things of a contract as they were read, else its one good."""
        if reference in self._items:
            return [_item(one) for one in self._items[reference]]
        said = self._said.get(reference, {})
        good = self._goods.get(line.get("good") or said.get("good"))
        if good is None and row["quantity"] is None:
            return []
        known = good or {}
        codes = [code.strip() for code in str(known.get("codes") or "").split(";")]
        one = {
            "item": "1",
            "description": known.get("name"),
            "code": next((code for code in codes if code.startswith(_CPV)), None),
            "quantity": row["quantity"],
            "unit": row["unit"] or said.get("unit") or known.get("unit"),
        }
        return [_item(one)]

    def _buyer(self, reference: str, line: Row) -> str:
        """Return the buyer: as the contract's entry says, else as the package of its line does."""
        package = self._packages.get(line.get("package"), {})
        said = self._said.get(reference, {})
        return str(said.get("party") or package.get("party") or "")

    def _name(self, line: Row) -> str:
        good = self._goods.get(line.get("good"), {})
        return str(good.get("name") or "")

    def _named(self, party: str) -> Json:
        return {"id": party, "name": self._parties.get(party) or party}

    def _organisations(self, buyer: str, supplier: str) -> Iterator[Json]:
        for party, role in ((buyer, "buyer"), (supplier, "supplier")):
            if party:
                scheme, _, number = party.partition(":")
                known = {"identifier": {"scheme": scheme, "id": number}} if number else {}
                yield self._named(party) | known | {"roles": [role]}


_AWARDS = {"pending": "pending", "active": "active", "terminated": "active", "cancelled": "cancelled"}


def _item(row: Row) -> Json:
    """One thing; what is not known of it is left out."""
    found: Json = {"id": row["item"] or "1"}
    if row["description"]:
        found["description"] = row["description"]
    if row["code"]:
        scheme, _, code = str(row["code"]).partition(":")
        found["classification"] = {"scheme": scheme, "id": code}
    if isinstance(row["quantity"], Decimal):
        found["quantity"] = row["quantity"]
    unit: Json = {"name": row["unit"]} if row["unit"] else {}
    if isinstance(price := row.get("price_minor"), int):
        unit["value"] = _value(price, str(row.get("currency")))
    return found | ({"unit": unit} if unit else {})


def _value(minor: int, currency: str) -> Json:
    return {"amount": to_major(minor, currency), "currency": currency}
