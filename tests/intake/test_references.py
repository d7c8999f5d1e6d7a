"""References that lead nowhere, and those to a row that was left out."""

from konvoi.intake.join import joined
from konvoi.intake.read import read
from konvoi.model.document import Document, Reading
from konvoi.model.finding import filled

PACKAGES = "package,party,day,kind,stage\nN-1,NORLAND,{day},energy,committed\n"
LINES = "line,package,good,quantity\nL-1,N-1,gen,40\nL-2,N-1,gen,5\n"
MOVEMENTS = (
    "movement,line,day,stage,quantity\nW-1,L-1,2031-03-01,dispatched,25\nW-2,L-1,2031-03-02,dispatched,5\n"
)


def together(**files: str) -> list[Reading]:
    """The readings of one party's CSV files, joined."""
    return list(
        joined([read(Document(f"{name}.csv", text.encode(), "NORLAND")) for name, text in files.items()])
    )


def told(*readings: Reading) -> list[tuple[str, str, int, str]]:
    """Severity, code, row and remedy of each finding of the readings that is about a reference."""
    return [
        (str(one.severity), one.code, one.place.row, filled(one.remedy, one.values))
        for reading in readings
        for one in reading.findings
        if one.code.startswith("reference")
    ]


def test_a_row_that_was_left_out_is_told_of_once_where_it_is_first_named() -> None:
    """Two lines and two movements wait for one package whose day cannot be: one warning, no cascade."""
    files = together(packages=PACKAGES.format(day="2031-02-30"), lines=LINES, movements=MOVEMENTS)
    assert [one.code for one in files[0].findings] == ["day-impossible"]
    remedy = "Correct that row; what names it ({count} here) is read with it."
    assert told(*files) == [("warning", "reference-refused", 2, remedy.replace("{count}", "2"))]
    (waiting,) = (one for one in files[1].findings if one.code == "reference-refused")
    assert filled(waiting.expected, waiting.values).endswith("packages.csv, sheet packages, row 2")


def test_a_row_that_stands_nowhere_is_another_matter() -> None:
    files = together(
        packages=PACKAGES.format(day="2031-02-28"), lines=LINES.replace("N-1,gen,5", "N-7,gen,5")
    )
    assert told(*files) == [("error", "reference-unknown", 3, "Correct it, or submit the row that it names.")]


def test_a_line_without_its_package_is_told_of_once_however_many_movements_it_has() -> None:
    files = together(lines=LINES.replace("L-2,N-1,gen,5\n", ""), movements=MOVEMENTS)
    assert [(code, row) for _, code, row, _ in told(files[0])] == [("reference-unknown", 2)]
    assert told(files[1]) == []


def test_a_receipt_of_a_movement_that_was_left_out_says_so() -> None:
    receipts = "receipt,reference,day,received\nR-1,W-1,2031-03-05,24\n"
    files = together(
        packages=PACKAGES.format(day="2031-02-28"),
        lines=LINES,
        movements=MOVEMENTS.replace("2031-03-01", "soon"),
        receipts=receipts,
    )
    assert [(code, row) for _, code, row, _ in told(files[3])] == [("reference-refused", 2)]


def test_joining_again_tells_nothing_twice() -> None:
    files = together(packages=PACKAGES.format(day="2031-02-30"), lines=LINES, movements=MOVEMENTS)
    assert [told(one) for one in joined(files)] == [told(one) for one in files]
