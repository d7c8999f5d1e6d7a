"""Framework and call-offs handed in as files of their own, and processes that lead nowhere or in a circle."""

import json
from itertools import permutations
from typing import Any

from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading

Json = dict[str, Any]

LINES = {
    "packages": "package,party,day,kind,stage\nN-1,NORLAND,2031-01-02,energy,allocated\n",
    "lines": "line,package,quantity,unit,route\nN-1/1,N-1,100,piece,procured\n",
}


def release(name: str, quantity: int, *, under: str = "", line: str = "") -> Json:
    """One process of one contract about some pieces."""
    supplier = {"id": "XX-REG-1", "name": "Ostra Works"}
    item = {"id": "1", "quantity": quantity, "unit": {"name": "piece"}}
    found: Json = {
        "ocid": f"ocds-x-{name}",
        "id": "1",
        "date": "2031-01-10T00:00:00Z",
        "tag": ["contract"],
        "parties": [{**supplier, "roles": ["supplier"]}],
        "awards": [{"id": "a", "suppliers": [supplier], "items": [item]}],
        "contracts": [{"id": name, "awardID": "a", "dateSigned": "2031-01-10", "status": "active"}],
    }
    if under:
        related = {"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": under}
        found["relatedProcesses"] = [related]
    return found | ({"planning": {"budget": {"id": line}}} if line else {})


def file(name: str, *releases: Json) -> Reading:
    package = {"version": "1.1", "publisher": {"name": "Norland"}, "releases": list(releases)}
    return read(Document(f"N/{name}.json", json.dumps(package).encode(), "NORLAND"))


def counted(readings: tuple[Reading, ...]) -> dict[str, tuple[str | None, int]]:
    """What is contracted, by reference: the line and how many."""
    return {
        row["reference"]: (row["line"], int(row["quantity"]))
        for one in readings
        for row in one.entries.filter(stage="contracted").iter_rows(named=True)
    }


SHORT = ("ocds-ocid-form", "ocds-award-unknown", "ocds-award-id-missing")


def codes(*readings: Reading) -> list[str]:
    """The codes, without those on the form of ocids and on awards: documents here are short."""
    found = [finding.code for reading in readings for finding in reading.findings]
    return [code for code in found if code not in SHORT]


def test_a_framework_in_a_file_of_its_own_is_that_of_its_call_offs_in_whatever_order_they_come() -> None:
    """Its ceiling of 100 counts no more, the 60 called off do, for the line that its budget names."""
    tables = [read(Document(f"N/{name}.csv", text.encode(), "NORLAND")) for name, text in LINES.items()]
    framework = file("a", release("FW", 100, line="N-1/1"))
    called = file("b", release("CO", 60, under="ocds-x-FW"))
    assert codes(called) == ["ocds-framework-elsewhere"]
    for order in permutations([framework, called, *tables]):
        found = joined(order)
        assert counted(found) == {"CO": ("N-1/1", 60)}
        assert codes(*found) == []
        assert [row["contract"] for one in found if "call_offs" in one.tables for row in rows(one)] == ["FW"]
        assert counted(joined(found)) == counted(found)


def rows(reading: Reading) -> list[dict[str, Any]]:
    return reading.tables["call_offs"].to_dicts()


def test_a_call_off_whose_framework_nobody_handed_in_counts_and_is_told_of() -> None:
    """What was ordered is ordered, by whom its own award says."""
    (found,) = joined([file("b", release("CO", 60, under="ocds-x-FW"))])
    assert counted((found,)) == {"CO": (None, 60)}
    assert found.entries["implementer"].to_list() == ["XX-REG-1"]
    assert codes(found) == ["ocds-framework-elsewhere"]


def test_a_framework_of_several_contracts_is_not_guessed() -> None:
    two = release("FW", 100)
    two["contracts"] = [{**two["contracts"][0], "id": id} for id in ("FW-1", "FW-2")]
    found = joined([file("a", two), file("b", release("CO", 60, under="ocds-x-FW"))])
    assert [row["contract"] for row in rows(found[1])] == ["ocds-x-FW"]
    assert codes(*found) == ["ocds-framework-elsewhere"]


def test_processes_that_are_each_others_framework_stand_for_themselves() -> None:
    found = file("c", release("A", 1, under="ocds-x-B"), release("B", 2, under="ocds-x-A"))
    assert counted((found,)) == {"A": (None, 1), "B": (None, 2)}
    assert codes(found) == ["ocds-framework-circle"] * 2
    (alone,) = (file("d", release("A", 1, under="ocds-x-A")),)
    assert codes(alone) == ["ocds-framework-circle"]


def test_what_should_be_a_list_and_is_none_is_told_of() -> None:
    """The contract in no list is not read, and nobody takes that for a process without contracts."""
    odd = release("A", 1) | {"contracts": {"id": "A"}, "awards": [3]}
    found = file("e", odd)
    assert codes(found) == ["ocds-list-unreadable"] * 2
    told = [one.place.column for one in found.findings if one.code not in SHORT]
    assert told == ["awards", "contracts"]


def later(**contract: object) -> Json:
    """A later release of process c, with what it states of its contract."""
    found = release("c", 0) | {"id": "2", "date": "2031-02-20T00:00:00Z", "awards": [], "parties": []}
    return found | {"contracts": [{"id": "c", **contract}] if contract else []}


def signed(*files: Reading) -> list[tuple[object, ...]]:
    """Supplier, day, quantity, amount and findings of contract c in each file, in the order of the files."""
    return [
        (*row, [one.code for one in found.findings if one.code not in SHORT])
        for found in joined(list(files))
        if "contracts" in found.tables
        for row in found.tables["contracts"].select("supplier", "day", "quantity", "amount").rows()
    ]


def test_a_later_document_leaves_a_contract_as_it_was_but_for_what_it_states() -> None:
    """In whatever order they are handed in."""
    first = file("c-1", release("c", 40))
    second = file("c-2", later(value={"amount": 80, "currency": "EUR"}))
    (was,) = signed(first)
    expected = [was, (*was[:3], 80_00, [])]
    assert signed(first, second) == expected
    assert signed(second, first) == expected[::-1]


def test_a_later_document_without_contracts_removes_none() -> None:
    first, second = file("c-1", release("c", 40)), file("c-2", later())
    assert signed(first, second) == signed(first)
    assert counted(joined([first, second])) == counted(joined([first]))
    assert len(signed(file("c-12", release("c", 40), later()))) == 1


def test_a_contract_of_which_nothing_was_stated_before_keeps_its_finding() -> None:
    (row,) = signed(file("c-2", later(value={"amount": 80, "currency": "EUR"})))
    assert (row[0], row[-1]) == (None, ["ocds-day-missing"])


def test_a_later_document_does_not_miss_the_award_of_an_earlier_one() -> None:
    """Its contract names the award that the earlier document has."""
    first, second = file("c-1", release("c", 40)), file("c-2", later(awardID="A"))
    assert "ocds-award-unknown" in [one.code for one in second.findings]
    for files in ([first, second], [second, first]):
        assert "ocds-award-unknown" not in [one.code for found in joined(files) for one in found.findings]
