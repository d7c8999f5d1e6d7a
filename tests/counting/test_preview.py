"""What `konvoi add --dry-run` announces is the change of `konvoi total`, for each kind of change."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from tests.cli.calling import konvoi
from tests.counting.case import Case, Document, case_of
from tests.counting.drawing import read_here, total
from tests.counting.writing import RATES, contents, write

Record = dict[str, str]
Edit = Callable[[list[Record], random.Random], list[Record]]

BEFORE = """
package | title | amount | currency | day
PL-1 | Tents for Kharkiv | 1000 | EUR | 2026-01-10
PL-2 | Generators for Odesa | 2500 | EUR | 2026-01-12
PL-3 | Ambulances for Lviv | 480 | PLN | 2026-01-14
"""
LINES = """
line | package | good | quantity
PL-2/1 | PL-2 | generator | 5
"""
EARLIER, LATER = "2026-02-01", "2026-03-01"


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


def base() -> Case:
    """The workspace before the change: three packages of Poland, one of Latvia."""
    latvia = "package | title | amount\nLV-1 | Blankets for Sumy | 700"
    return case_of(
        {
            "name": "before a change",
            "section": "2",
            "reason": "",
            "right": "4320",
            "document": [
                {"party": "PL", "day": EARLIER, "form": "xlsx", "packages": BEFORE, "lines": LINES},
                {"party": "LV", "day": EARLIER, "packages": latvia},
            ],
        }
    )


def _changed(rows: list[Record], chance: random.Random, **fields: str) -> list[Record]:
    """One row alone, with other values."""
    return [chance.choice(rows) | fields]


def _amount_up(rows: list[Record], chance: random.Random) -> list[Record]:
    return [row | {"amount": str(int(row["amount"]) + chance.randrange(1, 900))} for row in rows]


def _amount_down(rows: list[Record], chance: random.Random) -> list[Record]:
    return [row | {"amount": str(int(row["amount"]) - chance.randrange(1, 400))} for row in rows]


def _amount_nothing(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, amount="0")


def _amount_empty(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, amount="", currency="")


def _currency(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, currency=chance.choice(["USD", "GBP", "SEK"]))


def _stage(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, stage="committed")


def _day(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, day=f"2026-02-{chance.randrange(10, 28)}")


def _title(rows: list[Record], chance: random.Random) -> list[Record]:
    row = chance.choice(rows)
    return [row | {"title": f"{row['title']} and its region"}]


def _withdrawn(rows: list[Record], chance: random.Random) -> list[Record]:
    return _changed(rows, chance, stage="withdrawn")


def _new_reference(rows: list[Record], chance: random.Random) -> list[Record]:
    return [_of_its_own(chance)]


def _similar(rows: list[Record], chance: random.Random) -> list[Record]:
    """The same content under a new reference."""
    return _changed(rows, chance, package="PL-20", day="2026-01-20")


def _left_out(rows: list[Record], chance: random.Random) -> list[Record]:
    """The list again, one row left out, without `supersedes`: nothing changes."""
    return chance.sample(rows, len(rows) - 1)


def _unchanged(rows: list[Record], chance: random.Random) -> list[Record]:
    return rows


def _several(rows: list[Record], chance: random.Random) -> list[Record]:
    """A change of each row, and a new one."""
    one, two, three = rows
    return [
        one | {"amount": str(chance.randrange(0, 3000))},
        two | {"currency": "USD"},
        three | {"amount": "0"},
        _of_its_own(chance),
    ]


def _of_its_own(chance: random.Random) -> Record:
    amount = str(chance.randrange(5000, 9000))
    return {
        "package": "PL-30",
        "title": "Mine detectors",
        "amount": amount,
        "currency": "EUR",
        "day": "2026-02-20",
        "party": "PL",
        "kind": "humanitarian",
    }


EDITS: Mapping[str, Edit] = {
    "amount up": _amount_up,
    "amount down": _amount_down,
    "amount 0": _amount_nothing,
    "amount empty": _amount_empty,
    "currency": _currency,
    "stage": _stage,
    "day": _day,
    "title": _title,
    "withdrawn": _withdrawn,
    "new reference": _new_reference,
    "similar content": _similar,
    "row left out": _left_out,
    "unchanged": _unchanged,
    "several at once": _several,
}
SUPERSEDING: Mapping[str, Edit] = {
    "row left out": _left_out,
    "several at once": _several,
    "all but new left out": _new_reference,
}
QUANTITIES = {"quantity up": {"quantity": "9"}, "quantity 0": {"quantity": "0"}, "good": {"good": "pump"}}


def _value(row: Record) -> Decimal:
    """What a row of packages states, in euro."""
    if row.get("stage") == "withdrawn":
        return Decimal(0)
    return Decimal(row["amount"]) / (Decimal(RATES[row["currency"]]) if row["currency"] != "EUR" else 1)


def _stated(before: list[Record], after: list[Record], *, replaces: bool) -> Decimal:
    """The change of the sum of what the partner states, by the latest statement of each reference."""
    old = {row["package"]: row for row in before}
    known = {} if replaces else dict(old)
    for row in after:
        filled = {name: cell for name, cell in row.items() if cell}
        known[row["package"]] = old.get(row["package"], {}) | filled
    return sum(map(_value, known.values()), Decimal(0)) - sum(map(_value, old.values()), Decimal(0))


def _announced(folder: Path, file: Path, *, dry: bool) -> dict[str, Any]:
    called = konvoi("add", file, "--from", "PL", "--dir", folder, "--json", *(["--dry-run"] if dry else []))
    assert called.out.startswith("{"), called.err
    found: dict[str, Any] = called.json
    return found


def _check(folder: Path, document: Document, expected: Decimal) -> None:
    """Announce, draw, add and draw again."""
    ((name, content),) = contents(document, "new").items()
    file = folder.parent / name
    file.write_bytes(content)
    told = _announced(folder, file, dry=True)
    before = total(folder)
    done = _announced(folder, file, dry=False)
    after = total(folder)
    assert before.value is not None
    assert after.value is not None
    for announced in (told, done):
        assert Decimal(str(announced["total_before"])) == before.value
        assert Decimal(str(announced["total_after"])) == after.value
        effect = announced["total_effect"]
        by_statements, by_matching = (Decimal(str(effect[name])) for name in ("statements", "matching"))
        assert by_statements == expected
        assert by_statements + by_matching == after.value - before.value


EVERYDAY = ("several at once", "similar content", "withdrawn")
"""Kinds of change that are tried every day; the others are tried with the slow tests, all with more seeds."""


def _drawn(names: Iterable[str], seeds: Iterable[int]) -> Iterator[ParameterSet]:
    for name, seed in product(sorted(names), seeds):
        everyday = name in EVERYDAY and seed == 1
        yield pytest.param(name, seed, marks=[] if everyday else pytest.mark.slow)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "seed"), _drawn(EDITS, (1, 2, 3)))
def test_the_announced_change_of_packages_is_the_change_of_the_total(
    name: str, seed: int, tmp_path: Path
) -> None:
    folder = write(base(), tmp_path / "work")
    rows = [dict(row) for row in base().documents[0].tables["packages"]]
    after = EDITS[name](rows, random.Random(seed))
    document = Document("PL", LATER, {"packages": tuple(after)}, form="xlsx")
    _check(folder, document, _stated(rows, after, replaces=False))


@pytest.mark.parametrize(("name", "seed"), _drawn(SUPERSEDING, (1,)))
def test_the_announced_change_of_a_list_that_supersedes_is_the_change_of_the_total(
    name: str, seed: int, tmp_path: Path
) -> None:
    folder = write(base(), tmp_path / "work")
    settings = folder / "konvoi.toml"
    settings.write_text(settings.read_text("utf-8") + '[supersedes]\n"PL/new.xlsx" = "PL/d0.xlsx"\n', "utf-8")
    rows = [dict(row) for row in base().documents[0].tables["packages"]]
    after = SUPERSEDING[name](rows, random.Random(seed))
    document = Document("PL", LATER, {"packages": tuple(after)}, form="xlsx")
    _check(folder, document, _stated(rows, after, replaces=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(QUANTITIES))
def test_a_change_of_a_line_without_value_changes_no_amount(name: str, tmp_path: Path) -> None:
    folder = write(base(), tmp_path / "work")
    (line,) = base().documents[0].tables["lines"]
    document = Document("PL", LATER, {"lines": ({**line, **QUANTITIES[name]},)}, form="xlsx")
    _check(folder, document, Decimal(0))
