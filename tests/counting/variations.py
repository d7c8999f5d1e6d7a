"""Change a counting case in what must not matter: names and order of files, references, splitting."""

import random
import re
from collections.abc import Mapping
from dataclasses import replace

from tests.counting.case import Case, Document, Rows

SEEDS = (1, 2)
"""The variations of each case."""

_IDS = {
    "packages": ("package",),
    "lines": ("line",),
    "movements": ("movement",),
    "receipts": ("receipt",),
    "contracts": ("contract",),
    "activities": ("activity", "ref"),
    "flows": ("id",),
    "releases": ("ocid", "release", "contract"),
}
# Rows that follow another row into its file: table, column, and the table of the row that the column names.
_FOLLOW = (
    ("lines", "package", "packages"),
    ("participants", "package", "packages"),
    ("movements", "line", "lines"),
    ("contracts", "line", "lines"),
    ("receipts", "reference", "movements"),
)
_FIRST = {"packages": "package", "activities": "activity", "releases": "ocid"}


def varied(case: Case, seed: int) -> tuple[Case, dict[int, str]]:
    """Return the case with other references and some documents split, and names for its files."""
    chance = random.Random(f"{case.name} {seed}")
    changed = renamed(split(case, chance) if case.split else case, chance)
    words = chance.sample(range(1000, 9999), len(changed.documents))
    return changed, {number: f"{chance.choice('ghkmtz')}{word}" for number, word in enumerate(words)}


def earlier(case: Case, day: str) -> Case:
    """Return the case without the documents that became known after a day."""
    kept = [number for number, document in enumerate(case.documents) if document.day <= day]
    documents = []
    for number in kept:
        document = case.documents[number]
        old = kept.index(document.supersedes) if document.supersedes in kept else None
        documents.append(replace(document, supersedes=old))
    return replace(case, documents=tuple(documents))


def renamed(case: Case, chance: random.Random) -> Case:
    """Return the case with each reference replaced by another, the same everywhere."""
    found = sorted(
        {
            (table, column, row[column])
            for document in case.documents
            for table, columns in _IDS.items()
            for row in document.tables.get(table, ())
            for column in columns
            # A cell without a digit is a word, such as that of a total, and not a reference.
            if any(sign.isdigit() for sign in row.get(column, ""))
        }
    )
    new: dict[str, str] = {}
    for table, column, old in found:
        if old not in new:
            new[old] = _name(table, column, old, len(new), chance)
    if not new:
        return case
    wanted = "|".join(re.escape(old) for old in sorted(new, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w/-])(?:{wanted})(?![\w/-])")

    def changed(text: str) -> str:
        return pattern.sub(lambda found: new[found.group()], text)

    def every(rows: Rows) -> Rows:
        return tuple({name: changed(cell) for name, cell in row.items()} for row in rows)

    documents = tuple(
        replace(document, tables={name: every(rows) for name, rows in document.tables.items()})
        for document in case.documents
    )
    return replace(
        case,
        documents=documents,
        decisions=every(case.decisions),
        together=tuple(changed(one) for one in case.together),
    )


def _name(table: str, column: str, old: str, number: int, chance: random.Random) -> str:
    """A reference that says nothing; formats keep what their schemes prescribe."""
    drawn = chance.randrange(100, 1000) * 100 + number
    if table == "flows":
        return str(drawn)
    if column == "activity":
        return f"{old.rsplit('-', 1)[0]}-{drawn}"
    if column == "ocid":
        return f"ocds-x31x31-{drawn}"
    return f"{chance.choice('BKTVX')}{drawn}"


def split(case: Case, chance: random.Random) -> Case:
    """Return the case with each document that has several packages, activities or processes split in two."""
    replaced = {one.supersedes for one in case.documents}
    documents: list[Document] = []
    numbers: dict[int, int] = {}
    for number, document in enumerate(case.documents):
        numbers[number] = len(documents)
        fixed = document.supersedes is not None or number in replaced
        documents += [document] if fixed else _halves(document, chance)
    moved = [
        one if one.supersedes is None else replace(one, supersedes=numbers[one.supersedes])
        for one in documents
    ]
    return replace(case, documents=tuple(moved))


def _halves(document: Document, chance: random.Random) -> list[Document]:
    """Both halves of a document; the document alone where there is nothing to split."""
    table = next((name for name in _FIRST if name in document.tables), "")
    keys = sorted({row[_FIRST[table]] for row in document.tables[table]}) if table else []
    if len(keys) < 2:
        return [document]
    second = set(chance.sample(keys, chance.randrange(1, len(keys))))
    belongs: dict[tuple[str, str], bool] = {(table, key): key in second for key in keys}
    parts: tuple[dict[str, list[Mapping[str, str]]], ...] = ({}, {})
    for name in sorted(document.tables, key=_order):
        follow = next(((column, other) for one, column, other in _FOLLOW if one == name), None)
        for row in document.tables[name]:
            if name == table:
                late = row[_FIRST[table]] in second
            else:
                late = follow is not None and belongs.get((follow[1], row.get(follow[0], "")), False)
            if name in _IDS:
                belongs[name, row[_IDS[name][0]]] = late
            parts[late].setdefault(name, []).append(row)
    return [replace(document, tables={name: tuple(rows) for name, rows in part.items()}) for part in parts]


def _order(name: str) -> int:
    order = ("packages", "activities", "releases", "lines", "movements")
    return order.index(name) if name in order else len(order)
