"""A file of settings says all that Settings holds; a slip in it is told with its place."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from konvoi.link import task as module
from konvoi.link.derive import KINDS
from konvoi.link.levels import alike, days, equal, near
from konvoi.link.settings import Block, Settings, Window
from konvoi.link.task import task

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "match-settings.md"

SMALL = """
[[block]]
on = ["name"]

[[comparison]]
kind = "equal"
column = "name"
"""

WHOLE = """
id = "key"
relation = "passes_through"
between = "across"
directed = true
allowed = "l.x <> r.x"
apart = ["scheme", "number"]
once = true
prior = 0.2
least = 0.1
join = 0.6
mean = 0.4
learn = true
by_density = true
interactions = false
sample = 9
pairs = 1000
memory = "4GB"
threads = 1
spill = "room"
separator = "%"
own_ids = true

[population]
on = ["a"]
window = { column = "day", days = 9 }
comparison = "title"
jointly = [["way"]]
held = ["way"]

[[column]]
name = "words"
of = "title"
kind = "rare-words"
most = 5

[[block]]
name = "b"
on = ["a", "words"]
right = ["c"]
window = { column = "day", before = 1, after = 2 }
narrower = ["d"]
most = 7
overflow = "refuse"

[[comparison]]
kind = "alike"
name = "title"
column = "t"
measure = "ratio"
at_least = [0.5]
shares = [[0.5, 0.1], [0.3, 0.1], [0.2, 0.8]]

[[comparison]]
name = "way"
columns = ["w"]
unknown = "l.w = '?'"
missing = "no way"
similarity = [{ name = "s", column = "w", measure = "ratio" }]

[[comparison.level]]
label = "by sea"
predicate = "l.w = 'sea'"
true = 0.4
chance = 0.2

[[comparison.level]]
label = "not"
true = 0.6
chance = 0.8
"""


def test_little_need_be_said() -> None:
    done, wrong = task(SMALL)
    assert wrong == ()
    assert done is not None
    assert done.settings == Settings((equal("name"),), (Block("name", ("name",)),))


def test_all_that_settings_hold_can_be_said() -> None:
    done, wrong = task(WHOLE)
    assert wrong == ()
    assert done is not None
    defaults = Settings((), ())
    names = [one.name for one in fields(Settings)]
    assert [name for name in names if getattr(done.settings, name) == getattr(defaults, name)] == []
    assert done.settings.blocks == (
        Block("b", ("a", "words"), ("c",), Window("day", 1, 2), ("d",), 7, "refuse"),
    )
    title, way = done.settings.comparisons
    assert (
        title.levels
        == alike("t", measure="ratio", at_least=(0.5,), shares=((0.5, 0.1), (0.3, 0.1), (0.2, 0.8))).levels
    )
    assert [(one.label, one.predicate) for one in way.answers] == [
        ("no way", 'l."w" IS NULL OR r."w" IS NULL OR l.w = \'?\''),
        ("by sea", "l.w = 'sea'"),
        ("not", "TRUE"),
    ]
    assert (done.columns[0].of, done.columns[0].most) == ("title", 5)
    assert (done.separator, done.own_ids) == ("%", True)


def test_a_comparison_of_its_own_may_need_no_column() -> None:
    done, wrong = task(WHOLE.replace('columns = ["w"]', "columns = []"))
    assert wrong == ()
    assert done is not None
    assert done.settings.comparisons[1].columns == ()


def test_comparisons_by_name_are_those_of_the_code() -> None:
    kinds = "\n".join(f'[[comparison]]\nkind = "{kind}"\ncolumn = "{kind}"' for kind in module.BY_NAME)
    done, _ = task('[[block]]\non = ["x"]\n' + kinds)
    assert done is not None
    assert done.settings.comparisons == (equal("equal"), alike("alike"), near("near"), days("days"))


def test_bounds_of_ones_own_need_no_shares() -> None:
    """The shares of the default bounds are parted among as many answers as there are, and run as they do."""
    text = SMALL.replace('"equal"', '"days"', 1) + "within = [0, 31]\n"
    done, wrong = task(text)
    assert (wrong, done is not None) == ((), True)
    levels = days("d", within=(0, 31)).levels
    assert [round(sum(side), 5) for side in zip(*((x.true, x.chance) for x in levels), strict=True)] == [1, 1]
    odds = [level.true / level.chance for level in levels]
    assert odds == sorted(odds, reverse=True)
    assert (odds[0] > 10, odds[-1] < 1) == (True, True)


def test_shares_that_are_stated_are_one_for_each_answer() -> None:
    _, wrong = task(SMALL.replace('"equal"', '"days"', 1) + "within = [0]\nshares = [[0.5, 0.1]]\n")
    assert [(one.code, one.place.column) for one in wrong] == [("match-settings-value", "shares")]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("[[block]]", "[[block]", ("match-settings-broken", "", "")),
        ('on = ["name"]', 'one = ["name"]', ("match-settings-unknown", "block 1", "one")),
        ('on = ["name"]', 'on = "name"', ("match-settings-value", "block 1", "on")),
        ('kind = "equal"', 'kind = "eqal"', ("match-settings-value", "comparison 1", "kind")),
        ('column = "name"', "", ("match-settings-value", "comparison 1", "column")),
        ('column = "name"', 'column = "name"\ntrue = 2', ("match-settings-value", "comparison 1", "true")),
        ("\n[[block]]", "prior = 0\n[[block]]", ("match-settings-value", "", "prior")),
        ("\n[[block]]", 'memory = "lots"\n[[block]]', ("match-settings-value", "", "memory")),
        ("\n[[block]]", 'memory = "0GB"\n[[block]]', ("match-settings-value", "", "memory")),
        ("\n[[block]]", "threads = 100000\n[[block]]", ("match-settings-value", "", "threads")),
        (
            'on = ["name"]',
            'on = ["name"]\nwindow = { column = "day", before = 1 }',
            ("match-settings-value", "block 1: window", "after"),
        ),
    ],
)
def test_a_slip_is_told_with_its_place(old: str, new: str, place: tuple[str, str, str]) -> None:
    done, wrong = task(SMALL.replace(old, new, 1), "file.toml")
    assert done is None
    assert place in [(one.code, one.place.sheet, one.place.column) for one in wrong]
    assert {one.place.file for one in wrong} == {"file.toml"}


def test_a_key_that_is_nearly_one_is_named() -> None:
    _, wrong = task("leran = true\n" + SMALL)
    assert wrong[0].values["near"] == "learn"


def test_levels_that_end_open_are_refused() -> None:
    """Only the last level may leave its predicate out."""
    _, wrong = task(WHOLE.replace("predicate = \"l.w = 'sea'\"\n", ""))
    assert [(one.place.sheet, one.place.column) for one in wrong] == [("comparison 2: level 1", "predicate")]


def test_every_key_stands_in_its_page() -> None:
    text = PAGE.read_text("utf-8")
    own = (module.TOP, module.BLOCK, module.WINDOW, module.COLUMN, module.WRITTEN, module.LEVEL)
    tables = (*own, module.POPULATION)
    keys = {key for table in (*tables, module.SIMILARITY, *module.BY_NAME.values()) for key in table}
    assert sorted(key for key in keys if not re.search(rf"`{key}`", text)) == []
    assert sorted(kind for kind in (*KINDS, *module.BY_NAME) if f"`{kind}`" not in text) == []
