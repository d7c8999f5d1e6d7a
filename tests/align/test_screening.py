"""A hit says what speaks for it and how old its list is; what is weak or expired matches nobody."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.align.screened import ALL, IMO, LISTINGS, OTHER_IMO, found, listed, lists, number, party

from konvoi.align.births import births
from konvoi.align.hits import How, Said
from konvoi.align.listing import Kind, Name
from konvoi.align.roles import Role


def test_a_name_in_another_script_and_legal_form_is_a_match_with_evidence_and_the_age_of_the_list() -> None:
    (hit,) = found(party("ООО Сорване Холдинг"))
    assert (hit.said, hit.how, hit.source.reference, hit.source.age) == (Said.MATCH, How.NAME, "6", 2)
    assert hit.speaks_for[0].startswith("name:Sorvane Holding|ООО Сорване Холдинг:")
    assert hit.against == ()
    assert [(one.order, one.stands) for one in hit.measures] == [("asset freeze", "in force")]
    assert set(hit.blocks) == ALL


def test_who_is_in_no_list_comes_back_with_nothing() -> None:
    assert found(party("Orlem Works"), party("Pellavar Rail")) == ()
    assert found() == ()


def test_a_weak_alias_asks_for_a_review_however_equal_it_is() -> None:
    (hit,) = found(party("Tanvik Energy"))
    assert (hit.said, hit.how, hit.score) == (Said.REVIEW, How.WEAK, 0.5)
    assert hit.stops


def test_a_name_as_another_language_writes_it_asks_for_a_review_and_never_matches() -> None:
    chachin = listed("8", "Чачин Вячеслав", kind=Kind.PERSON, births=births("1987-08-21"))
    where = lists([*LISTINGS, chachin])
    asked = party("Cacin Vjaceslav", kind=Kind.PERSON, births=births("1987"))
    (hit,) = found(asked, where=where)
    assert (hit.said, hit.how, hit.score, hit.source.reference) == (Said.REVIEW, How.SPELT, 0.5, "8")
    (sure,) = found(party("Chachin Vyacheslav", kind=Kind.PERSON, births=births("1987")), where=where)
    assert (sure.said, sure.how) == (Said.MATCH, How.NAME)


def test_a_persons_name_alone_asks_for_a_review_and_a_birth_or_a_number_decides() -> None:
    """Namesakes have the very same names; whoever hands in nothing else gets a question that blocks."""
    passport = number("passport", "AB1234567", "RU")
    listing = listed(
        "9", "Petro Orlemsky", kind=Kind.PERSON, births=births("1971-04-12"), identifiers=(passport,)
    )
    where = lists([*LISTINGS, listing])
    (bare,) = found(party("Petro Orlemsky", kind=Kind.PERSON), where=where)
    assert (bare.said, bare.how, bare.stops, bare.asks) == (Said.REVIEW, How.NAME, True, True)
    (born,) = found(party("Petro Orlemsky", kind=Kind.PERSON, births=births("1971")), where=where)
    assert born.said == Said.MATCH
    (told,) = found(party("Petro Orlemsky", kind=Kind.PERSON, identifiers=(passport,)), where=where)
    assert told.said == Said.MATCH
    unborn = lists([*LISTINGS, listed("9", "Petro Orlemsky", kind=Kind.PERSON)])
    (asked,) = found(party("Petro Orlemsky", kind=Kind.PERSON, births=births("1971")), where=unborn)
    assert asked.said == Said.REVIEW


def test_an_initial_for_a_given_name_asks_for_a_review_also_with_an_equal_birth() -> None:
    listing = listed("9", "Petro Orlemsky", kind=Kind.PERSON, births=births("1971-04-12"))
    many = (listed(str(at), f"Person {at} Family{at}", kind=Kind.PERSON) for at in range(20, 80))
    where = lists([*LISTINGS, listing, *many])
    (hit,) = found(party("P. Orlemsky", kind=Kind.PERSON, births=births("1971-04-12")), where=where)
    assert "words:initial" in hit.speaks_for
    assert (hit.said, hit.stops) == (Said.REVIEW, True)


def test_short_forms_and_another_letter_ask_only_where_all_words_are_equal_then() -> None:
    born = births("1971-04-12")
    theodore = listed("9", "Theodore Orlemsky", kind=Kind.PERSON, births=born)
    where = lists([*LISTINGS, theodore, listed("10", "Cencora")])
    for name in ("Ted Orlemsky", "Theodor Orlemskj"):
        (hit,) = found(party(name, kind=Kind.PERSON, births=born), where=where)
        assert hit.source.reference == "9"
    (slip,) = found(party("Sencora"), where=where)
    assert (slip.said, slip.how, slip.source.reference) == (Said.REVIEW, How.SPELT, "10")
    assert not [one for one in found(party("Sencora Trust"), where=where) if one.source.reference == "10"]


def test_a_rare_name_within_a_longer_one_asks_where_the_further_words_are_common() -> None:
    firms = [listed(f"d{at}", f"Firm{at} Development") for at in range(10)]
    firms += [listed(f"o{at}", f"Other{at} Trade{at}") for at in range(50)]
    where = lists([*LISTINGS, *firms, listed("9", "Zorvexal"), listed("10", "CCFW")])
    (hit,) = found(party("Zorvexal Development"), where=where)
    assert (hit.said, hit.source.reference, hit.stops) == (Said.REVIEW, "9", True)
    # A further rare word is a branch or a sister company, and an abbreviation is anybody's.
    for other in ("Zorvexal Quorum", "KFW Development"):
        assert not {one.source.reference for one in found(party(other), where=where)} & {"9", "10"}


def test_the_word_that_names_one_company_alone_asks_though_its_full_name_has_other_rare_words() -> None:
    firms = [listed(f"o{at}", f"Other{at} Trade{at}") for at in range(50)]
    full = listed("9", "Belaeronavio Republican Unitary Navigation Enterprise")
    where = lists([*LISTINGS, *firms, full])
    (hit,) = found(party("Belaeronavio"), where=where)
    assert (hit.said, hit.source.reference, hit.stops) == (Said.REVIEW, "9", True)
    assert found(party("Belaeronavio Quorum"), where=where) == ()


def test_beside_an_equal_name_another_entry_that_only_means_the_same_asks() -> None:
    firms = [listed(f"o{at}", f"Other{at} Trade{at}") for at in range(50)]
    equal, meant = listed("9", "Zavod Orlemsk"), listed("10", "Factory Orlemsk")
    said = {
        hit.source.reference: hit.said
        for hit in found(party("Zavod Orlemsk"), where=lists([*LISTINGS, *firms, equal, meant]))
    }
    assert said == {"9": Said.MATCH, "10": Said.REVIEW}
    (alone,) = found(party("Zavod Orlemsk"), where=lists([*LISTINGS, *firms, meant]))
    assert alone.said == Said.MATCH


def test_a_sign_that_shows_nothing_hides_no_name() -> None:
    (hit,) = found(party("Sor\u200bvane\u2060 Hol\u00adding\u202e"))
    assert (hit.said, hit.how, hit.source.reference) == (Said.MATCH, How.NAME, "6")


def test_names_without_anything_in_common_speak_against_an_equal_number() -> None:
    (renamed,) = found(party("Quite Another", kind=Kind.SHIP, identifiers=(number("imo-ship", IMO),)))
    assert [one for one in renamed.against if one.startswith("name:")] == [
        "name:Merrow Star|Quite Another:0.0"
    ]
    assert not any(one.startswith("name:") for one in renamed.speaks_for)
    assert not any(one.startswith("words:") for one in renamed.speaks_for)


def test_alerts_stand_in_the_order_of_rows() -> None:
    asked = [replace(party("Briskel Shipping Company"), party=f"row {at}") for at in (10, 9, 2)]
    assert [one.party for one in found(*asked)] == ["row 2", "row 9", "row 10"]


def test_a_ships_name_alone_asks_for_a_review_and_its_number_decides() -> None:
    (bare,) = found(party("Merrow Star", kind=Kind.SHIP))
    assert (bare.said, bare.how) == (Said.REVIEW, How.NAME)
    (renamed,) = found(party("Quite Another", kind=Kind.SHIP, identifiers=(number("imo-ship", IMO),)))
    assert (renamed.said, renamed.how) == (Said.MATCH, How.NUMBER)
    (other,) = found(party("Merrow Star", kind=Kind.SHIP, identifiers=(number("imo-ship", OTHER_IMO),)))
    assert (other.said, other.stops) == (Said.APART, False)
    assert other.against == (f"conflict:imo-ship:{IMO}|{OTHER_IMO}",)


def test_what_expired_warns_and_never_matches() -> None:
    (hit,) = found(party("Haula Road"))
    assert (hit.said, hit.blocks, hit.stops, hit.asks) == (Said.EXPIRED, (), False, False)
    assert [one.stands for one in hit.measures] == ["expired"]


def test_what_is_not_yet_in_force_blocks_from_its_first_day() -> None:
    (hit,) = found(party("Later Works"))
    assert (hit.said, hit.measures[0].stands, str(hit.since)) == (Said.MATCH, "not yet", "2031-04-01")


def test_a_measure_that_blocks_none_of_its_parts_warns() -> None:
    (supplier,) = found(party("Ulmaro Instruments", roles=frozenset({Role.SUPPLIER})))
    assert (supplier.said, supplier.blocks, supplier.stops, supplier.asks) == (Said.MATCH, (), False, True)
    (consignee,) = found(party("Ulmaro Instruments", roles=frozenset({Role.CONSIGNEE})))
    assert consignee.blocks == (Role.CONSIGNEE,)


def test_a_namesake_who_was_born_on_another_day_is_no_hit() -> None:
    same = party("Player Kappa Sorvane", kind=Kind.PERSON, births=births("1971"))
    other = party("Player Kappa  Sorvane", kind=Kind.PERSON, births=births("1980"))
    assert [(one.party, one.said) for one in found(same, other) if one.said != Said.APART] == [
        ("Player Kappa Sorvane", Said.MATCH)
    ]


def test_an_equal_number_is_never_missed_also_under_another_name_or_none() -> None:
    lei = (number("lei", "EXER00SORVANE0000030"),)
    (strange,) = found(party("Something Else", identifiers=lei))
    assert (strange.said, strange.how, strange.source.reference) == (Said.REVIEW, How.NUMBER, "6")
    nameless = party("x", identifiers=lei)
    (bare,) = found(replace(nameless, known=replace(nameless.known, names=())))
    assert (bare.how, bare.source.reference) == (How.NUMBER, "6")


def test_a_party_of_unknown_kind_is_asked_for_each_that_it_may_be() -> None:
    hits = found(party("Merrow Star", kind=None), party("Player Kappa Sorvane", kind=None))
    assert [(one.party, one.source.kind) for one in hits] == [
        ("Merrow Star", "ship"),
        ("Player Kappa Sorvane", "person"),
    ]


def test_an_id_follows_the_record_and_the_content_of_the_listing_alone() -> None:
    (hit,) = found(party("Briskel Shipping"))
    (moved,) = found(party("Briskel Shipping"), where=lists([replace(LISTINGS[0], place=LISTINGS[1].place)]))
    changed = replace(LISTINGS[0], names=(*LISTINGS[0].names, Name("One more")))
    (amended,) = found(party("Briskel Shipping"), where=lists([changed]))
    (renamed,) = found(replace(party("Briskel Shipping", "Another name"), party="Briskel Shipping"))
    assert hit.id == moved.id
    assert len({hit.id, amended.id, renamed.id}) == 3


NAMES = ["Briskel Shipping", "Orlem Works", "Haula Road", "Tanvik Energy", "Sorvane Holding", "Merrow Star"]


@settings(max_examples=3, deadline=None)
@given(st.permutations(NAMES), st.permutations(LISTINGS))
def test_neither_the_order_of_parties_nor_of_listings_changes_anything(names: list[str], order: list) -> None:  # type: ignore[type-arg]
    parties = [party(name) for name in names]
    assert found(*parties, where=lists(order)) == found(*(party(name) for name in NAMES))


def test_a_hit_of_a_party_does_not_depend_on_who_else_is_screened() -> None:
    assert found(party("Briskel Shipping"), *(party(f"Briskel {n}") for n in range(5)))[0].score == (
        found(party("Briskel Shipping"))[0].score
    )


def test_a_list_that_says_nothing_finds_nobody() -> None:
    assert found(party("Briskel Shipping"), where=lists([])) == ()
    assert found(party("Briskel Shipping"), where=lists([listed("9", "—")])) == ()


@pytest.mark.parametrize("kind", [Kind.SHIP, None])
@pytest.mark.parametrize("before", ["", "M/V ", "MT ", "MV ", "M/T ", "SS ", "т/х "])
def test_a_ship_is_asked_for_with_and_without_the_abbreviation_of_its_sort(
    before: str, kind: Kind | None
) -> None:
    (hit,) = found(party(f"{before}Merrow Star", kind=kind))
    assert (hit.said, hit.source.reference) == (Said.REVIEW, "2")
    other = lists([listed("9", f"{before}Haula Pearl", kind=Kind.SHIP)])
    (hit,) = found(party("Haula Pearl", kind=kind), where=other)
    assert (hit.said, hit.source.reference) == (Said.REVIEW, "9")
