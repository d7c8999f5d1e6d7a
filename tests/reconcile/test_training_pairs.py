"""What judgements teach: what stands, agrees and is decided; the order of rows does not matter."""

import random

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from tests.reconcile.ledgers import entries

from konvoi.reconcile.judgement import JUDGEMENTS, RANDOM, judged, names, taken_back
from konvoi.reconcile.random_sample import place
from konvoi.reconcile.training_pairs import Lessons, lessons

ROWS: list[dict[str, object]] = [{"entry": name, "source": f"S-{name}"} for name in "abcdef"]
LEDGER = entries(*ROWS)


def row(
    left: str, right: str, verdict: str, *, relation: str = "same_as", drawn: str = "", day: int = 1
) -> dict[str, str]:
    at = f"2022-06-{day:02d}T10:00:00Z"
    made = judged((left, right), verdict, relation=relation, by="desk", at=at, entries=LEDGER)
    return made | {"drawn": drawn}


def taught(*rows: dict[str, str], ledger: pl.DataFrame = LEDGER) -> Lessons:
    return lessons(pl.DataFrame(list(rows), schema=JUDGEMENTS), ledger)


def pairs(found: Lessons) -> list[tuple[str, str, bool]]:
    return list(found.told.select("left", "right", "same").iter_rows())


def test_a_decision_teaches_from_whichever_side_it_was_made() -> None:
    assert pairs(taught(row("b", "a", "same"), row("c", "d", "different"))) == [
        ("a", "b", True),
        ("c", "d", False),
    ]


def test_unsure_and_what_likeness_says_nothing_of_teach_nothing() -> None:
    assert taught(row("a", "b", "unsure"), row("c", "d", "same", relation="part_of")).told.is_empty()
    assert pairs(taught(row("c", "d", "same", relation="restates"))) == [("c", "d", True)]


def test_a_decision_that_was_taken_back_teaches_nothing_and_the_one_before_it_again() -> None:
    first = row("a", "b", "same")
    second = row("a", "b", "different", day=2) | {"supersedes": first["judgement"]}
    back = taken_back(second, by="desk", at="2022-06-03T10:00:00Z")
    assert pairs(taught(first, second)) == [("a", "b", False)]
    assert pairs(taught(first, second, back)) == [("a", "b", True)]
    assert taught(first, taken_back(first, by="desk", at="2022-06-02T10:00:00Z")).told.is_empty()


def test_decisions_that_contradict_each_other_teach_nothing_and_others_still_do() -> None:
    """a is b, b is c, a is not c; e is f."""
    against = (row("a", "b", "same"), row("b", "c", "same"), row("a", "c", "different"))
    assert pairs(taught(*against, row("e", "f", "same"))) == [("e", "f", True)]
    assert len(pairs(taught(*against[:2], row("e", "c", "different")))) == 3


def test_a_decision_on_values_that_have_changed_teaches_nothing() -> None:
    changed = LEDGER.with_columns(kind=pl.lit("energy"))
    assert taught(row("a", "b", "same"), ledger=changed).told.is_empty()


def test_of_chance_is_what_it_drew_and_what_was_judged_before_its_turn() -> None:
    named = dict(names(LEDGER).select("entry", "name").iter_rows())
    three = sorted(("ab", "cd", "ef"), key=lambda two: place([named[one] for one in two], "same_as", 1))
    verdicts = [row(two[0], two[1], "same", drawn=RANDOM if n == 1 else "") for n, two in enumerate(three)]
    found = taught(*verdicts)
    drawn = {left + right: by for left, right, by in found.told.select("left", "right", "random").iter_rows()}
    assert drawn == {three[0]: True, three[1]: True, three[2]: False}
    assert found.reach == place([named[one] for one in three[1]], "same_as", 1)
    assert not taught(row("a", "b", "same")).told["random"].any()


@given(st.integers())
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = [row("a", "b", "same", drawn=RANDOM), row("c", "d", "different"), row("e", "f", "same")]
    assert taught(*random.Random(seed).sample(rows, 3)).told.equals(taught(*rows).told)


def test_no_judgements_teach_nothing() -> None:
    assert taught().told.is_empty()
    assert taught().reach == 0
