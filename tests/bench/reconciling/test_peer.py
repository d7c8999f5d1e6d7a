"""Splink is given our comparisons and blocks, word for word where SQL allows."""

from bench.reconciling.fitted import fitted
from bench.reconciling.prepared import settings

from bench.reconciling import peer


def test_the_peer_has_as_many_levels_and_shares_of_them() -> None:
    ours, made = settings(), peer.model(settings(), fitted())
    for mine, theirs in zip(ours.comparisons, made["comparisons"], strict=True):
        assert [one["label_for_charts"] for one in theirs["comparison_levels"]] == [
            a.label for a in mine.answers
        ]
        assert sum(one["m_probability"] for one in theirs["comparison_levels"][1:]) > 0.999


def test_a_rule_for_each_block_with_its_window_and_what_is_allowed() -> None:
    rules = [
        one["blocking_rule"]
        for one in peer.model(settings(), fitted())["blocking_rules_to_generate_predictions"]
    ]
    assert len(rules) >= len(settings().blocks)
    assert all("l.level = r.level" in rule for rule in rules)
    assert any("abs(l.days - r.days) <= 60" in rule for rule in rules)
