"""Labelled pairs, samples and halves of records: what is input, what is counted, by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from bench.aligning.errors import groups, kinds
from bench.aligning.persons import disjoint
from bench.aligning.truth import truth
from tests.bench.aligning.test_lists import INN, INN_2, company, lists

from bench.aligning import alphabets, gaps, pairs, people
from konvoi.align.frames import SCHEMAS, Frames, frames, together
from konvoi.align.identifiers import identifier
from konvoi.align.listing import Birth, Kind, Listing, Name
from konvoi.align.parties import Aligned
from konvoi.kit.days import Days
from konvoi.model.finding import Place

HEAD = "case_group,schema,name1,name2,is_match,quality,category,notes\n"


def test_notes_quality_and_category_are_no_input(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(HEAD + "g,Person,Ann Lee,Anne Lee,true,STRONG,typo,clearly one\n", encoding="utf-8")
    two.write_text(HEAD + "g,Person,Ann Lee,Anne Lee,true,,,\n", encoding="utf-8")
    assert pairs.read(one) == pairs.read(two) == [pairs.Pair("Ann Lee", "Anne Lee", "Person", True, "g")]


def test_a_threshold_is_learnt_on_other_folds_than_it_is_counted_on() -> None:
    """The pair of fold 1 alone would say 2; all others say 1, so that it is answered with yes."""
    score = np.array([2.0, 0.0, 1.0, 0.5, 1.0, 0.0, 1.0, 0.1, 1.0, 0.2])
    same = score == 1.0
    same[0] = True
    fold = np.arange(10) % pairs.FOLDS
    answer = pairs.crossed(score, same, fold)
    assert pairs.f1(answer, same) == 1.0
    assert pairs.f1(~answer, same) == 0.0


def test_names_alike_score_more_than_names_unlike() -> None:
    asked = [
        pairs.Pair(a, b, "Person", True, "g") for a, b in (("Ann Lee", "Lee Ann"), ("Ann Lee", "Bo Carr"))
    ]
    background = [
        Listing(f"eu:x:{n}", Kind.PERSON, (Name(name),), Place("f"))
        for n, name in enumerate(("Ann Orr", "Bo Lee", "Cy Dow", "Di Eaton"))
    ]
    same, other = pairs.ours(asked, frames("eu", background))
    assert same > other


def listing(id: str, *names: str) -> Listing:
    passport = identifier("passport", "AB1234567")
    told = (passport,) if passport else ()
    return Listing(
        id, Kind.PERSON, tuple(map(Name, names)), Place("f"), births=(Birth(text="1970"),), identifiers=told
    )


def test_halves_of_a_record_have_names_of_one_alphabet_and_nothing_else() -> None:
    told = alphabets.halves(frames("eu", [listing("eu:1", "Ivan", "Иван"), listing("eu:2", "Petro")]))
    assert told.listings["listing"].to_list() == ["Latin:eu:1", "Cyrillic:eu:1"]
    assert told.names["name"].to_list() == ["Ivan", "Иван"]
    assert all(getattr(told, name).height == 0 for name in SCHEMAS if name not in {"listings", "names"})
    assert alphabets.known(told).rows() == [("Cyrillic:eu:1", "Latin:eu:1")]


def test_two_records_of_one_party_are_neither_right_nor_wrong() -> None:
    true = pl.DataFrame({"left": ["Cyrillic:eu:1"], "right": ["Latin:eu:1"]})
    answered = pl.DataFrame(
        {"left": ["Cyrillic:eu:1"] * 3, "right": ["Latin:eu:1", "Latin:eu:2", "Latin:eu:3"]}
    )
    own = pl.DataFrame({"listing": ["eu:1", "eu:2", "eu:3"], "party": ["eu:1", "eu:1", "eu:3"]})
    kept = alphabets.unlike(answered, own, true)
    assert kept["right"].to_list() == ["Latin:eu:1", "Latin:eu:3"]


def test_a_party_is_wholly_in_sight_or_not_at_all() -> None:
    """Records of one name, or of one number under two names, never stand in both halves."""
    named = ((n, f"eu:{n}:{m}") for n in range(20) for m in range(2))
    twins = [replace(company(id), names=(Name(f"Firm {n}"),)) for n, id in named]
    told = dict(alphabets.seen(frames("eu", [*twins, company("eu:a", INN), company("eu:b", INN)])).rows())
    assert all(told[f"eu:{n}:0"] == told[f"eu:{n}:1"] for n in range(20))
    assert told["eu:a"] == told["eu:b"]
    assert 0 < sum(told[f"eu:{n}:0"] for n in range(20)) < 20


def test_a_sample_weighs_each_stratum_as_there_are_pairs_of_it() -> None:
    """Nine of ten pairs are of a stratum all true, one of one all wrong: however many are judged of each."""
    told = pl.DataFrame(
        {"left": list("abcdefghij"), "right": list("abcdefghij"), "stratum": ["whole"] * 9 + ["part"]}
    )
    sample = pl.DataFrame({"left": ["a", "j"], "right": ["a", "j"], "verdict": ["same", "unsure"]})
    assert people.precision(sample, told) == pytest.approx(0.9)
    assert people.between(sample, told) == pytest.approx((0.9, 0.9))


def test_of_each_list_as_many_gaps_were_looked_up_and_each_says_what_was_found() -> None:
    told = gaps.looked_up()
    assert set(told.group_by("seed", "lacks").len()["len"]) == {gaps.EACH}
    assert set(told["verdict"]) <= {"gap", "listed", "unsure"}
    assert told.filter(pl.col("evidence") == "").height == 0


def test_a_sample_of_gaps_has_each_list_and_is_the_same_for_a_seed() -> None:
    rows = [("au" if n % 3 else "uk", f"p{n}", "asset freeze", "eu", f"N {n}") for n in range(60)]
    told = pl.DataFrame(rows, schema=list(gaps.COLUMNS), orient="row")
    assert gaps.drawn(told).group_by("lacks").len().sort("lacks").rows() == [("au", 8), ("uk", 8)]
    assert gaps.drawn(told).equals(gaps.drawn(told.reverse()))
    assert not gaps.drawn(told, seed=3).equals(gaps.drawn(told))


def test_a_sample_has_some_of_each_stratum() -> None:
    many = people.SAMPLE * 2
    told = pl.DataFrame(
        {
            "left": [str(n) for n in range(many)],
            "right": [str(n) for n in range(many)],
            "stratum": ["rare"] * 3 + ["whole"] * (many - 3),
        }
    )
    sample = people.drawn(told)
    assert sample.height == people.SAMPLE
    assert sample.filter(pl.col("stratum") == "rare").height == 3


def test_the_judged_sample_tells_a_reason_for_each_pair() -> None:
    told = people.judged()
    assert told.height == people.SAMPLE == told.select(people.PAIR).n_unique()
    assert set(told["verdict"]) <= {"same", "different", "unsure"}
    assert told["reason"].str.len_chars().min() > 20  # type: ignore[operator]


@pytest.fixture(scope="module")
def two() -> Frames:
    return lists(
        company("eu:a:1", INN), company("eu:a:2", INN_2), company("ua:a:1", INN), company("ua:a:2", INN_2)
    )


def test_errors_are_counted_by_script_and_length(two: Frames) -> None:
    """One truth is found, one missed, and one pair is wrong; all names are of two Latin words and an id."""
    known = truth(two, "entity")
    answer = pl.DataFrame({"left": ["eu:a:1", "eu:a:1"], "right": ["ua:a:1", "ua:a:2"]})
    told = groups(two, known, answer).filter(pl.col("group") == "Latin and Latin")
    assert told.select("truths", "hit", "wrong").rows() == [(2, 1, 1)]


def test_a_missed_truth_was_never_compared_or_thought_unlike(two: Frames) -> None:
    known = truth(two, "entity")
    none = pl.DataFrame(schema={"left": pl.String(), "right": pl.String()})
    said = none.with_columns(verdict=pl.lit("review"))
    compared = pl.DataFrame({"left": ["eu:a:1"], "right": ["ua:a:1"]})
    assert kinds(known, none, compared, said) == {"missed: never compared": 1, "missed: thought unlike": 1}


@pytest.mark.parametrize(("years", "apart"), [((1960, 1970), 1), ((1970, 1970), 0)])
def test_a_party_of_which_two_lists_tell_births_that_never_meet_is_counted(
    years: tuple[int, int], apart: int
) -> None:
    """The first list tells a second birth in a repeat of its own, 1950; only 1970 meets the other list's."""
    day = [Birth(Days(date(year, 1, 1), date(year, 12, 31))) for year in (*years, 1950)]
    told = together(
        frames(
            regime, [replace(listing(f"{regime}:{n}", "Ivan"), births=(born,)) for n, born in enumerate(each)]
        )
        for regime, each in (("eu", (day[0], day[2])), ("uk", (day[1],)))
    )
    parties = pl.DataFrame({"party": "eu:0", "listing": ["eu:0", "eu:1", "uk:0"]})
    none = pl.DataFrame()
    assert disjoint(told, Aligned(none, parties, none, none)) == apart
