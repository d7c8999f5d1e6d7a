"""Public sets as they are published, and Splink asked for the same."""

from pathlib import Path

import pytest
from bench.matching.sets import SETS, Public
from bench.reconciling.measures import true_pairs

from bench.matching import splink

TRUE = {"fake_1000": 2031, "dblp_acm": 2224, "febrl4": 5000}
of = pytest.mark.parametrize("public", SETS, ids=[public.name for public in SETS])


@of
@pytest.mark.real_data
def test_each_set_has_as_many_true_pairs_as_its_publishers_say(public: Public, real_data: Path) -> None:
    assert true_pairs(public.truth) == TRUE[public.name]
    assert public.truth["id"].n_unique() == sum(table.height for table in public.tables.values())


@of
@pytest.mark.real_data
def test_splink_is_given_the_same_levels_and_blocks(public: Public, real_data: Path, tmp_path: Path) -> None:
    ours, theirs = public.task.settings, splink.asked(public, tmp_path)
    levels = [len(one["comparison_levels"]) for one in theirs["settings"]["comparisons"]]
    assert levels == [len(one.answers) for one in ours.comparisons]
    rules = theirs["settings"]["blocking_rules_to_generate_predictions"]
    assert len(rules) == len(ours.blocks)
    assert len(theirs["tables"]) == len(public.files)
