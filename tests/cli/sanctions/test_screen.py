"""konvoi sanctions screen: of a workspace and of a table; decisions, equal records, exit codes."""

import json
from pathlib import Path

import pytest
from tests.cli.calling import Called, konvoi
from tests.flow.workspaces import copied_to, workspace

UN = """<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2031-02-27T00:00:00Z"><ENTITIES>
<ENTITY><DATAID>1</DATAID><FIRST_NAME>Haula Road Works</FIRST_NAME><UN_LIST_TYPE>EX</UN_LIST_TYPE>
<REFERENCE_NUMBER>EXe.001</REFERENCE_NUMBER><LISTED_ON>2031-01-05</LISTED_ON></ENTITY>
<ENTITY><DATAID>2</DATAID><FIRST_NAME>Sorvane Holding</FIRST_NAME><UN_LIST_TYPE>EX</UN_LIST_TYPE>
<REFERENCE_NUMBER>EXe.002</REFERENCE_NUMBER><LISTED_ON>2031-01-05</LISTED_ON></ENTITY>
</ENTITIES></CONSOLIDATED_LIST>"""
PARTIES = ("party,name,kind", "H,Haula Road Works,carrier", "P,Pellavar Rail,carrier")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("listed")
    lanes = ("lane,from,to,mode,days_p50,carrier", "road,port,town,road,3,H", "rail,port,town,rail,6,P")
    made = workspace(base / "desk", parties=PARTIES, lanes=lanes)
    (made / "konvoi.toml").write_text('[coalition]\nname = "Exercise"\nexercise = true\nday = 2031-02-28\n')
    (base / "un.xml").write_text(UN)
    assert konvoi("sanctions", "lists", base / "un.xml", "--of", "un", "--dir", made).code == 0
    return base


@pytest.fixture
def desk(listed: Path, tmp_path: Path) -> Path:
    """A workspace in which one of two carriers is listed, with a list of a day before its own."""
    copied_to(tmp_path, listed)
    return tmp_path / "desk"


def screen(desk: Path, *words: object) -> Called:
    return konvoi("sanctions", "screen", *words, "--dir", desk)


def hit_of(desk: Path) -> str:
    return str(screen(desk, "--by", "A", "--json").json["hits"][0]["hit"])


@pytest.mark.slow
def test_the_answer_says_score_evidence_list_and_age_and_ends_with_one(desk: Path) -> None:
    done = screen(desk, "--by", "A")
    assert done.code == 1
    assert done.out.startswith("On 2031-02-28, 2 parties screened: 1 blocked, 1 alerts to decide, 1 in")
    assert "Haula Road Works [H]: match (name)" in done.out
    assert "UN EXe.001: Haula Road Works; list of 2031-02-27, 1 day old" in done.out
    assert "asset freeze: in force, since 2031-01-05" in done.out
    assert "for: similarity of names 100 %" in done.out
    assert "against: nothing" in done.out


def test_a_screening_leaves_a_record_that_is_the_same_again_also_after_a_decision(desk: Path) -> None:
    first = screen(desk, "--by", "A", "--json").json
    path = desk / "screenings" / Path(first["record"]).name
    before = path.read_bytes()
    assert screen(desk, "--by", "A", "--json").json["record"] == first["record"]
    assert path.read_bytes() == before
    told = json.loads(before)
    assert (told["by"], told["day"], told["input"]["parties"], told["lists"][0]["regime"]) == (
        *("A", "2031-02-28", 2, "un"),
    )
    assert "Pellavar" not in before.decode()
    assert path.with_suffix(".clean.csv").read_text().splitlines()[1].startswith("P,Pellavar Rail,")
    decided = ("--disposition", "false positive", "--reason", "other", "--by")
    assert screen(desk, "--decide", told["hits"][0]["hit"], *decided, "B").code == 0
    assert screen(desk, "--again", path).out == "The same screening gives the same bytes.\n"
    (desk / "ownership.csv").write_text("owner,owned,share\nSorvane Holding,Pellavar Rail,80\n")
    other = screen(desk, "--again", path)
    assert (other.code, other.out) == (1, "It is another screening: clean, hits differ.\n")


def test_two_persons_clear_a_freeze_and_the_carrier_is_free(desk: Path) -> None:
    hit = hit_of(desk)
    decided = ("--disposition", "false positive", "--reason", "its number is another", "--by")
    assert screen(desk, "--decide", hit[:8], *decided, "A").code == 0
    assert screen(desk, "--json").json["hits"][0]["state"] == "one of two reviewers"
    twice = screen(desk, "--decide", hit, *decided, "A")
    assert (twice.code, "second person" in twice.err) == (3, True)
    assert screen(desk, "--decide", hit, *decided, "B").code == 0
    done = screen(desk, "--json")
    (alert,) = done.json["hits"]
    assert (done.code, alert["state"], alert["stops"]) == (0, "false positive", False)
    assert (alert["disposition"], alert["reviewers"]) == ("false positive", ["A", "B"])


