"""A name that means one known party is that party; nothing is guessed."""

from datetime import date
from pathlib import Path

import polars as pl

from konvoi.flow.load_workspace import gathering
from konvoi.flow.parties import one_spelling, renamed, resolve_parties, same_party
from konvoi.flow.workspace import workspace as opened
from konvoi.model.document import Reading
from konvoi.model.entries import ENTRIES, frame
from konvoi.model.finding import Severity
from konvoi.model.tables import BY_NAME


def parties(*rows: dict[str, str]) -> dict[str, pl.DataFrame]:
    schema = BY_NAME["parties"].schema()
    return {"parties": pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)}


def test_a_foreign_id_with_the_name_of_one_party_is_that_party() -> None:
    tables = parties(
        {"party": "AR", "name": "Arvenia", "aliases": "Kingdom of Arvenia; Arvenien"},
        {"party": "iati-name:1", "name": "kingdom of ARVENIA"},
        {"party": "fts-org:2", "name": "France"},
        {"party": "iati-name:3", "name": "Arvenia Relief"},
    )
    assert same_party(tables) == {"iati-name:1": "AR", "fts-org:2": "FR"}


def test_a_name_that_two_parties_bear_stands_for_neither() -> None:
    tables = parties(
        {"party": "A", "name": "Relief"},
        {"party": "B", "name": "Relief"},
        {"party": "iati-name:1", "name": "Relief"},
    )
    assert same_party(tables) == {}


def test_entries_are_renamed_on_every_side() -> None:
    entries = frame([{"entry": "e", "party": "x:1", "counterparty": "y:2", "implementer": "x:1"}])
    rows = renamed(entries, {"x:1": "AR"}).select("party", "counterparty", "implementer").rows()
    assert rows == [("AR", "y:2", "AR")]


def resolved(
    *parties_of: str, rows: dict[str, pl.DataFrame] | None = None, accepted: dict[str, str] | None = None
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What names mean, and the findings on them (code, name as read)."""
    entries = frame([{"entry": str(n), "party": name} for n, name in enumerate(parties_of)], ENTRIES)
    reading = Reading(document="a.csv", digest="", format="konvoi", entries=entries)
    found = resolve_parties([reading], rows or {}, accepted=accepted)
    return dict(found.same), [(one.code, one.read) for one in found.findings]


def test_a_name_of_the_workspaces_own_parties_goes_before_what_the_world_calls_so() -> None:
    rows = parties({"party": "HARBOUR", "name": "Poland", "aliases": "Deep Water"})
    assert resolved("Deep Water", rows=rows) == ({"Deep Water": "HARBOUR"}, [])


def test_a_state_in_another_language_is_that_state_without_a_word() -> None:
    assert resolved("Gouvernement : Pologne", "PL") == ({"Gouvernement : Pologne": "PL"}, [])


def test_a_misspelt_name_is_asked_about_and_stands_as_written_until_it_is_accepted() -> None:
    assert resolved("Gernany", "DE") == ({}, [("party-unsure", "Gernany")])
    assert resolved("Gernany", "DE", accepted={"gernany": "DE"}) == ({"Gernany": "DE"}, [])
    rows = parties({"party": "DE", "name": "Germany", "aliases": "Gernany"})
    assert resolved("Gernany", "DE", rows=rows) == ({"Gernany": "DE"}, [])


def test_a_misspelt_name_whose_statements_agree_with_its_partys_is_learnt() -> None:
    places = ("Odradek", "Kuldra", "Sombor", "Vessin", "Tarnau", "Lipek")
    rows = [
        {"entry": f"{name}{n}", "party": name, "day_from": date(2031, n, 5), "day_to": date(2031, n, 5)}
        | {"amount_minor": 1_234_567 * n, "currency": "EUR", "text": f"Pumps for {place}"}
        for name in ("DE", "Gernany")
        for n, place in enumerate(places, start=1)
    ]
    reading = Reading(document="a.csv", digest="", format="konvoi", entries=frame(rows, ENTRIES))
    found = resolve_parties([reading], {})
    assert [(one.code, one.severity) for one in found.findings] == [("party-read-as", Severity.NOTE)]
    assert found.same == {"Gernany": "DE"}


def test_a_name_that_may_be_two_is_asked_about_and_joined_to_neither() -> None:
    same, findings = resolved("Austrlia", "AT", "AU")
    assert same == {}
    assert findings == [("party-unsure", "Austrlia")]


def test_codes_that_differ_in_a_figure_are_two() -> None:
    names = pl.Series("party", ["Seaport", "Seaport", "Seeport", "XI-1001", "XI-1002"])
    assert one_spelling(names) == {"Seeport": "Seaport"}


def test_a_short_name_of_a_giver_with_a_letter_lost_doubled_or_swapped_is_asked_about() -> None:
    assert resolved("IT", "Ialy", "Itlay", "Itaky") == (
        {},
        [("party-unsure", "Ialy"), ("party-unsure", "Itlay")],
    )
    assert resolved("CA", "Ialy", "Канда") == ({}, [("party-unsure", "Канда")])


def test_a_city_is_no_misspelt_state_and_a_question_where_its_state_gives() -> None:
    assert resolved("AT", "Vienna") == ({}, [("party-unsure", "Vienna")])
    assert resolved("VN", "Vienna")[0] == {}


def test_a_name_that_lost_a_letter_is_one_question_until_konvoi_toml_answers_it(tmp_path: Path) -> None:
    head = "package,party,day,kind,title,amount,currency"
    desk = tmp_path / "submissions" / "PRESS"
    desk.mkdir(parents=True)
    (tmp_path / "konvoi.toml").write_text("[coalition]\n")
    (desk / "packages.csv").write_text(f"{head}\nN-1,Swedn,2031-01-10,energy,Boilers,10000,EUR\n")
    whole = gathering(opened(tmp_path))
    assert whole.ledger.entries["party"].to_list() == ["Swedn"]
    assert [one.code for one in whole.findings if one.code.startswith("party")] == ["party-unsure"]
    (tmp_path / "konvoi.toml").write_text('[coalition]\n[aliases]\n"Swedn" = "SE"\n')
    whole = gathering(opened(tmp_path))
    assert whole.ledger.entries["party"].to_list() == ["SE"]
    assert not [one.code for one in whole.findings if one.code.startswith("party")]
