"""Two noisy copies of real IATI files are found to be one, better than a plain join does."""

from pathlib import Path

import pytest
from bench.iati_twice import SECOND, dollars, files, found, join, rate, twice

pytestmark = pytest.mark.real_data


def test_no_identifier_of_the_first_copy_stands_in_the_second(real_data: Path) -> None:
    path = next(one for one in files(real_data) if one.stem == "usaid-bo")
    copies = twice(path, 1, dollars(real_data))
    second = copies.entries.filter(copies.entries["package"].str.starts_with(SECOND))
    assert set(second["variant"]) == {"iati-secondary"}
    names = {first for first, _ in copies.twins}
    assert len(names) == 63
    said = "\n".join(str(value) for row in second.drop("party", "address").rows() for value in row)
    assert [name for name in names if name in said] == []


@pytest.mark.slow
def test_activities_of_two_reporters_are_found_to_be_one(real_data: Path) -> None:
    """Seed 1 of all seven files; two of them tell of no payment, so that nothing can be held together."""
    rates = dollars(real_data)
    right = told = true = both = joined = 0
    for path in files(real_data):
        copies = twice(path, 1, rates)
        if copies.twins:
            pairs, plain = found(copies, rates), join(copies)
            right, told, true = right + len(pairs & copies.twins), told + len(pairs), true + len(copies.twins)
            both, joined = both + len(plain & copies.twins), joined + len(plain)
    assert true == 281
    precision, recall = rate(right, told, true)
    assert precision >= 0.94
    assert recall >= 0.77
    assert (precision, recall) > rate(both, joined, true)
