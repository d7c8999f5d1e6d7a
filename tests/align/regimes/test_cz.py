"""Czechia: several names in one cell, measures in Czech, entries delisted; no real file was at hand."""

from tests.align.lists import by_id, read_sample

from konvoi.align.listing import Kind, NameKind, Order


def test_names_in_one_cell_are_several_names_of_one_person() -> None:
    (one,) = (one for one in read_sample("cz").listings if one.kind == Kind.PERSON)
    assert [(n.text, n.kind) for n in one.names] == [
        ("Ivan Sample", NameKind.PRIMARY),
        ("Iwan Sampel", NameKind.ALSO),
    ]
    assert [i.value for i in one.identifiers] == ["500100732259"]


def test_measures_in_czech_are_read_and_the_resolution_is_their_act() -> None:
    (one,) = (one for one in read_sample("cz").listings if one.kind == Kind.PERSON)
    assert [(m.order, m.act) for m in one.measures] == [
        (Order.ASSET_FREEZE, "usnesení vlády č. 1"),
        (Order.ENTRY_BAN, "usnesení vlády č. 1"),
    ]


def test_an_entry_that_was_delisted_lists_nobody() -> None:
    found = read_sample("cz")
    assert (len(found.listings), found.facts) == (2, {"rows": 3, "delisted": 1})
    assert "gone" not in "".join(by_id(found.listings))
