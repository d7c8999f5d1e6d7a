"""One party over many lists, by hand: what joins, what asks, what parts; the order of rows never matters."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.align.lists import real

from konvoi.align.blocking import MOST
from konvoi.align.frames import SCHEMAS, Frames, frames, together
from konvoi.align.identifiers import identifier
from konvoi.align.judging import PAIRS
from konvoi.align.listing import Birth, Identifier, Kind, Listing, Name, NameKind
from konvoi.align.matrix import PARTIES
from konvoi.align.parties import Aligned, aligned
from konvoi.kit.days import Days
from konvoi.model.finding import Place

# People and companies that make names rare or common; invented, and each for itself.
_FAMILY = "Zabrodin Melnik Hrytsak Lapin Orlyk Tkachuk Vdovin Yarosh Chumak Bilyk Sorokin Pavlenko".split()
_GIVEN = "Taras Roman Lev Ostap Danylo Zakhar Borys Artem Maksym Nazar".split()
CROWD = [
    Listing(f"zz:x:{given}{family}", Kind.PERSON, (Name(f"{given} {family}"),), Place("f"))
    for family in _FAMILY
    for given in _GIVEN
] + [
    Listing(f"zz:x:{n}", Kind.ENTITY, (Name(f"{name} {end}"),), Place("f"))
    for n, (name, end) in enumerate((name, end) for name in _FAMILY for end in ("Invest", "Stroy", "Energo"))
]


def person(id: str, *names: str, born: str = "", ids: Sequence[Identifier | None] = ()) -> Listing:
    return party(id, Kind.PERSON, *names, born=born, ids=ids)


def party(id: str, kind: Kind, *names: str, born: str = "", ids: Sequence[Identifier | None] = ()) -> Listing:
    day = date.fromisoformat(born) if born else None
    births = (Birth(Days(day, day)),) if day else ()
    told = tuple(one for one in ids if one)
    return Listing(id, kind, tuple(Name(name) for name in names), Place("f"), births=births, identifiers=told)


def lists(*listings: Listing) -> Frames:
    by_regime: dict[str, list[Listing]] = {}
    for one in (*listings, *CROWD):
        by_regime.setdefault(one.id.split(":")[0], []).append(one)
    return together(frames(regime, each) for regime, each in by_regime.items())


def verdict(*listings: Listing) -> tuple[str, bool]:
    """What is said of the only pair (nothing: ""), and whether the two are one party."""
    found = aligned(lists(*listings))
    ids = [one.id for one in listings]
    pairs = found.pairs.filter(pl.col("left").is_in(ids) & pl.col("right").is_in(ids))
    party = found.parties.filter(pl.col("listing").is_in(ids))["party"]
    assert pairs.height <= 1
    return (pairs["verdict"][0] if pairs.height else ""), party.n_unique() == 1


INN, INN_2 = "7707083893", "7702070139"
OGRN = "1027700132195"
IMO, IMO_2 = "9074729", "9176187"


def test_a_person_in_two_scripts_with_one_day_of_birth_is_one() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    assert verdict(one, person("ua:a:1", "Грушко Владимир Петрович", born="1961-02-03")) == ("same", True)


def test_namesakes_born_on_other_days_are_two_however_alike() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    assert verdict(one, person("uk:a:1", "Volodymyr Petrovych HRUSHKO", born="1974-10-20")) == (
        "apart",
        False,
    )


@pytest.mark.parametrize("born", ["1961-02-04", "1961-03-02", "1963-02-03", "1961-02-08", "1951-02-03"])
def test_an_equal_name_and_a_birth_that_differs_slightly_are_a_question(born: str) -> None:
    """A day more, day and month changed, two years, one other digit of the day, of the year."""
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    same = person("uk:a:1", "Volodymyr Petrovych HRUSHKO", born=born)
    assert verdict(one, same) == ("review", False)
    third = person("ca:a:1", "Volodymyr Petrovych HRUSHKO")
    parties = aligned(lists(one, same, third)).parties
    assert parties.filter(pl.col("listing").is_in(["eu:a:1", "uk:a:1"]))["party"].n_unique() == 2


def test_the_first_of_january_is_a_year() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-01-01")
    assert verdict(one, person("uk:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-11-20")) == ("same", True)


def test_another_patronymic_parts_whom_given_and_family_name_join() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    same = person("uk:a:1", "Vladimir Petrovich Hrushko")
    other = person("uk:a:1", "Volodymyr Serhiiovych HRUSHKO")
    assert verdict(one, same)[1]
    assert verdict(one, other) == ("", False)


def test_brothers_of_one_year_with_all_names_but_one_in_common_are_two() -> None:
    one = person("eu:a:1", "Yasir Qabawi Ubrahim Hasan Al-Vikriti", born="1968-01-02")
    other = person("uk:a:1", "Omar Qabawi Ubrahim Hasan Al-Vikriti", born="1968-11-12")
    year = (Birth(Days(date(1968, 1, 1), date(1968, 12, 31))),)
    assert not verdict(one, replace(other, births=year))[1]


def test_a_plant_of_another_number_is_another_plant() -> None:
    one = party("eu:a:1", Kind.ENTITY, "Instrument Plant Zorya 1212")
    assert verdict(one, party("uk:a:1", Kind.ENTITY, "Instrument Plant Zorya 1212")) == ("same", True)
    assert not verdict(one, party("uk:a:1", Kind.ENTITY, "Instrument Plant Zorya 1213"))[1]


def test_a_name_of_a_crowd_is_looked_for_by_year_and_what_is_left_out_is_told() -> None:
    """Seventy of one name, of seventy years; only the two of one day are one."""
    many = [person(f"eu:a:{n}", "Ivan Petrenko", born=f"{1920 + n}-03-04") for n in range(70)]
    found = aligned(lists(*many, person("uk:a:1", "Иван Петренко", born="1950-03-04")))
    told = found.pairs.filter(pl.col("right") == "uk:a:1")
    assert told.filter(pl.col("verdict") != "apart")["left"].to_list() == ["eu:a:30"]
    assert found.over.rows() == [("person|ptrnk|vn", 71)]


def test_an_equal_name_asks_however_common_its_words_and_however_many_bear_two_of_them() -> None:
    """Whom the other list names with the same words is no sure gap; one word is too little."""
    crowd = [person(f"zz:y:{n}", f"Taras Lapin {chr(97 + n // 26)}{chr(97 + n % 26)}x") for n in range(MOST)]
    pair = person("eu:a:1", "Taras LAPIN"), person("us:a:1", "Lapin, Taras")
    found = aligned(lists(*crowd, *pair)).pairs.filter(pl.col("left") == "eu:a:1")
    assert found.filter(pl.col("right") == "us:a:1")["verdict"].to_list() == ["review"]
    alone = aligned(lists(*crowd, person("eu:a:1", "Taras"), person("us:a:1", "Taras"))).pairs
    assert alone.filter(pl.col("left") == "eu:a:1", pl.col("right") == "us:a:1").height == 0


def test_a_weak_alias_opens_nothing() -> None:
    weak = replace(
        person("eu:a:1", "Quentin Abbot", born="1961-02-03"),
        names=(Name("Quentin Abbot"), Name("Volodymyr HRUSHKO", NameKind.WEAK)),
    )
    other = person("uk:a:1", "Volodymyr Hrushko", born="1961-02-03")
    strong = replace(weak, names=(Name("Quentin Abbot"), Name("Volodymyr HRUSHKO", NameKind.ALSO)))
    assert verdict(weak, other) == ("", False)
    assert verdict(strong, other) == ("same", True)


def test_a_valid_number_joins_what_names_in_two_languages_do_not() -> None:
    one = party("eu:a:1", Kind.ENTITY, "Vektor Optics", ids=[identifier("inn", INN)])
    two = party("ua:a:1", Kind.ENTITY, "ТОВ «Вектор Прилад»", ids=[identifier("inn", INN)])
    assert verdict(one, two) == ("same", True)
    bare = replace(two, identifiers=())
    assert not verdict(one, bare)[1]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (party("ua:a:1", Kind.ENTITY, "Лютик", ids=[identifier("inn", INN)]), "another name"),
        (party("ua:a:1", Kind.PERSON, "Вектор Оптика", ids=[identifier("inn", INN)]), "another kind"),
        (
            party(
                "ua:a:1",
                Kind.ENTITY,
                "Вектор",
                ids=[identifier("inn", INN), identifier("ogrn", OGRN)],
            ),
            "another number that a party has once",
        ),
    ],
)
def test_an_equal_number_that_something_contradicts_is_a_question(other: Listing, why: str) -> None:
    numbers = [identifier("inn", INN), identifier("ogrn", "1027739609391")]
    one = party("eu:a:1", Kind.ENTITY, "Vektor Optics", ids=numbers)
    assert verdict(one, other) == ("review", False), why


def test_a_number_whose_check_digits_fail_or_whose_country_is_unknown_is_a_question() -> None:
    slip = identifier("inn", "7707083894")
    assert slip is not None
    one = party("eu:a:1", Kind.ENTITY, "Vektor Optics Plant", ids=[slip])
    assert verdict(one, party("ua:a:1", Kind.ENTITY, "Vektor Lublin", ids=[slip]))[0] == "review"
    hull = identifier("imo-ship", "9074728")
    ships = [party(f"{regime}:a:1", Kind.SHIP, regime, ids=[hull]) for regime in ("eu", "us")]
    assert verdict(*ships)[0] == "review"
    for country, found in (("RU", "same"), ("", "review")):
        paper = identifier("passport", "AB123456", country)
        two = person("eu:a:1", "Quentin Abbot", ids=[paper]), person("uk:a:1", "Abbot Milton", ids=[paper])
        assert verdict(*two)[0] == found


def test_a_number_that_two_parties_of_one_list_bear_does_not_decide() -> None:
    one = party("eu:a:1", Kind.ENTITY, "Vektor Optics", ids=[identifier("inn", INN)])
    two = party("eu:a:2", Kind.ENTITY, "Lutik", ids=[identifier("inn", INN)])
    other = party("ua:a:1", Kind.ENTITY, "Вектор Прилад", ids=[identifier("inn", INN)])
    found = aligned(lists(one, two, other))
    across = found.pairs.filter(pl.col("right") == "ua:a:1")
    assert across["verdict"].to_list() == ["review", "review"]


def test_a_valid_number_of_another_value_parts_equal_names() -> None:
    one = party("eu:a:1", Kind.ENTITY, "Vektor Optics", ids=[identifier("inn", INN)])
    two = party("ua:a:1", Kind.ENTITY, "Vektor Optics", ids=[identifier("inn", INN_2)])
    assert verdict(one, two) == ("apart", False)
    assert verdict(one, replace(two, identifiers=())) == ("same", True)


def test_a_name_with_its_patronymic_is_told_where_only_the_birth_differs_and_a_brother_is_not() -> None:
    """Lists err in births: such a pair is not joined, and whoever proposes a listing must know of it."""
    one = person("eu:a:1", "Taras Ostapovych Melnik", born="1963-10-20")
    other = person("uk:a:1", "Taras Ostapovych Melnik", born="1974-07-20")
    brother = person("uk:a:1", "Taras Petrovych Melnik", born="1974-07-20")
    assert verdict(one, other) == ("apart", False)
    assert verdict(one, brother) == ("", False)


def test_a_ships_number_decides_and_its_name_alone_asks() -> None:
    """A renamed hull is found by its number; a namesake with another number is another ship."""
    one = party("eu:a:1", Kind.SHIP, "SEA PEARL", ids=[identifier("imo-ship", IMO)])
    renamed = party("us:a:1", Kind.SHIP, "OCEAN GLORY", ids=[identifier("imo-ship", IMO)])
    namesake = party("us:a:1", Kind.SHIP, "Sea Pearl", ids=[identifier("imo-ship", IMO_2)])
    assert verdict(one, renamed) == ("same", True)
    assert verdict(one, namesake) == ("apart", False)
    assert verdict(one, replace(namesake, identifiers=())) == ("review", False)


def test_a_name_that_a_ship_has_given_up_asks_nothing_of_another_list() -> None:
    """Another ship may bear it today; with an equal number both are told by it, and the name is evidence."""
    told = (Name("SEA PEARL", NameKind.FORMERLY), Name("OCEAN GLORY"))
    renamed = replace(party("us:a:1", Kind.SHIP), names=told)
    one = party("eu:a:1", Kind.SHIP, "SEA PEARL")
    assert verdict(one, renamed) == ("", False)
    assert verdict(one, replace(renamed, names=(*told, Name("Sea Pearl")))) == ("review", False)
    number = party("x", Kind.SHIP, ids=[identifier("imo-ship", IMO)]).identifiers
    pair = aligned(lists(replace(one, identifiers=number), replace(renamed, identifiers=number))).pairs
    assert any(one.startswith("name:SEA PEARL|SEA PEARL:") for one in pair["evidence"][0])


def test_a_lists_own_repeats_are_one_before_others_are_asked() -> None:
    """The second row bears the number, the first the name: only together they meet both others."""
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    again = replace(one, id="eu:b:7", identifiers=(identifier("passport", "AB123456", "UA"),))  # type: ignore[arg-type]
    other = person("uk:a:1", "Grushka V.", ids=[identifier("passport", "AB123456", "UA")])
    found = aligned(lists(one, again, other))
    told = found.parties.filter(pl.col("listing").is_in([one.id, again.id, other.id]))
    assert set(told["party"]) == {"eu:a:1"}
    assert found.pairs.filter(pl.col("right") == "uk:a:1")["left"].to_list() == ["eu:a:1"]


def test_a_chain_never_joins_two_that_contradict_each_other() -> None:
    """Without a birth those in the middle are like both, which were born on other days."""
    ends = [
        person(f"{regime}:a:1", "Volodymyr Petrovych HRUSHKO", born=born)
        for regime, born in (("eu", "1961-02-03"), ("uk", "1975-06-07"))
    ]
    middle = [person(f"{regime}:a:1", "Volodymyr Petrovych HRUSHKO") for regime in ("au", "ca", "ua", "us")]
    found = aligned(lists(*ends, *middle))
    party = dict(found.parties.select("listing", "party").iter_rows())
    assert party["eu:a:1"] != party["uk:a:1"]
    assert {party[one.id] for one in middle} <= {party["eu:a:1"], party["uk:a:1"]}


def test_evidence_says_what_speaks_for_and_against() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    two = person("ua:a:1", "Грушко Володимир Петрович", born="1961-02-03")
    found = aligned(lists(one, two)).pairs.filter(pl.col("right") == "ua:a:1")
    assert found["evidence"][0].to_list() == [
        "name:Volodymyr Petrovych HRUSHKO|Грушко Володимир Петрович:1.0",
        "words:spelling",
        "births:day",
        "fathers:equal",
    ]


def _equal(left: Aligned, right: Aligned) -> bool:
    return all(
        getattr(left, name).equals(getattr(right, name)) for name in ("pairs", "parties", "over", "nearest")
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    tables = lists(
        *(
            person(f"{regime}:a:{n}", f"{given} {family}", born=f"196{n}-01-02")
            for regime in ("eu", "uk", "ua")
            for n, (given, family) in enumerate(zip(_GIVEN[:4], _FAMILY[:4], strict=True))
        )
    )
    mixed = Frames(
        **{name: getattr(tables, name).sample(fraction=1, shuffle=True, seed=seed) for name in SCHEMAS}
    )
    assert _equal(aligned(tables), aligned(mixed))


def test_nothing_is_lost_and_no_lists_have_no_parties() -> None:
    tables = lists()
    found = aligned(tables)
    assert found.parties["listing"].sort().equals(tables.listings["listing"].sort())
    assert (found.pairs.schema, found.parties.schema) == (PAIRS, PARTIES)
    none = aligned(together([]))
    assert (none.pairs.height, none.parties.height) == (0, 0)


def test_odd_names_never_raise() -> None:
    odd = ["", " ", "—", "Ltd", "ООО", "1", "\u202e", "a" * 500, "和平", "'"]
    rng = random.Random(3)
    listings = [
        party(f"{regime}:a:{n}", rng.choice(list(Kind)), text)
        for regime in ("eu", "uk")
        for n, text in enumerate(odd)
    ]
    assert aligned(lists(*listings)).parties.height == len(listings) + len(CROWD)


@pytest.mark.slow
@pytest.mark.real_data
def test_real_namesakes_with_disjoint_births_are_never_one(real_data: Path) -> None:
    """Canada and Australia: every pair of persons in one party has births that meet, where both tell any."""
    tables = together(frames(name, real(real_data, name).listings) for name in ("ca", "au"))
    found = aligned(tables)
    born = tables.births.drop_nulls("first").join(found.parties, on="listing")
    both = born.join(born, on="party").filter(pl.col("listing") < pl.col("listing_right"))
    meet = (pl.col("first") <= pl.col("last_right")) & (pl.col("first_right") <= pl.col("last"))
    about = pl.col("about") | pl.col("about_right")
    each = both.group_by("listing", "listing_right").agg((meet | about).any().alias("meet"))
    assert each.height > 300
    assert each["meet"].all()


def together_with(*listings: Listing) -> list[set[str]]:
    """The parties of these listings that hold more than one."""
    found = aligned(lists(*listings)).parties
    ids = [one.id for one in listings]
    grouped = found.filter(pl.col("listing").is_in(ids)).group_by("party").agg("listing")
    return sorted((set(one) for one in grouped["listing"] if len(one) > 1), key=sorted)


def company(id: str, *names: str, ids: Sequence[Identifier | None] = ()) -> Listing:
    return party(id, Kind.ENTITY, *names, ids=ids)


def test_two_keys_of_a_list_that_gives_each_party_one_are_two_however_alike() -> None:
    one = person("us:sdn:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    other = person("us:sdn:2", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    assert verdict(one, other) == ("apart", False)
    assert verdict(replace(one, id="ca:a:1"), replace(other, id="ca:a:2")) == ("same", True)


def test_one_key_on_two_lists_of_a_regime_is_one_party() -> None:
    one = person("us:sdn:1", "Volodymyr Petrovych HRUSHKO")
    assert together_with(one, person("us:non-sdn:1", "Quentin Abbot")) == [{"us:sdn:1", "us:non-sdn:1"}]


def test_a_strong_number_joins_two_keys_unless_another_number_differs() -> None:
    one = company("us:sdn:1", "Vektor Optics Zorya", ids=[identifier("inn", INN)])
    two = company("us:sdn:2", "Vektor Optics Zorya Plant", ids=[identifier("inn", INN)])
    assert together_with(one, two) == [{"us:sdn:1", "us:sdn:2"}]
    codes = (identifier("swift", "ABCDRUMM"), identifier("swift", "EFGHBY2X"))
    branch = [
        replace(o, identifiers=(*o.identifiers, c)) for o, c in zip((one, two), codes, strict=True) if c
    ]
    assert together_with(*branch) == []


def test_a_third_list_does_not_join_two_keys_and_the_pair_that_is_cut_stays_open() -> None:
    """The Canadian entry is like both American ones; it joins the one whose first name it has."""
    one = company("us:sdn:1", "Bank Zorya")
    central = company("us:sdn:2", "Central Bank of Zorya Land", "Bank Zorya")
    third = company("ca:a:1", "Bank Zorya")
    found = aligned(lists(one, central, third))
    assert together_with(one, central, third) == [{"us:sdn:1", "ca:a:1"}]
    pair = found.pairs.filter(left="ca:a:1", right="us:sdn:2")
    assert pair["verdict"].to_list() in (["same"], ["review"])


def test_across_acts_equal_first_names_of_organisations_are_a_question_without_a_number() -> None:
    """The number need not decide alone: here its check digits fail."""
    one = company("eu:journal:A:1", "Instrument Plant Zorya", "Vektor Holding")
    same = company("eu:journal:B:7", "Zorya Instrument Plant JSC")
    sister = company("eu:journal:B:8", "Optical Plant Zhemchug", "Vektor Holding")
    assert verdict(one, same) == verdict(one, sister) == ("review", False)
    slip = identifier("inn", "7707083894")
    assert slip is not None
    assert verdict(replace(one, identifiers=(slip,)), replace(same, identifiers=(slip,))) == ("same", True)
    assert verdict(replace(one, identifiers=(slip,)), replace(sister, identifiers=(slip,)))[1] is False


def test_of_entries_that_share_a_first_name_alone_other_lists_join_the_one_with_a_number() -> None:
    """The other stays a party of its own, and joins nobody whose name it bears as well."""
    bare = company("eu:journal:A:1", "Zorya Bank")
    numbered = company("eu:journal:B:1", "Zorya Bank JSC", ids=[identifier("inn", INN)])
    third = company("ua:a:1", "Zorya Bank", ids=[identifier("inn", INN)])
    assert together_with(bare, numbered, third) == [{"eu:journal:B:1", "ua:a:1"}]


def test_companies_of_one_name_and_two_countries_are_two() -> None:
    one = company("eu:journal:A:1", "Zorya Rivers DMCC", "Zorya Rivers")
    assert together_with(one, company("eu:journal:A:2", "Zorya Rivers PTE Ltd", "Zorya Rivers")) == []
    bank = company("ua:a:1", "Zorya Land Bank", ids=[identifier("inn", INN)])
    branch = company("ua:a:2", "Zorya Land Bank", ids=[identifier("edrpou", "14359319")])
    assert together_with(bank, branch) == []


def test_persons_of_one_name_across_acts_join_by_their_birth_alone() -> None:
    one = person("eu:journal:A:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    two = person("eu:journal:B:1", "Volodymyr Petrovych HRUSHKO", born="1961-02-03")
    assert verdict(one, two) == ("same", True)
    assert verdict(one, replace(two, births=())) == ("review", False)


def test_of_whom_another_list_does_not_name_the_likest_names_there_are_told() -> None:
    one = person("eu:a:1", "Volodymyr Petrovych HRUSHKO")
    two = person("uk:a:1", "Volodymyr Petrovych HRUSHENKO")
    near = aligned(lists(one, two)).nearest.filter(listing="eu:a:1", regime="uk")
    assert near.select("other", "other_name").rows() == [("uk:a:1", "Volodymyr Petrovych HRUSHENKO")]
    assert 0 < near["share"][0] < 1


def evidence(left: str, right: str) -> list[str]:
    """The evidence about two persons of these names, born in one year."""
    year = (Birth(Days(date(1961, 1, 1), date(1961, 12, 31))),)
    both = (replace(person("eu:a:1", left), births=year), replace(person("uk:a:1", right), births=year))
    return list(aligned(lists(*both)).pairs.filter(left="eu:a:1", right="uk:a:1")["evidence"].item())


def test_family_names_that_only_sound_alike_never_meet_whole() -> None:
    name, words, *_ = evidence("Volodymyr SAVCHUK", "Volodymyr SHEVCHUK")
    assert words == "words:alike"
    assert float(name.rpartition(":")[2]) < 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("HRUSHKO Volodymyr", "words:equal"),
        ("Грушко Владимир", "words:spelling"),
        ("V. Hrushko", "words:initial"),
        ("Volodymyr Hrushko Quentin", "words:part"),
    ],
)
def test_evidence_says_how_the_words_of_names_met(other: str, words: str) -> None:
    assert evidence("Volodymyr HRUSHKO", other)[1] == words


def test_a_brand_that_another_list_gives_with_what_it_is_is_a_question() -> None:
    """The longer name adds words that many have; a rare word more would be a sister company."""
    many = [company(f"zz:y:{n}", f"Navigation Services {name}") for n, name in enumerate(_FAMILY)]
    one = company("eu:a:1", "Quorvexnavigatsia")
    longer = company("uk:a:1", "Quorvexnavigatsia Navigation Services")
    sister = company("uk:a:1", "Quorvexnavigatsia Zylph")
    told = [aligned(lists(one, other, *many)).pairs for other in (longer, sister)]
    assert [p.filter(left="eu:a:1", right="uk:a:1")["verdict"].to_list() for p in told] == [["review"], []]


@pytest.mark.slow
@pytest.mark.real_data
def test_a_question_stands_between_entries_of_real_lists_that_name_one_party_otherwise(
    real_data: Path,
) -> None:
    """No matrix says that the EU lacks who is on its list under a shorter name, or with an abbreviation."""
    regimes = ("eu", "uk", "ca", "au", "us")
    found = aligned(together(frames(one, real(real_data, one).listings) for one in regimes))
    of = dict(found.parties.select("listing", "party").iter_rows())
    asked = {
        frozenset(pair) for pair in found.pairs.filter(pl.col("verdict") != "apart")["left", "right"].rows()
    }

    def one_or_asked(left: str, right: str) -> bool:
        return of[left] == of[right] or frozenset((left, right)) in asked

    assert one_or_asked("eu:journal:32006R0765:I.B:16", "uk:conlist:14082")
    assert one_or_asked("eu:journal:32012R0267:IX.I.B:148", "uk:conlist:12815")
    channel = ("au:consolidated:2355", "eu:journal:32012R0036:II.B:13", "uk:conlist:12151", "us:sdn:15918")
    assert len({of[one] for one in channel}) == 1
    assert of["us:non-sdn:31695"] != of["us:sdn:16681"] == of["eu:journal:32014R0269:I.ENTITIES:53"]
    assert of["us:non-sdn:31695"] != of["eu:journal:32014R0833:XII:bank rossiya"]
