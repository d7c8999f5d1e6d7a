"""Goods, implementers and places are read as the rows that they mean, or asked about."""

from pathlib import Path

import pytest

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import good
from konvoi.flow.workspace import workspace as opened
from konvoi.model.entries import PLACE

GOODS = """good,name,unit,aliases
tank,Tank,piece,
howitzer-155,155 mm howitzer,piece,
howitzer-152,152 mm howitzer,piece,
diesel,Diesel fuel,t,Winter diesel
"""
PARTIES = """party,name,kind,aliases
ACME,Acme Engineering,implementer,Acme Ingenieurbau
"""
SITES = """site,name,kind,country,aliases
UAKHA,Kharkiv depot,depot,UA,Харківський склад
"""
LINES = "line,package,good,quantity,unit\n"
PACKAGES = "package,party,day,kind,title,amount,currency,implementer,place\n"


def gathered(folder: Path, **files: str) -> Gathered:
    """A workspace of CSV tables, each named PARTY__table, with the day 2031-01-10."""
    (folder / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nrecipient = "BO"\n')
    for name, text in files.items():
        party, _, table = name.partition("__")
        desk = folder / "submissions" / party
        desk.mkdir(parents=True, exist_ok=True)
        (desk / f"{table}.csv").write_text(text)
        (desk / "konvoi.csv").write_text(f"party,{party}\nday,2031-01-10\n")
    return gathering(opened(folder))


def lines(party: str, *rows: str) -> dict[str, str]:
    """Tables with a package of a party and lines of it: good, quantity, unit."""
    body = "".join(f"{party}-{n},{party}-P,{row}\n" for n, row in enumerate(rows, 1))
    package = f"{party}-P,{party},2031-01-05,military,Support,,,,\n"
    return {f"{party}__packages": PACKAGES + package, f"{party}__lines": LINES + body}


def told(whole: Gathered, *codes: str) -> list[tuple[str, str, str]]:
    """Findings as code, what was read, and what is meant."""
    return [(one.code, one.read, one.values.get("meant", "")) for one in whole.findings if one.code in codes]


NAMES = ("name-read-as", "name-unsure", "reference-unknown")


def goods_of(whole: Gathered) -> dict[str, tuple[str, str]]:
    rows = whole.ledger.entries.drop_nulls("quantity").sort("line").select("line", "good", "unit").iter_rows()
    return {line: (good, unit) for line, good, unit in rows}


def test_a_declared_name_is_read_in_any_spelling_without_a_word(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "155MM Howitzers,4,", "Winter Diesel,2,"))
    assert goods_of(whole) == {"PL-1": ("howitzer-155", "piece"), "PL-2": ("diesel", "t")}
    assert told(whole, *NAMES) == []


def test_a_good_in_another_language_is_read_with_a_note(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "Kampfpanzer,10,"))
    assert goods_of(whole) == {"PL-1": ("tank", "piece")}
    assert told(whole, *NAMES) == [("name-read-as", "Kampfpanzer", "tank")]


def test_a_total_takes_the_name_that_a_submission_used(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "Kampfpanzer,10,"))
    assert good("--good", "Kampfpanzer", whole) == "tank"


def test_two_calibres_stay_two_and_an_unknown_one_is_no_slip(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "Haubitzen 152 mm,3,", "122 mm howitzer,5,"))
    assert [good for good, _ in goods_of(whole).values()] == ["howitzer-152", "122 mm howitzer"]
    assert [one[:2] for one in told(whole, *NAMES)] == [
        ("reference-unknown", "122 mm howitzer"),
        ("name-read-as", "Haubitzen 152 mm"),
    ]


def test_a_name_that_may_be_several_is_asked_about_once(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "Howitzers,3,"))
    assert goods_of(whole)["PL-1"][0] == "Howitzers"
    meant = "howitzer-152 (152 mm howitzer) / howitzer-155 (155 mm howitzer)"
    assert told(whole, *NAMES) == [("name-unsure", "Howitzers", meant)]


def test_an_answer_in_the_table_of_goods_holds_for_all_submissions(tmp_path: Path) -> None:
    goods = GOODS.replace("155 mm howitzer,piece,", "155 mm howitzer,piece,Howitzers")
    rows = lines("PL", "Howitzers,3,") | lines("CZ", "howitzer,2,")
    whole = gathered(tmp_path, DE__goods=goods, **rows)
    assert {good for good, _ in goods_of(whole).values()} == {"howitzer-155"}
    assert told(whole, *NAMES) == []


def test_a_quantity_in_a_unit_that_the_good_cannot_have_is_asked_about(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__goods=GOODS, **lines("PL", "Kampfpanzer,10,t"))
    assert goods_of(whole)["PL-1"][0] == "Kampfpanzer"
    assert told(whole, *NAMES) == [("name-unsure", "Kampfpanzer", "tank")]


def test_without_a_table_of_goods_the_same_words_are_one_good(tmp_path: Path) -> None:
    whole = gathered(tmp_path, **lines("PL", "tanks,10,piece"), **lines("DE", "Panzer,7,piece"))
    assert len({good for good, _ in goods_of(whole).values()}) == 1


def test_two_names_in_one_package_are_two_goods(tmp_path: Path) -> None:
    whole = gathered(tmp_path, **lines("PL", "tank,10,piece", "Kampfpanzer,7,piece"))
    assert {good for good, _ in goods_of(whole).values()} == {"tank", "Kampfpanzer"}