def test_a_first_false_positive_on_a_freeze_says_that_it_still_blocks(desk: Path) -> None:
    words = ("--decide", hit_of(desk), "--disposition", "false positive", "--reason", "its number is another")
    first = screen(desk, *words, "--by", "A")
    assert "It blocks until a second reviewer decides so, too" in first.out
    second = screen(desk, *words, "--by", "B", "--json").json
    assert second["second_reviewer_needed"] is False
    back = ("--disposition", "undecided", "--reason", "a new paper", "--by", "B", "--json")
    assert screen(desk, *words[:2], *back).json["second_reviewer_needed"] is False


def test_an_alert_of_a_table_is_decided_with_the_table_and_the_refusal_names_it(
    desk: Path, tmp_path: Path
) -> None:
    table = tmp_path / "firms.csv"
    table.write_text("name,kind\nSorvane Holding,company\n")
    hit = screen(desk, table, "--as", "supplier", "--by", "A", "--json").json["hits"][0]["hit"]
    words = ("--decide", hit, "--disposition", "true match", "--by", "A", "--reason", "the same")
    refused = screen(desk, *words)
    assert (refused.code, "It is an alert of firms.csv as supplier" in refused.err) == (3, True)
    assert screen(desk, table, "--as", "supplier", *words).code == 0


def test_nobody_is_cleared_by_an_old_list_and_a_licence_says_all_of_itself(desk: Path) -> None:
    hit = hit_of(desk)
    late = ("--on", "2031-03-10")
    decided = ("--disposition", "false positive", "--by", "A", "--reason", "r")
    old = screen(desk, "--decide", hit, *decided, *late)
    assert (old.code, "11 days old" in old.err) == (3, True)
    said = screen(desk, *late)
    assert "Nobody is cleared by lists older than 1 day." in said.out
    assert screen(desk, *late, "--json").json["cleared"] is False
    licence = ("--decide", hit, "--disposition", "licensed", "--by", "A", "--reason", "r", "--authority", "T")
    assert screen(desk, *licence).code == 3
    whole = ("--reference", "L-1", "--scope", "aid", "--from", "2031-02-01", "--to")
    turned = screen(desk, *licence, *whole, "2031-01-31")
    assert (turned.code, "has no day" in turned.err) == (3, True)
    assert "  blocks as" in screen(desk).out
    assert screen(desk, *licence, *whole, "2031-03-31").code == 0
    assert screen(desk, "--json").json["hits"][0]["state"] == "licensed"
    assert "  would block as" in screen(desk).out


def test_a_day_of_lists_leaves_out_no_party_and_an_as_of_day_does(desk: Path) -> None:
    """The carriers became known on 20 February."""
    settings = desk / "konvoi.toml"
    known = "".join(
        f'"{path.relative_to(desk / "submissions")}" = 2031-02-20\n'
        for path in sorted((desk / "submissions").rglob("*.csv"))
    )
    settings.write_text(f"{settings.read_text()}[known_on]\n{known}")
    assert len(screen(desk, "--on", "2031-02-28", "--json").json["hits"]) == 1
    assert len(screen(desk, "--as-of", "2031-02-28", "--json").json["hits"]) == 1
    assert len(screen(desk, "--on", "2031-02-28", "--as-of", "2031-02-10", "--json").json["hits"]) == 0


def test_a_table_without_rows_screens_nobody_and_says_so(desk: Path, tmp_path: Path) -> None:
    """Nobody may take a list of suppliers that came without its rows for a clean one."""
    (tmp_path / "bare.csv").write_text("name,kind\n")
    done = screen(desk, tmp_path / "bare.csv", "--as", "supplier")
    assert (done.code, "nobody was screened" in done.err) == (3, True)


