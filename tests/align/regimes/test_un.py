"""The United Nations: one XML; its real file is only read where it lies, never shipped."""

from datetime import date
from pathlib import Path

import pytest
from tests.align.lists import DAY, by_id, opened, read_sample, real

from konvoi.align.listing import Kind, NameKind, Order, Since
from konvoi.align.regimes.un import UN


def test_the_day_of_the_list_is_the_one_on_which_it_was_made() -> None:
    assert read_sample("un").day == date(2031, 2, 27)


def test_names_keep_their_quality_and_empty_aliases_are_none() -> None:
    one = by_id(read_sample("un").listings)["KPi.900"]
    assert [(n.text, n.kind) for n in one.names] == [
        ("IVAN SAMPLE", NameKind.PRIMARY),
        ("Иван Сампле", NameKind.ORIGINAL),
        ("Vanya", NameKind.WEAK),
    ]


def test_births_are_approximate_or_between_years() -> None:
    births = by_id(read_sample("un").listings)["KPi.900"].births
    spans = [(b.days.first.year, b.days.last.year, b.about) for b in births if b.days]
    assert spans == [(1971, 1971, True), (1973, 1975, False)]


def test_a_document_in_another_language_is_a_passport_of_its_country() -> None:
    (passport,) = by_id(read_sample("un").listings)["KPi.900"].identifiers
    assert (passport.type, passport.value, passport.country) == ("passport", "836110034", "TD")


def test_of_numbers_in_a_text_on_an_entity_only_a_company_s_is_its_own() -> None:
    found = by_id(read_sample("un").listings)["KPe.900"].identifiers
    assert [(i.type, i.value) for i in found] == [("imo-company", "5213962")]


def test_the_list_of_guinea_bissau_bars_from_entry_and_freezes_nothing() -> None:
    found = by_id(read_sample("un").listings)
    assert [m.order for m in found["GBi.900"].measures] == [Order.ENTRY_BAN]
    assert [m.order for m in found["KPi.900"].measures] == [Order.ASSET_FREEZE, Order.ENTRY_BAN]
    assert [m.order for m in found["KPe.900"].measures] == [Order.ASSET_FREEZE]


def _ordered(listed: str, comment: str, *, entity: bool = False) -> list[tuple[str, str, str, str]]:
    """order, act, since, how that is known, of a party that a list of this type names with this comment."""
    tag = "ENTITY" if entity else "INDIVIDUAL"
    whole = "ENTITIES" if entity else "INDIVIDUALS"
    parts = {"DATAID": "1", "FIRST_NAME": "SAMPLE", "UN_LIST_TYPE": listed, "LISTED_ON": "2030-02-26"}
    told = "".join(f"<{name}>{text}</{name}>" for name, text in (parts | {"COMMENTS1": comment}).items())
    made = f"<CONSOLIDATED_LIST><{whole}><{tag}>{told}</{tag}></{whole}></CONSOLIDATED_LIST>"
    (one,) = UN.read([opened("un.xml", made.encode())], DAY).listings
    return [(m.order, m.act, str(m.since and m.since.first), m.known) for m in one.measures]


def test_what_a_comment_says_of_one_party_goes_before_what_is_ordered_against_its_list() -> None:
    """Some on the Libyan list may not travel and keep their assets; others the other way round."""
    bar = "Listed pursuant to paragraph 15 of resolution 1970 (Travel\nBan). Believed status: unknown."
    assert _ordered("Libya", bar) == [("entry ban", "S/RES/1970 (2011)", "2030-02-26", "given")]
    freeze = "Listed pursuant to paragraph 19 of resolution 1973 (Asset Freeze)."
    assert _ordered("Libya", freeze) == [("asset freeze", "S/RES/1973", "2030-02-26", "given")]
    arms = "Listed pursuant to paragraph 5 of resolution 2624 (2022) as subject to the measures imposed by "
    arms += "paragraph 14 of resolution 2216 (2015) (targeted arms embargo)."
    assert _ordered("Yemen", arms, entity=True) == [
        ("export control", "S/RES/2216 (2015)", "2030-02-26", "given")
    ]


def test_a_measure_that_came_later_has_its_own_day() -> None:
    told = "Listed pursuant to paragraph 15 of resolution 1970 (Travel Ban). Listed on 17 March 2030 "
    told += "pursuant to paragraph 17 of resolution 1970 ( Asset Freeze)."
    assert _ordered("Libya", told) == [
        ("entry ban", "S/RES/1970 (2011)", "2030-02-26", "given"),
        ("asset freeze", "S/RES/1970 (2011)", "2030-03-17", "prose"),
    ]


def test_a_list_with_an_arms_embargo_controls_exports_and_bars_no_entity_from_entry() -> None:
    orders = [order for order, *_ in _ordered("Al-Qaida", "Linked to paragraph 3 (see above).", entity=True)]
    assert orders == ["asset freeze", "export control"]


@pytest.mark.real_data
def test_the_counts_of_the_real_list(real_data: Path) -> None:
    found = real(real_data, "un")
    assert found.day == date(2026, 2, 27)
    assert sum(one.kind == Kind.PERSON for one in found.listings) == 730
    assert sum(one.kind == Kind.ENTITY for one in found.listings) == 273
    assert {one.known for one in found.listings} == {Since.GIVEN}
    orders = {one.reference: {m.order for m in one.measures} for one in found.listings}
    bare = {reference for reference, held in orders.items() if Order.ASSET_FREEZE not in held}
    assert bare - {one for one in orders if one.startswith("GBi.")} == {
        *("LYi.001", "LYi.002", "LYi.003", "LYi.004", "LYi.005", "YEe.001")
    }
    assert orders["LYi.009"] == orders["LYi.019"] == {Order.ASSET_FREEZE}
