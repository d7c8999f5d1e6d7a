"""The page of what-if: what each scenario costs, how sure that is, what to do first, who loses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from tests.report.cases import case
from tests.report.world import DAY, table

from konvoi.plan.difference import difference
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Outcome
from konvoi.plan.scenario import Later, Scenario, Shut, Without
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.planning.scenario_assumptions import supposed
from konvoi.report.planning.scenario_result import Tried, part_of, section, todo
from konvoi.report.planning.what_if import pages

WEEK = timedelta(weeks=1)


def force() -> Plan:
    plan = case().plan
    assert plan is not None
    return plan


def without(*ids: str, value: int = 60, bound: int = 70) -> Plan:
    """The plan in force without some movements, whose quantities come to nobody else."""
    plan = force()
    kept = plan.movements.filter(~plan.movements["movement"].is_in(ids))
    lost = plan.movements.filter(plan.movements["movement"].is_in(ids)).select("need", "quantity")
    more = [
        {"need": need, "quantity": quantity, "cause": "no-route", "parameters": "{}"}
        for need, quantity in lost.iter_rows()
    ]
    unmet = plan.unmet.vstack(plan.unmet.clear().vstack(type(plan.unmet)(more, schema=plan.unmet.schema)))
    return replace(plan, value=Decimal(value), bound=Decimal(bound), movements=kept, unmet=unmet)


def tried(after: Plan, scenario: Scenario | None = None, **more: object) -> Tried:
    tables = case().tables
    found = scenario or Scenario("crossing shut", shut=(Shut("XNG", DAY, DAY + WEEK),))
    close = Outcome(after, difference(force(), after, tables))
    free = more.pop("independent", after)
    assert isinstance(free, Plan)
    independent = close if free is after else Outcome(free, difference(force(), free, tables))
    return Tried(found, tables, close, independent, **more)  # type: ignore[arg-type]


def answer(one: Tried, code: str = "en") -> list[str]:
    language = Language(code)
    return [language.text(sentence) for sentence in section(case(), force(), one, "s1").answer]


def test_the_first_sentence_says_what_the_scenario_costs() -> None:
    """From 100 to 60 is 40 % less; four of the five movements stay."""
    told = answer(tried(without("M5")))
    assert told[0] == "Close to the plan in force: value 60 instead of 100, 40 % less."
    assert told[1] == "Needs that lose: 1; that gain: 0. Consignments that stay as they are: 4 of 5."


def test_what_is_proven_of_a_loss_is_said_and_what_is_not_too() -> None:
    """No plan above 70: at least 30 of the 40 are lost for good. With a bound of 110 nothing is proven."""
    assert "At least 75 % of the loss cannot be planned away: no plan can be worth more than 70." in answer(
        tried(without("M5", bound=70))
    )
    [open_] = [one for one in answer(tried(without("M5", bound=110))) if "not proven" in one]
    assert open_.endswith("none can be worth more than 110.")


def test_a_better_plan_although_nothing_was_added_is_told_as_what_it_is() -> None:
    better = replace(force(), value=Decimal(104))
    assert any("Plan again before you decide" in one for one in answer(tried(better, only_less=True)))
    assert not any("Plan again before you decide" in one for one in answer(tried(better)))
    assert answer(tried(better))[0] == "Close to the plan in force: value 104 instead of 100, 4 % more."


def test_a_scenario_that_changes_nothing_says_so_above_empty_tables() -> None:
    found = section(case(), force(), tried(force()), "s1")
    assert (
        Language("en").text(found.answer[0])
        == "Close to the plan in force: value 100, as much as the plan in force."
    )
    assert [table.rows for table in found.tables] == [(), ()]
    assert found.charts == ()


def test_what_to_do_first_is_told_by_day_with_whose_it_is_and_for_whom() -> None:
    """M5 is the only change: Dorrest's fuel does not leave in the fourth week."""
    told = answer(tried(without("M5")))
    assert told[-2:] == [
        "First change of the close plan, within a week from 23 Mar 2026: 1.",
        "23 Mar 2026, do not send: 60 t diesel fuel, Dorrest, for Karsk (Карськ).",
    ]