def test_a_table_is_screened_and_no_cell_of_it_becomes_a_formula(desk: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("Company,Colour\nSorvane Holding Ltd,red\n=cmd|' /C calc'!A0,blue\n")
    done = screen(desk, table, "--as", "supplier", "--json")
    assert [(one["party"], one["blocks"]) for one in done.json["hits"]] == [("row 2", ["supplier"])]
    assert done.json["columns_unused"] == ["Colour"]
    clean = (desk / "screenings" / Path(done.json["record"]).name).with_suffix(".clean.csv")
    assert "'=cmd" in clean.read_text()
    table.write_text("Colour\nred\n")
    bare = screen(desk, table)
    assert (bare.code, "no column holds names" in bare.err) == (3, True)


def test_names_of_who_was_no_hit_are_forgotten_after_their_time(desk: Path) -> None:
    settings = desk / "konvoi.toml"
    settings.write_text(f"{settings.read_text()}[screening]\nkeep_days = 5\n")
    first = Path(screen(desk, "--json").json["record"]).name
    assert (desk / "screenings" / first).with_suffix(".clean.csv").exists()
    screen(desk, "--on", "2031-03-10")
    assert not (desk / "screenings" / first).with_suffix(".clean.csv").exists()
    assert (desk / "screenings" / first).exists()


def test_a_blocked_carrier_takes_nothing_in_the_plan_until_it_is_cleared(desk: Path) -> None:
    def lanes() -> set[str]:
        konvoi("plan", "solve", desk, "--out", desk / "plan")
        legs = (desk / "plan" / "legs.csv").read_text().splitlines()
        at = legs[0].split(",").index("lane")
        return {row.split(",")[at] for row in legs[1:]}

    assert lanes() == {"rail"}
    hit = hit_of(desk)
    for who in "AB":
        screen(desk, "--decide", hit, "--disposition", "false positive", "--by", who, "--reason", "r")
    assert lanes() == {"road"}


def test_a_new_list_screens_all_parties_and_open_plans_again(desk: Path, tmp_path: Path) -> None:
    konvoi("plan", "solve", desk, "--out", desk / "plan")
    screen(desk, "--by", "A")
    later = UN.replace("2031-02-27", "2031-02-28").replace("Sorvane Holding", "Pellavar Rail")
    (tmp_path / "un.xml").write_text(later)
    done = konvoi("sanctions", "lists", tmp_path / "un.xml", "--of", "un", "--dir", desk)
    assert "2 blocked, 2 alerts to decide" in done.out
    assert "Newly blocked since the screenings on record: Pellavar Rail." in done.out
    assert "Plan plan: 1 movement with Pellavar Rail, who is blocked; plan again." in done.out
    assert len(list((desk / "screenings").glob("*.json"))) == 3
    told = screen(desk, "--json").json
    assert [(one["plan"], one["role"], one["party"]) for one in told["open_plans"]] == [
        ("plan", "carrier", "P")
    ]
    assert told["new_hits"] == []


def test_wrong_words_are_usage(desk: Path) -> None:
    assert screen(desk, "--as", "sailor").code == 2
    assert screen(desk, "--decide", "abc").code == 2
    decided = ("--disposition", "false positive", "--by", "A", "--reason", "r")
    assert screen(desk, "--decide", "zz", *decided).code == 3


def test_an_alert_opens_again_where_the_listing_changes_and_says_what_changed(
    desk: Path, tmp_path: Path
) -> None:
    hit = hit_of(desk)
    for who in "AB":
        decided = ("--disposition", "false positive", "--by", who, "--reason", "another firm")
        assert screen(desk, "--decide", hit, *decided).code == 0
    later = UN.replace("2031-02-27", "2031-02-28").replace(
        "<FIRST_NAME>Haula Road Works</FIRST_NAME>",
        "<FIRST_NAME>Haula Road Works</FIRST_NAME><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY>"
        "<ALIAS_NAME>Haula Haulage</ALIAS_NAME></ENTITY_ALIAS>",
    )
    (tmp_path / "un.xml").write_text(later)
    assert konvoi("sanctions", "lists", tmp_path / "un.xml", "--of", "un", "--dir", desk).code == 0
    done = screen(desk, "--json")
    (alert,) = done.json["hits"]
    assert (done.code, alert["disposition"], alert["stops"]) == (1, "undecided", True)
    assert alert["earlier"].startswith("false positive, B, ")
    assert alert["reopened"] == [
        {"side": "listing", "field": "also known as", "before": "", "after": "Haula Haulage"}
    ]
    told = screen(desk).out
    assert "1 alert is open again: what it was decided on has changed." in told
    assert "listing, also known as: – → Haula Haulage" in told


def test_decisions_under_a_former_head_and_former_words_still_count(desk: Path) -> None:
    hit = hit_of(desk)
    (desk / "clearances.csv").write_text(f"hit,verdict,by,at,reason\n{hit},cleared,A,2031-02-28,r\n")
    assert screen(desk, "--json").json["hits"][0]["state"] == "one of two reviewers"
    done = screen(desk, "--decide", hit, "--verdict", "cleared", "--by", "B", "--reason", "r")
    assert (done.code, "--verdict is now called --disposition." in done.err) == (0, True)
    lines = (desk / "clearances.csv").read_text().splitlines()
    assert lines[0].endswith("party_id,seen")
    assert screen(desk, "--json").json["hits"][0]["disposition"] == "false positive"
