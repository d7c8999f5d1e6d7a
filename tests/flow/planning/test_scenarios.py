"""What a person supposes, in words of the command line or of a TOML file, becomes scenarios."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.load_workspace import gathering
from konvoi.flow.name_lookup import Unknown
from konvoi.flow.planning.problem import problem
from konvoi.flow.planning.scenarios import Ground, Words, meant, typed, written
from konvoi.flow.workspace import workspace as opened
from konvoi.gateways.refusal import Refused
from konvoi.plan.scenario import Later, Scenario, Shut, Without

LANES = (
    "lane,from,to,mode,days_p10,days_p50,days_p90",
    "road,port,town,road,2,3,6",
    "rail,port,town,rail,2,4,6",
    "back,town,port,road,2,3,6",
)
BUDGETS = ("budget,party,day,amount,currency,good,price", "B-1,AR,2031-03-01,100.00,EUR,,")
Meaning = Callable[..., Scenario]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    work = opened(workspace(tmp_path_factory.mktemp("scenarios") / "w", lanes=LANES, budgets=BUDGETS))
    gathered = gathering(work)
    return Ground(problem(gathered).tables, gathered, work.settings)


@pytest.fixture
def of(ground: Ground) -> Meaning:
    def found(**words: object) -> Scenario:
        return meant(Words("x", **words), ground)[0]  # type: ignore[arg-type]

    return found


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("road", ["road"]),
        ("port", ["port"]),
        ("Port", ["port"]),
        ("Port - Town", ["rail", "road"]),
        ("port → town", ["rail", "road"]),
        ("town->port", ["back"]),
    ],
)
def test_a_lane_a_site_or_the_two_ends_of_lanes_are_closed(of: Meaning, typed: str, ids: list[str]) -> None:
    assert [one.on for one in of(close=(typed,)).shut] == ids


@pytest.mark.parametrize("typed", ["nowhere", "port - nowhere", "road - rail", ""])
def test_a_place_that_is_none_is_refused(of: Meaning, typed: str) -> None:
    with pytest.raises(Unknown, match="close: "):
        of(close=(typed,))


def test_a_place_that_is_all_but_one_is_named(of: Meaning) -> None:
    with pytest.raises(Unknown, match="Did you mean road"):
        of(close=("raod",))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("", "", (None, None)),
        ("2031-W12", "2031-W12", (date(2031, 3, 17), date(2031, 3, 23))),
        ("2031w12", "", (date(2031, 3, 17), None)),
        ("", "2031-03-19", (None, date(2031, 3, 19))),
    ],
)
def test_a_week_means_its_monday_at_the_start_and_its_sunday_at_the_end(
    of: Meaning, first: str, last: str, days: tuple[date | None, date | None]
) -> None:
    found = of(close=("road",), without=("AR",), first=first, last=last)
    assert found.shut == (Shut("road", *days),)
    assert found.without == (Without("AR", *days),)


@pytest.mark.parametrize("typed", ["W12", "2031-W60", "12", "next week"])
def test_a_day_that_is_none_is_refused_with_how_to_write_one(of: Meaning, typed: str) -> None:
    with pytest.raises(Unknown, match="a week such as 2031-W12"):
        of(close=("road",), first=typed)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"close": ("road",), "first": "2031-W12", "last": "2031-W10"}, "before it begins"),
        ({"delay": ("B-1:4",), "first": "2031-W12"}, "from and to say when"),
        ({}, "supposes nothing"),
    ],
)
def test_what_contradicts_itself_is_refused(of: Meaning, words: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        of(**words)


def test_a_partner_is_known_by_its_id_or_its_name_if_it_gives_anything(of: Meaning) -> None:
    """BO, the recipient, is known but offers and pays nothing."""
    assert of(without=("AR",)).without == (Without("AR"),)
    with pytest.raises(Unknown, match=r"none of AR"):
        of(without=("BO",))


def test_a_budget_or_an_offer_comes_so_many_weeks_later_or_earlier(of: Meaning) -> None:
    found = of(delay=("B-1:4", "O-2:-1"))
    assert found.later == (Later("B-1", 4), Later("O-2", -1))


@pytest.mark.parametrize("typed", ["B-1", "B-1:", "B-1:0", "B-1:two", ":4", "B-9:4", "B-1:9999"])
def test_a_delay_that_is_none_is_refused(of: Meaning, typed: str) -> None:
    with pytest.raises(Unknown, match="delay: "):
        of(delay=(typed,))


def test_a_csv_of_any_name_holds_offers_and_one_of_a_tables_name_that_tables_rows(
    of: Meaning, tmp_path: Path
) -> None:
    (tmp_path / "more.csv").write_text("offer,party,good,quantity,site\nO-9,AR,tent,7,port\n")
    (tmp_path / "lanes.csv").write_text("lane,from,to,mode,days_p50\nsea,port,town,sea,9\n")
    found = of(add=(tmp_path / "more.csv", tmp_path / "lanes.csv")).added
    assert found["offers"].select("offer", "quantity").rows() == [("O-9", Decimal(7))]
    assert found["lanes"]["lane"].to_list() == ["sea"]
    assert found["offers"]["_file"].to_list() == [str(tmp_path / "more.csv")]


@pytest.mark.parametrize(
    ("content", "why"),
    [("", "more.csv: nothing in it"), ("colour\nred\n", "more.csv: nothing in it"), (None, "no such file")],
)
def test_a_file_of_which_nothing_can_be_planned_is_refused_with_its_name(
    of: Meaning, tmp_path: Path, content: str | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "more.csv").write_text(content)
    with pytest.raises(Refused, match=why):
        of(add=(tmp_path / "more.csv",))


def test_packages_alone_are_refused_for_no_plan_uses_them(of: Meaning, tmp_path: Path) -> None:
    (tmp_path / "packages.csv").write_text("package,party,day,kind\nP-9,AR,2031-01-01,humanitarian\n")
    with pytest.raises(Refused, match="nothing in it can be planned"):
        of(add=(tmp_path / "packages.csv",))


def test_what_is_wrong_in_an_added_file_is_told_with_the_files_name(ground: Ground, tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("offer,party,good,quantity,site\nO-9,AR,tent,7,port\nO-8,AR,tent,4O,port\n")
    _, findings = meant(Words("x", add=(path,)), ground)
    assert [(one.place.file, one.place.row, one.place.column) for one in findings] == [
        (str(path), 3, "quantity")
    ]


def test_options_are_one_scenario_named_after_them_and_none_is_none() -> None:
    nothing = {"close": (), "without": (), "delay": (), "add": (), "first": "", "last": ""}
    assert typed(**nothing) == ()
    [found] = typed(**nothing | {"close": ("road",), "add": (Path("a/b.csv"),)})
    assert found.name == "close road, add b.csv"


def test_a_toml_file_has_a_scenario_for_each_table_with_files_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "winter.toml"
    path.write_text(
        '[frost]\nclose = "road"\nfrom = "2031-W12"\n'
        '["no AR"]\nwithout = ["AR"]\nadd = ["more.csv"]\nto = 2031-03-19\n'
    )
    assert written(path) == (
        Words("frost", close=("road",), first="2031-W12"),
        Words("no AR", without=("AR",), add=(tmp_path / "more.csv",), last="2031-03-19"),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no scenario in it"),
        ("close = 'road'\n", "stands in no table"),
        ("[x\n", "not TOML"),
        ("[x]\nclose = 3\n", "not a list of texts"),
        ("[x]\nclose = [3]\n", "not a list of texts"),
    ],
)
def test_a_file_that_says_nothing_is_refused_with_the_remedy(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "s.toml").write_text(text)
    with pytest.raises(Refused, match=why):
        written(tmp_path / "s.toml")


def test_a_misspelt_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[x]\nwithuot = "AR"\n')
    with pytest.raises(Unknown, match="Did you mean without"):
        written(tmp_path / "s.toml")