def test_only_changes_of_the_first_week_are_named_and_no_more_than_five() -> None:
    """All five movements are gone; two leave within a week from the first day."""
    told = answer(tried(without("M1", "M2", "M3", "M4", "M5", value=0)))
    head = next(at for at, one in enumerate(told) if one.startswith("First change"))
    first = force().movements["departs"].min()
    assert isinstance(first, date)
    within = force().movements.filter(force().movements["departs"] < first + WEEK).height
    assert len(told) - head - 1 == within


def test_of_more_changes_than_are_named_it_says_how_many_more_there_are() -> None:
    one = tried(without("M5"))
    found = one.close.difference
    more = replace(one.close, difference=replace(found, moves=pl.concat([found.moves] * 9)))
    many = replace(one, close=more, independent=more)
    assert answer(many)[-1] == "And 4 more, in the table of consignments that change."
    assert len(answer(many)) == len(answer(one)) + 5


def test_a_loss_that_is_proven_in_full_is_said_without_a_share() -> None:
    """Worth 60 instead of 100, and no plan is worth more than 60."""
    told = answer(tried(without("M5", bound=60)))
    assert "The loss cannot be planned away: no plan can be worth more than 60." in told


def move(**named: object) -> Mapping[str, object]:
    same = {"change": "changed", "quantity": 2, "departs": DAY, "way": "a"}
    return same | {f"{name}_before": same[name] for name in ("quantity", "departs", "way")} | named


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (move(change="gone"), "do not send"),
        (move(change="new"), "send"),
        (move(way="b", departs=DAY + WEEK), "send by another way"),
        (move(departs=DAY + WEEK, quantity=9), "send later"),
        (move(departs=DAY - WEEK), "send earlier"),
        (move(quantity=9), "send more"),
        (move(quantity=1), "send less"),
    ],
)
def test_what_becomes_of_a_consignment_is_one_word(row: dict[str, object], what: str) -> None:
    assert todo(row).id == what


@pytest.mark.parametrize(
    ("change", "whole", "said"), [("-40", "100", "40.0"), ("0.123", "100", "0.12"), ("5", "0", "0.00")]
)
def test_small_shares_are_told_more_exactly(change: str, whole: str, said: str) -> None:
    assert str(part_of(Decimal(change), Decimal(whole))) == said


def test_the_needs_that_lose_are_drawn_as_what_is_left_of_what_came() -> None:
    """N3, of weight 2, lacks nothing of its 90 t in the plan in force, and 60 t then: 60 of 180 are left."""
    [bars] = section(case(), force(), tried(without("M5")), "s1").charts
    [bar] = bars.bars  # type: ignore[union-attr]
    assert bar.outline is not None
    assert (bar.levels[0][0].value, bar.outline.value) == (60, 180)


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario("x", shut=(Shut("XNG"),)), "Shut: Mell Crossing, the whole time."),
        (
            Scenario("x", shut=(Shut("L1", DAY),)),
            "Shut: Arven Depot → Mell Crossing (L1), from 2 Mar 2026 on.",
        ),
        (
            Scenario("x", without=(Without("ARV", DAY, DAY + WEEK),)),
            "Sends and buys nothing: Arvenia, from 2 Mar 2026 to 9 Mar 2026.",
        ),
        (
            Scenario("x", without=(Without("ARV", None, DAY),)),
            "Sends and buys nothing: Arvenia, until 2 Mar 2026.",
        ),
        (Scenario("x", later=(Later("O1", 1),)), "Later by 1 week: O1, Arvenia."),
        (Scenario("x", later=(Later("O1", -3),)), "Earlier by 3 weeks: O1, Arvenia."),
        (
            Scenario(
                "x",
                added={
                    "offers": table(
                        "offers",
                        [
                            {
                                "offer": "O9",
                                "party": "BRE",
                                "good": "tent",
                                "quantity": Decimal(5),
                                "site": "DEP2",
                            }
                        ],
                    )
                },
            ),
            "Added: 5 pieces family tent, Breland, Port of Bre.",
        ),
        (
            Scenario("x", added={"lanes": table("lanes", [{"lane": "L9"}])}),
            "Added: 1 row of the table “lanes”.",
        ),
    ],
)
def test_each_thing_that_is_supposed_is_a_sentence(scenario: Scenario, said: str) -> None:
    assert [Language("en").text(one) for one in supposed(Names(case()), scenario, ())] == [said]


