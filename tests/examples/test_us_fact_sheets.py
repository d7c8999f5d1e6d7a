"""The transcribed items of the American fact sheets are what the sheets say, and all that they list."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.cli.calling import konvoi
from tests.examples import folders

LIST = folders.EXAMPLES / "2022" / "facts" / "us-fact-sheets.csv"
WORDS = {"a": 1, "an": 1, "three": 3, "four": 4, "five": 5, "one": 1, "two": 2}
SCALES = {"million": 10**6, "billion": 10**9}
FIGURE = re.compile(
    r"(?<![\w$,.-])(\d[\d,]*(?:\.\d+)?|a|an|one|two|three|four|five)\b(?: (million|billion)\b)?",
    re.IGNORECASE,
)
MANY = re.compile(r"\b(?:dozens|hundreds|thousands|several)\b", re.IGNORECASE)
GOODS = re.compile(
    r"\b(?:stingers?|javelins?|unmanned|uavs?|drones?|launchers?|rifles?|pistols?|guns|shotguns?|rounds"
    r"|ammunition|munitions?|armor|helmets?|helicopters?|boats?|vessels?|radars?|hmmwvs?|vehicles?"
    r"|carriers|himars|rockets?|howitzers?|artillery|tanks?|bradley|abrams|patriot|hawk|missiles?"
    r"|interceptors?|battery|air defense systems?|generators?|power plant|doses|blankets?|kits)\b",
    re.IGNORECASE,
)
# Lines with a figure and a good that list nothing which the United States give.
NO_ITEMS = {("2022-04-28", 101): "vessels seized from others"}


def items() -> list[dict[str, str]]:
    return folders.facts("2022", "us-fact-sheets")


@cache
def lines(folder: Path, sheet: str) -> tuple[str, ...]:
    path = folder / "pledges" / "us-fact-sheets" / sheet
    return ("", *path.read_text(encoding="utf-8").split("\n"))


def text(folder: Path, row: dict[str, str]) -> str:
    there = lines(folder, row["sheet"])[int(row["line"]) : int(row["to_line"]) + 1]
    return " ".join(" ".join(there).split())


def figures(words: str) -> Iterator[Decimal]:
    for found in FIGURE.finditer(words):
        digits = found[1].lower().replace(",", "")
        yield Decimal(WORDS.get(digits, digits)) * SCALES.get((found[2] or "").lower(), 1)


@pytest.mark.real_data
def test_each_item_stands_where_it_is_said_to_stand(real_data: Path) -> None:
    """Its word and its number are on the lines named; the day is that of the sheet."""
    assert len(items()) > 150
    for row in items():
        words = text(real_data, row)
        assert row["head"].lower() in words.lower(), row["item"]
        assert not row["quantity"] or Decimal(row["quantity"]) in figures(words), row["item"]
        assert f"date: '{row['day']}'" in lines(real_data, row["sheet"]), row["item"]
        assert int(row["to_line"]) - int(row["line"]) in (0, 1, 2), row["item"]


@pytest.mark.real_data
def test_no_item_of_a_list_of_bullets_is_left_out(real_data: Path) -> None:
    """Each bullet of a sheet that lists goods so, and each figure in it, is transcribed."""
    sheet = next(row["sheet"] for row in items() if row["day"] == "2022-03-16")
    there = lines(real_data, sheet)
    told = [row for row in items() if row["sheet"] == sheet]
    starts = [at for at, line in enumerate(there) if line.startswith("-   ")]
    assert len(starts) == 21
    for at in starts:
        end = next(n for n in range(at + 1, at + 4) if not there[n].startswith("    "))
        inside = [row for row in told if at <= int(row["line"]) < end]
        read = sorted(figures(" ".join(there[at:end])))
        assert inside, there[at]
        assert sorted(Decimal(row["quantity"]) for row in inside if row["quantity"]) == read, there[at]


@pytest.mark.real_data
def test_no_figure_beside_a_good_is_left_out_in_any_sheet(real_data: Path) -> None:
    """Lines with a figure (or hundreds, several) and a good are transcribed, or named here with why not."""
    known = {(row["sheet"], at) for row in items() for at in range(int(row["line"]), int(row["to_line"]) + 1)}
    lost = {}
    for path in sorted((real_data / "pledges" / "us-fact-sheets").glob("*.md")):
        for at, line in enumerate(lines(real_data, path.name)):
            said = GOODS.search(line) and (MANY.search(line) or any(n > 1 for n in figures(line)))
            if said and ": " not in line[:20] and (path.name, at) not in known:
                lost[path.name[:10], at] = line
    assert lost.keys() == NO_ITEMS.keys(), lost


def test_every_item_has_a_form_and_says_whether_it_is_new() -> None:
    rows = items()
    assert len({row["item"] for row in rows}) == len(rows)
    assert {row["counts"] for row in rows} == {"new", "to date", "again", "asked"}
    assert {row["list"] for row in rows} == {"bullets", "sentence"}
    assert all(bool(row["quantity"]) == (row["said"] in {"exact", "over", "about", "nearly"}) for row in rows)


def totals(path: Path) -> dict[tuple[str, str], str]:
    document = konvoi(
        "total", path, "--what", "quantity", "--by", "good", "--stage", "pledged", "--json"
    ).json
    return {(part["key"], part["unit"]): part["value"] for part in document["by"]}


@pytest.mark.slow
def test_what_was_given_before_adds_nothing_to_any_total(tmp_path: Path) -> None:
    """With the lists of previous assistance and without them each good has the same total."""
    new = tmp_path / "new.csv"
    table = pl.read_csv(LIST, infer_schema=False)
    before = table.filter((pl.col("counts") != "new") & pl.col("quantity").is_not_null())
    assert before.height > 20
    table.filter(pl.col("counts") == "new").write_csv(new)
    assert totals(LIST) == totals(new)
    stingers = konvoi(
        "total", LIST, "--what", "quantity", "--good", "stinger", "--stage", "committed", "--json"
    )
    assert (stingers.json["value"], stingers.json["highest"]) == (800, 800)


@pytest.mark.slow
def test_the_total_of_a_year_counts_what_earlier_lists_told_and_adds_nothing_to_them() -> None:
    """800 of March, over 600 before, and 1,600 for the whole year make 1,600."""
    files = sorted((folders.EXAMPLES / "2022" / "submissions" / "US").glob("*.xlsx"))
    told = konvoi(
        "total", *files, "--what", "quantity", "--good", "stinger", "--stage", "committed", "--json"
    )
    assert told.json["value"] == 1600
