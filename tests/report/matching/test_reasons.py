"""Evidence is told in words: what speaks for or against a pair, and not what nobody knows."""

from konvoi.report.language import Language
from konvoi.report.matching.reasons import evidence, weighed

ENGLISH = Language("en")


def test_evidence_is_told_in_words_and_broken_evidence_as_it_is() -> None:
    assert ENGLISH.text(evidence('[["amount", "within 5 %"]]')) == "amount: within 5 %"
    assert [evidence(text) for text in ("", "[1]", "{", "1")] == [(), "[1]", "{", "1"]


def test_only_what_speaks_for_or_against_is_told_and_how_many_comparisons_could_not_be_made() -> None:
    missing = '["place", "not known on both sides", 0.0], ["text", "not known on both sides", 0.0]'
    known = '["partner", "the same partner", 0.0], ["day", "the same day", 3.6]'
    told = f'[["prior", "", -6.6], {known}, {missing}]'
    assert ENGLISH.text(evidence(told)) == "day: the same day; 2 comparisons not possible: values missing"
    assert ENGLISH.text(weighed(told)).split("; ") == [
        "-6.6  before anything is compared",
        "+3.6  day: the same day",
        "0  partner: the same partner",
        "2 comparisons not possible: values missing",
    ]
    assert ENGLISH.text(evidence(f"[{missing[: missing.index('], ') + 1]}]")) == (
        "1 comparison not possible: value missing"
    )


def test_what_was_weighed_is_told_with_its_bits_the_heaviest_first() -> None:
    """Before anything was compared the odds were 1 to 8; the amount makes them 4 times as good."""
    told = '[["prior", "", -3.0], ["amount", "within 5 %", 2.0], ["together", "", 0.25]]'
    assert ENGLISH.text(evidence(told)) == "amount: within 5 %"
    assert ENGLISH.text(weighed(told)).split("; ") == [
        "-3  before anything is compared",
        "+2  amount: within 5 %",
        "+0.25  joint effect of these answers",
    ]
    assert ENGLISH.text(weighed('[["amount", "within 5 %"]]')) == "amount: within 5 %"
