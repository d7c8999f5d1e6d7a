"""Consignments as arrays: told apart, turned back, and what they take of each row."""

import numpy as np
from tests.plan.core.crowded import crowded

from konvoi.plan.core.pool import Columns, columns_of, consignments, matrix_of
from konvoi.plan.core.whole import whole_of
from konvoi.plan.greedy import rule_of_thumb


def _some() -> tuple[Columns, list[object]]:
    """What the rule of thumb sends in the crowded problem."""
    posed, rows, field, _ = crowded()
    sent = sorted(consignments(posed, rule_of_thumb(whole_of(field, rows))[0]))
    return columns_of(posed, sent), list(sent)


def test_consignments_turned_into_arrays_come_back_as_they_were() -> None:
    posed, _, _, _ = crowded()
    columns, sent = _some()
    assert len(sent) > 3
    assert consignments(posed, columns) == sent


def test_a_unit_takes_of_each_row_what_the_rows_say() -> None:
    posed, rows, field, _ = crowded()
    columns, _ = _some()
    first, row, amount = matrix_of(field, columns)
    for at, one in enumerate(consignments(posed, columns)):
        taken = np.zeros(len(rows.upper))
        np.add.at(taken, row[first[at] : first[at + 1]], amount[first[at] : first[at + 1]])
        expected = np.zeros(len(rows.upper))
        for number, much in rows.of_unit(one):
            expected[number] += much
        assert np.allclose(taken, expected, rtol=1e-12, atol=0)


def test_marks_tell_consignments_apart_and_know_equal_ones() -> None:
    columns, _ = _some()
    marks = columns.marks()
    assert len(set(marks.tolist())) == len(columns)
    assert np.array_equal(columns.at(np.arange(len(columns))[::-1]).marks(), marks[::-1])
    moved = Columns(**(columns.__dict__ | {"day": columns.day + 1}))
    assert not set(moved.marks().tolist()) & set(marks.tolist())


def test_some_and_others_together_are_all() -> None:
    columns, _ = _some()
    early = columns.departs < 7
    both = columns.at(early).plus(columns.at(~early))
    assert sorted(both.marks().tolist()) == sorted(columns.marks().tolist())
