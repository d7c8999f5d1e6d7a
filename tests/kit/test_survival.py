"""The estimator of Kaplan and Meier, against its own definition and a worked example."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from konvoi.kit.survival import percentile

cases = st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=30)
share = st.sampled_from([Fraction(1, 2), Fraction(8, 10), Fraction(9, 10)])


def test_a_worked_example_with_open_cases() -> None:
    """Ended after 6 (three of 21), 7, 10, 13, 16, 22, 23 weeks; others open: S(22) = 0.5378, S(23) = 0.4482.

    The remission times of Freireich and others (1963) as every textbook works them.
    """
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    known = [(length, True) for length in ended] + [(length, False) for length in still]
    assert percentile(known, Fraction(1, 2)) == 23
    assert percentile(known, Fraction(46, 100)) == 22
    assert percentile(known, Fraction(8, 10)) is None


@given(st.lists(st.integers(0, 30), min_size=1, max_size=30), share)
def test_without_open_cases_it_is_the_plain_percentile(lengths: list[int], part: Fraction) -> None:
    """The least length that at least the share of the cases do not exceed."""
    found = percentile([(length, True) for length in lengths], part)
    plain = min(t for t in lengths if Fraction(sum(one <= t for one in lengths), len(lengths)) >= part)
    assert found == plain


@given(cases, share)
def test_a_case_that_stays_open_longer_never_shortens_it(
    known: list[tuple[int, bool]], part: Fraction
) -> None:
    before, after = percentile(known, part), percentile([*known, (31, False)], part)
    assert after is None or (before is not None and after >= before)


@given(cases, share)
def test_the_order_of_cases_says_nothing(known: list[tuple[int, bool]], part: Fraction) -> None:
    assert percentile(known, part) == percentile(known[::-1], part)
