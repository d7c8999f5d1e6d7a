"""Make the submissions, inbox and lists of the exercise from the typed tables in facts/ and the texts.

`PYTHONPATH=src:examples python examples/exercise/make.py` writes them. The same facts always give the
same bytes. Nothing here is read from the network or the clock; nothing here is real.
"""

import csv
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from publishing import write_lists
from writing import Cover, write_csv, write_head, write_sheets, write_table, write_text

from konvoi.model.tables import BY_NAME

Row = dict[str, str]

HERE = Path(__file__).parent
COALITION = "Merrow Coalition (exercise)"
TITLE = "Exercise: invented states, invented goods, invented days"
BROKEN = "submissions/XE/eskeria-march.xlsx"
TRANSCRIBED = ("XB-1", "XE-1")
# What one euro is worth in dollars in this exercise; it is no rate of any day.
DOLLARS = Decimal("1.25")


def main() -> None:
    """Write all files below submissions/ and inbox/, and the decisions of the duty desk."""
    files = facts("files")
    tables = {name: facts(name) for name in BY_NAME if (HERE / "facts" / f"{name}.csv").is_file()}
    for about in files:
        held = {name: of_file(rows, about["file"]) for name, rows in tables.items()}
        write(about, {name: rows for name, rows in held.items() if rows})
    packages = [row for row in tables["packages"] if row["package"] in TRANSCRIBED]
    names = {row["party"]: row["name"] for row in tables["parties"]}
    write_text(HERE / "submissions" / "X-CELL" / "transcription.json", flows(packages, names))
    write_table(HERE / "judgements.csv", facts("judgements"))
    write_table(HERE / "ownership.csv", facts("ownership"))
    write_table(HERE / "proposals.csv", facts("proposals"))
    write_table(HERE / "clearances.csv", facts("clearances"))
    write_lists(HERE / "facts" / "lists", HERE / "lists")
    shorten(HERE / BROKEN)


def facts(name: str) -> list[Row]:
    """The rows of a table of facts."""
    with (HERE / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_file(rows: Sequence[Row], file: str) -> list[Row]:
    """The rows that one file holds."""
    return [
        {name: value for name, value in row.items() if name != "file"} for row in rows if row["file"] == file
    ]


def write(about: Row, tables: dict[str, list[Row]]) -> None:
    """One submission: a workbook, a folder of CSV files with their head, or a text as it was written."""
    path = HERE / about["file"]
    lines = ("party", "day", "version", "supersedes", "marking", "language")
    head = {"coalition": COALITION} | {name: about[name] for name in lines if about[name]}
    if path.suffix == ".xlsx":
        write_sheets(path, Cover(head, TITLE, date.fromisoformat(about["day"]), about["language"]), tables)
    elif (HERE / "texts" / path.name).is_file():
        write_text(path, (HERE / "texts" / path.name).read_text("utf-8"))
    elif not path.suffix:
        write_head(path / "konvoi.csv", head)
        for name, rows in tables.items():
            write_csv(path / f"{name}.csv", name, rows)


def shorten(path: Path) -> None:
    """What a broken transfer leaves of a file: its first two thirds.

    The parts are stored as they are, so that the same bytes are cut off by every build of Python.
    """
    with zipfile.ZipFile(path) as whole:
        parts = [(part, whole.read(part)) for part in whole.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as stored:
        for part, content in parts:
            stored.writestr(zipfile.ZipInfo(part.filename, part.date_time), content)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 2 // 3])


def flows(packages: Sequence[Row], names: dict[str, str]) -> str:
    """Packages once more, as pages of a financial tracking service list them."""
    found = [flow(row, names) for row in packages]
    page = {
        "status": "ok",
        "data": {"incoming": {"flowCount": len(found)}, "flows": found},
        "meta": {"language": "en", "count": len(found), "note": TITLE},
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def flow(row: Row, names: dict[str, str]) -> dict[str, object]:
    """One flow, in dollars by the rate of the exercise."""
    stamp = f"{row['day']}T00:00:00Z"
    amount = Decimal(row["amount"])
    year = {"type": "UsageYear", "id": "2031", "name": "2031", "behavior": "single"}
    giver, receiver = names[row["party"]], names[row["counterparty"]]
    return {
        "id": f"exercise-{row['package']}",
        "amountUSD": int(amount * DOLLARS),
        "budgetYear": "2031",
        "contributionType": "financial",
        "date": stamp,
        "decisionDate": stamp,
        "firstReportedDate": stamp,
        "description": row["title"],
        "flowType": "Standard",
        "newMoney": True,
        "originalAmount": int(amount),
        "originalCurrency": row["currency"],
        "exchangeRate": float(1 / DOLLARS),
        "status": "commitment",
        "versionId": 1,
        "sourceObjects": [place(row["party"], giver), year],
        "destinationObjects": [place(row["counterparty"], receiver), year],
        "boundary": "incoming",
        "onBoundary": "single",
        "reportDetails": [{"sourceType": "Secondary", "organization": TITLE, "date": stamp}],
        "refCode": row["package"],
    }


def place(party: str, name: str) -> dict[str, str]:
    """A party as an object of a flow."""
    return {"type": "Organization", "id": f"exercise-{party}", "name": name, "behavior": "single"}


if __name__ == "__main__":
    main()