def test_a_delay_of_money_that_is_there_already_is_said_to_change_nothing() -> None:
    found = supposed(Names(case()), Scenario("x", later=(Later("B", 2),)), ("B",))
    assert "a delay changes nothing" in Language("en").text(found[-1])


def test_there_is_a_page_in_each_language_marked_for_the_cell() -> None:
    found = pages(case(), force(), [tried(without("M5"))], languages=("en", "de", "uk"))
    assert sorted(found) == ["what-if.de.html", "what-if.en.html", "what-if.uk.html"]
    german = found["what-if.de.html"].decode()
    assert "40 % weniger" in german
    assert 'href="what-if.uk.html"' in german
    assert "nur für die Koordinierungszelle" in german


def test_every_figure_that_rests_on_a_row_opens_it_and_no_other_row_is_on_the_page() -> None:
    """The fuel's need and offer stand behind the figures, with file, sheet and row; tents do not."""
    [page] = pages(case(), force(), [tried(without("M5"))], languages=("en",)).values()
    entries = page.decode().split('id="entries"')[1]
    assert "N3" in entries
    assert "O3" in entries
    assert "N2" not in entries


def test_several_scenarios_are_set_beside_one_another_the_worst_named() -> None:
    mild, hard = tried(without("M2", value=90)), tried(without("M5"), Scenario("hard"))
    [page] = pages(case(), force(), [mild, hard], languages=("en",)).values()
    text = page.decode()
    assert "“<a" in text
    assert "costs most: 40 % of the plan in force" in text
    assert text.index('id="scenarios"') < text.index('id="s1"') < text.index('id="s2"')


def test_that_the_tables_have_changed_since_is_said_before_all_else() -> None:
    told = "The tables have changed since the plan in force was made"
    for parts in ([tried(without("M5"))], [tried(without("M5")), tried(force())]):
        for stale in (True, False):
            [page] = pages(case(), force(), parts, languages=("en",), stale=stale).values()
            assert (told in page.decode()) is stale


def test_the_name_of_a_scenario_is_no_markup() -> None:
    name = '<script>alert("x")</script>'
    [page] = pages(case(), force(), [tried(without("M5"), Scenario(name))], languages=("en",)).values()
    assert name not in page.decode()


def test_a_better_plan_that_is_not_close_stands_beside_the_close_one() -> None:
    """Close 60, independent 90: both values, both tables of consignments, and the price of staying close."""
    one = tried(without("M5"), independent=replace(force(), value=Decimal(90)))
    told = answer(one)
    assert told[0] == "Close to the plan in force: value 60 instead of 100, 40 % less."
    assert told[2] == "Independent of it: value 90 instead of 100, 10 % less."
    assert "Staying close costs 30, 33.3 % of the independent plan." in told
    found = section(case(), force(), one, "s1")
    assert {table.id for table in found.tables} >= {"s1-moves", "s1-independent-moves"}


def test_where_no_better_plan_was_found_one_answer_says_so() -> None:
    told = answer(tried(without("M5")))
    assert "Staying close costs nothing: no better plan was found." in told
    assert not any(one.startswith("Independent") for one in told)
