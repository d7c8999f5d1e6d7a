"""The two halves share nothing, and the product's own lists know little of either."""

from itertools import chain

import pytest
from bench.pledges.coverage import coverage
from bench.pledges.vocabulary import HALVES, LANGUAGES, Half, half, rows

LONG = 6


def phrases(names: Half, *, kind: str) -> set[str]:
    """Every name of one kind, in lower case."""
    found = {
        "goods": (n for good in names.goods for n in chain(*good.names.values())),
        "places": (n for place in names.places for n in chain(*place.values())),
        "details": (n for _, named in names.details for n in chain(*named.values())),
        "parties": (n for party in names.parties.values() for n in chain(*party.values())),
        "forms": chain(*names.forms.values()),
        "organisations": chain(*names.organisations),
        "companies": chain(*names.implementers.values()),
    }[kind]
    return {name.lower() for name in found}


@pytest.mark.parametrize(
    "kind", ["goods", "places", "details", "parties", "forms", "organisations", "companies"]
)
def test_the_halves_share_no_name(kind: str) -> None:
    """A matcher that was developed on one half has seen nothing of the other."""
    dev, test = (phrases(half(name), kind=kind) for name in HALVES)
    assert dev & test == set()
    assert min(len(dev), len(test)) >= (9 if kind in ("forms", "companies") else 16)


def test_the_halves_share_no_long_word_of_a_good() -> None:
    """Two names that differ in an adjective alone would be half known."""
    dev, test = (
        {w for name in phrases(half(h), kind="goods") for w in name.split() if len(w) >= LONG} for h in HALVES
    )
    assert dev & test == set()


def test_every_row_is_filled_in_each_language() -> None:
    """A missing name would end a run with an error in the middle of a set; only words may be left out."""
    for name in ("goods", "places", "details", "forms"):
        assert all(part.strip() for row in rows(name) for n in LANGUAGES for part in row[n].split("|")), name
    for one in HALVES:
        assert set(half(one).words) == set(half("dev").words)


@pytest.mark.parametrize("name", HALVES)
def test_the_product_knows_little_of_a_half(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """General words such as a good's English name in a dictionary may be known, kinds and towns are not.

    Words for a total to date or a joint package are general language ("so far", "insgesamt"): a part of them
    is known to whoever knows the language.
    """
    found = coverage(half(name))
    with capsys.disabled():
        print(f"\n{name}: " + ", ".join(f"{part} {share:.2f}" for part, share in found.items()))
    assert found["kinds of goods"] < 0.05
    assert found["places"] < 0.05
    assert found["numbered details"] < 0.1
    assert found["words for totals to date and joint packages"] < 0.3