def test_a_table_that_limits_a_plan_reads_declared_names_alone(tmp_path: Path) -> None:
    needs = "need,good,quantity,site,due\nN-1,Kampfpanzer,5,UAKHA,2031-06-01\n"
    whole = gathered(tmp_path, DE__goods=GOODS, DE__sites=SITES, BO__needs=needs)
    assert whole.tables["needs"]["good"].to_list() == ["Kampfpanzer"]
    assert ("reference-unknown", "Kampfpanzer", "") in told(whole, *NAMES)


def test_implementers_and_places_are_read_by_the_tables_of_parties_and_sites(tmp_path: Path) -> None:
    row = "PL-1,PL,2031-01-05,energy,Boilers,1000,EUR,acme INGENIEURBAU,Харківський склад\n"
    whole = gathered(tmp_path, DE__parties=PARTIES, DE__sites=SITES, PL__packages=PACKAGES + row)
    assert whole.ledger.entries["implementer"].to_list() == ["ACME"]
    places = whole.ledger.scopes.filter(dimension=PLACE)["value"].to_list()
    assert places == ["Kharkiv depot"]
    assert told(whole, *NAMES) == []


def test_an_implementer_with_a_slip_is_read_and_one_that_comes_near_is_asked_about(tmp_path: Path) -> None:
    rows = "".join(
        f"PL-{n},PL,2031-01-05,energy,Boilers {n},{n}000,EUR,{name},\n"
        for n, name in enumerate(("Acme Enginering", "Acme Engineering Ltd", "Other Works"), 1)
    )
    whole = gathered(tmp_path, DE__parties=PARTIES, PL__packages=PACKAGES + rows)
    assert sorted(whole.ledger.entries["implementer"]) == ["ACME", "Acme Engineering Ltd", "Other Works"]
    assert told(whole, *NAMES) == [
        ("name-read-as", "Acme Enginering", "ACME (Acme Engineering)"),
        ("name-unsure", "Acme Engineering Ltd", "ACME (Acme Engineering)"),
    ]


WORDS = ("Boilers", "Pumps", "Cables", "Bricks", "Lamps", "Doors")


def agreeing(name_in_press: str, count: int, *, shift: int = 0) -> dict[str, str]:
    """PL states `count` packages with an implementer; the press states the same ones under another name."""
    own, press = "", ""
    for n, word in enumerate(WORDS[:count], 1):
        own += f"PL-{n},PL,2031-0{n}-05,energy,{word} for Lesk,{n}31{n}00,EUR,ACME,\n"
        press += f"N-{n},PL,2031-0{n}-07,energy,{word} go to Lesk,{n}31{n + shift}00,EUR,{name_in_press},\n"
    return {"PL__packages": PACKAGES + own, "PRESS__packages": PACKAGES + press}


def test_an_implementer_is_learnt_from_statements_that_agree_under_two_names(tmp_path: Path) -> None:
    whole = gathered(tmp_path, DE__parties=PARTIES, **agreeing("Werke Nord", 6))
    assert set(whole.ledger.entries["implementer"]) == {"ACME"}
    (note,) = [one for one in whole.findings if one.code == "name-read-as"]
    assert (note.read, note.values["agreeing"], note.values["statements"]) == ("Werke Nord", "6", "6")


@pytest.mark.parametrize(("count", "shift"), [(3, 0), (6, 1)])
def test_few_statements_ask_and_other_amounts_say_nothing(tmp_path: Path, count: int, shift: int) -> None:
    whole = gathered(tmp_path, DE__parties=PARTIES, **agreeing("Werke Nord", count, shift=shift))
    assert set(whole.ledger.entries["implementer"]) == {"ACME", "Werke Nord"}
    assert [one[:2] for one in told(whole, *NAMES)] == ([] if shift else [("name-unsure", "Werke Nord")])


def test_agreement_never_joins_names_with_other_numbers(tmp_path: Path) -> None:
    parties = PARTIES + "H51,Hospital 51,implementer,\n"
    rows = {key: text.replace("ACME", "Hospital 51") for key, text in agreeing("Hospital 52", 6).items()}
    whole = gathered(tmp_path, DE__parties=parties, **rows)
    assert set(whole.ledger.entries["implementer"]) == {"H51", "Hospital 52"}
    assert told(whole, *NAMES) == []


def test_a_site_is_named_by_the_name_of_one_site_in_any_language(tmp_path: Path) -> None:
    head = "need,good,quantity,site,due\n"
    needs = "N-1,tank,5,Kharkiv depot,2031-06-01\nN-2,tank,5,Харківський склад,2031-06-01\n"
    both = "N-3,tank,5,Twin hub,2031-06-01\nN-4,tank,5,UAKHA,2031-06-01\n"
    lanes = "lane,from,to,mode,days_p50\nL-1,Kharkiv depot,A,road,2\n"
    sites = f"{SITES}A,Twin hub,hub,UA,\nB,Twin hub,hub,UA,\n"
    tables = {"DE__goods": GOODS, "DE__sites": sites, "DE__lanes": lanes, "BO__needs": head + needs + both}
    whole = gathered(tmp_path, **tables)
    rows = whole.tables["needs"].sort("need")
    assert rows["site"].to_list() == ["UAKHA", "UAKHA", "Twin hub", "UAKHA"]
    assert whole.tables["lanes"]["from"].to_list() == ["UAKHA"]
    lost = [one.read for one in whole.findings if one.code == "reference-unknown"]
    assert lost == ["Twin hub"]
