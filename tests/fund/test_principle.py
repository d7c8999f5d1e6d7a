"""Principles are those that a workbook may name; unknown never counts as met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fund.rebuilding import DAY, asked, attested, fact, rebuilt

from konvoi.fund.principle import NO_THRESHOLD, NOT_TOLD, REASONS, SENSES, Principle
from konvoi.fund.principles import MEMBERS
from konvoi.model.oc4ids import FACTS
from konvoi.model.tables.projects import ANSWERS, PRINCIPLES

EVERY = pytest.mark.parametrize("principle", MEMBERS, ids=lambda one: one.name)


def test_each_name_of_the_workbook_has_a_principle() -> None:
    assert tuple(one.name for one in MEMBERS) == PRINCIPLES


@EVERY
def test_of_what_nothing_is_told_it_is_unknown(principle: Principle) -> None:
    found = principle.answer(asked(threshold=1))
    assert (found.verdict, found.reason, found.behind) == ("unknown", NOT_TOLD, ())


@EVERY
def test_without_a_threshold_where_it_needs_one_it_is_unknown(principle: Principle) -> None:
    """A threshold stands in a table, never in the code."""
    row = rebuilt(attestations=[attested(principle.name)])["attestations"].to_dicts()
    found = principle.answer(asked(threshold=None, attestations=row))
    expected = ("unknown", NO_THRESHOLD) if principle.sense else ("met", "attested")
    assert (found.verdict, found.reason) == expected


@EVERY
def test_it_says_where_its_answer_is_read_and_how_its_threshold_is_meant(principle: Principle) -> None:
    """A path of OC4IDS that is kept, or a column of a table."""
    path = any(one == principle.reads or one.startswith(f"{principle.reads}/") for one in FACTS)
    assert path or principle.reads in {"attestations.verdict", "attestations.value", "damages.day"}
    assert principle.sense in SENSES


@EVERY
@given(values=st.lists(st.tuples(st.sampled_from(FACTS), st.text(max_size=12)), max_size=8))
def test_whatever_a_file_holds_it_answers_and_never_raises(
    principle: Principle, values: list[tuple[str, str]]
) -> None:
    found = principle.answer(asked(*(fact(path, value, process="a", item="1") for path, value in values)))
    assert found.verdict in ANSWERS
    assert found.reason in REASONS
    assert found.behind or found.verdict == "unknown"


def test_the_latest_attestation_speaks() -> None:
    member = next(one for one in MEMBERS if one.name == "demined")
    early, late = attested("demined", "not met", day=DAY.replace(day=1)), attested("demined", "met")
    rows = rebuilt(attestations=[early, late])["attestations"].to_dicts()
    found = member.answer(asked(threshold=None, attestations=rows))
    assert (found.verdict, found.party, found.day) == ("met", "XV", DAY)
