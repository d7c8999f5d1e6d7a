"""A second table on a sheet is one finding, and its rows are not read."""

from konvoi.intake.sheet import Row, Value
from konvoi.intake.table import Origin, TableRead, read_by_sender
from konvoi.model.tables import BY_NAME

HEAD: tuple[Value, ...] = (
    "package *",
    "party *",
    "day *",
    "kind *",
    "title",
    "amount [currency]",
    "currency",
)
SHELLS: tuple[Value, ...] = ("A-1", "AT", "2031-02-01", "military", "Shells", "5000", "EUR")
RELAYS: tuple[Value, ...] = ("A-2", "AT", "2031-02-02", "energy", "Relays", "2000", "EUR")
LINES: tuple[Value, ...] = ("Zeile *", "Paket *", "Gut", "Menge", "Einheit")


def _read(*rows: tuple[Value, ...], table: str = "packages") -> TableRead:
    numbered = [Row(at, row) for at, row in enumerate(rows, start=1) if row]
    return read_by_sender(BY_NAME[table], numbered, Origin("a.xlsx", "Sheet"))


def test_a_table_below_another_is_one_finding_and_is_not_read() -> None:
    line = ("A-1/1", "A-1", "shell", "5", "piece")
    read = _read(HEAD, SHELLS, RELAYS, (), ("Lines",), LINES, line, HEAD)
    assert read.frame["package"].to_list() == ["A-1", "A-2"]
    assert [(one.code, one.place.row, one.values["at"]) for one in read.findings] == [
        ("table-second", 6, "6")
    ]


def test_a_table_beside_another_is_one_finding() -> None:
    read = _read((*HEAD, None, *HEAD), (*SHELLS, None, *RELAYS))
    assert read.frame["package"].to_list() == ["A-1"]
    assert [(one.code, one.values["at"]) for one in read.findings] == [("table-second", "I")]


def test_rows_below_a_head_that_stands_again_are_read() -> None:
    read = _read(HEAD, SHELLS, HEAD, RELAYS, HEAD)
    assert read.frame["package"].to_list() == ["A-1", "A-2"]
    assert [(one.code, one.read) for one in read.findings] == [("head-repeated", "3, 5")]


def test_rows_that_are_not_read_and_may_limit_a_plan_are_kept_as_unread() -> None:
    approvals: tuple[Value, ...] = ("approval *", "covers *", "asked", "refused")
    read = _read(HEAD, SHELLS, approvals, ("E-1", "O-1", "2031-01-01", "2031-02-01"))
    assert set(read.unread["table"]) == {"approvals"}
    assert read.unread["_row"].to_list() == [3, 4]
