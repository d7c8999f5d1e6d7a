"""Markings: which readers each admits."""

import pytest

from konvoi.model.markings import admits


@pytest.mark.parametrize(
    ("marking", "reader", "seen"),
    [
        ("public", "public", True),
        ("public", "coalition", True),
        ("public", "PL", True),
        ("coalition", "public", False),
        ("coalition", "coalition", True),
        ("coalition", "PL", True),
        ("own", "coalition", False),
        ("own", "PL", False),
        ("own", "DE", True),
        ("PL;FR", "PL", True),
        ("PL;FR", "coalition", False),
        ("public, PL", "public", False),
        ("public;coalition", "public", False),
        ("", "public", False),
        ("", "DE", True),
    ],
)
def test_a_marking_admits_those_whom_it_names(marking: str, reader: str, seen: bool) -> None:
    """The record is Germany's."""
    assert admits(marking, ("DE",), reader) is seen


def test_a_party_that_is_no_partner_sees_no_coalition_record() -> None:
    """A carrier sees what is public, its own, and what names it."""
    assert not admits("coalition", ("DE",), "X-HAUL", partner=False)
    assert admits("public", ("DE",), "X-HAUL", partner=False)
    assert admits("X-HAUL", ("DE",), "X-HAUL", partner=False)
    assert admits("own", ("X-HAUL",), "X-HAUL", partner=False)
