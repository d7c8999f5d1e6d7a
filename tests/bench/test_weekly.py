"""Problems of the second structure: equal for equal seeds, with needs out of reach where asked for."""

from bench.weekly import weekly

from konvoi.plan.core.field import field_of
from konvoi.plan.layout import limits, net
from konvoi.plan.reach import searched
from konvoi.plan.read_problem import from_tables


def test_equal_seeds_give_equal_tables_and_others_differ() -> None:
    one, again, other = weekly("XXS", 1), weekly("XXS", 1), weekly("XXS", 2)
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["needs"].equals(other["needs"])


def test_no_row_is_left_out_but_the_classes_that_nothing_is_sent_as() -> None:
    found = from_tables(weekly("XXS", 1)).findings
    assert {one.code for one in found} == {"problem-good-without-weight"}


def test_hopeless_needs_leave_before_the_search() -> None:
    problem = from_tables(weekly("XS", 1, hopeless=0.5))
    ways = net(problem)
    rows = limits(problem)
    left = searched(ways, rows, field_of(ways, rows))
    assert len(problem.needs) == 60
    assert 20 < len(left.needs) < 40


def test_kits_may_share_needs_and_all_count() -> None:
    kits = weekly("S", 1, sharing=True)["kits"]
    times = kits.group_by("need").len()["len"]
    assert times.max() == 2
    problem = from_tables(weekly("S", 1, sharing=True))
    assert len(problem.kits) == kits["kit"].n_unique()
