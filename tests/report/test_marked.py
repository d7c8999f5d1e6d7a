"""Markings: a wide word beside a narrow one widens nothing."""

import polars as pl
import pytest

from konvoi.report.marked import seen

NONE = pl.DataFrame(
    schema={"submission": pl.String(), "name": pl.String(), "party": pl.String(), "marking": pl.String()}
)


@pytest.mark.parametrize(
    ("marking", "public", "coalition", "party", "stranger"),
    [
        ("public", True, True, True, True),
        ("coalition", False, True, True, True),
        ("public, coalition", False, True, True, True),
        ("ARV", False, False, True, False),
        ("public;ARV", False, False, True, False),
        ("own", False, False, False, False),
        ("", False, False, False, False),
        ("secret", False, False, False, False),
    ],
)
def test_a_marking_lets_in_whom_it_names(
    marking: str, public: bool, coalition: bool, party: bool, stranger: bool
) -> None:
    rows = pl.DataFrame({"submission": ["S1"], "party": ["TEL"], "marking": [marking]})
    found = [
        seen(rows, NONE, key="submission", audience=audience).height == 1
        for audience in ("public", "coalition", "ARV", "BRE")
    ]
    assert found == [public, coalition, party, stranger]


def test_everybody_sees_what_is_their_own() -> None:
    rows = pl.DataFrame({"submission": ["S1"], "party": ["TEL"], "marking": ["own"]})
    assert seen(rows, NONE, key="submission", audience="TEL").height == 1
