"""The chapter on screening: counts for all, hits for the coalition, the age of a list in red with a sign."""

from dataclasses import replace
from datetime import date

import polars as pl
from tests.report import cases
from tests.report.cases import case

from konvoi.report.alarm import Alarm
from konvoi.report.brief import brief
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.page import Section
from konvoi.report.reports.screening import section
from konvoi.report.sanctions.evidence import SENTENCES, evidence
from konvoi.report.sanctions.screened import AGES, HITS, SUM
from konvoi.report.writers.html import HTML

ENGLISH = Language("en")
DAY = date(2031, 3, 3)


def hit(party: str, said: str = "match", **more: object) -> dict[str, object]:
    """A hit on the list of the EU."""
    told = {
        "hit": f"h-{party}",
        "party": party,
        "name": f"={party} Ltd",
        "said": said,
        "how": "name",
        "score": 0.97,
    }
    told |= {"state": "undecided", "stops": said == "match", "blocks": ["carrier"] if said == "match" else []}
    told |= {"regime": "eu", "reference": "A 1", "listed": "Listed Ltd", "day": date(2031, 2, 27), "age": 4}
    told |= {"measures": ["asset freeze"], "stands": ["in force"], "marking": "coalition"}
    return told | {"for": ["births:day"], "against": [], "chain": [], "reason": ""} | more


def screened(*hits: dict[str, object], age: int = 4, most: int = 30, parties: int = 5) -> Case:
    """A case in which some of five parties are hits."""
    stops = sum(bool(one["stops"]) for one in hits)
    row = (DAY, parties, stops, stops, len(hits) - stops, parties - len(hits), most)
    tables = {
        "screening_sum": pl.DataFrame([row], schema=SUM, orient="row"),
        "screening_ages": pl.DataFrame([("eu", date(2031, 2, 27), age)], schema=AGES, orient="row"),
        "screening_hits": pl.DataFrame([{n: one.get(n) for n in HITS} for one in hits], schema=HITS),
    }
    return replace(case(), tables=cases.tables() | tables)


def told(found: Section) -> list[str]:
    return [ENGLISH.text(one) for one in found.answer]


def test_the_first_sentence_counts_and_the_second_tells_the_age_of_the_oldest_list() -> None:
    assert told(section(screened(hit("H"), hit("P", "expired")))) == [
        "5 suppliers, carriers, hulls and consignees were screened on 3 Mar 2031: 1 blocked, alerts to "
        "decide 1, only warned of 1, found in no list in force 3.",
        "The oldest list, European Union, is 4 days old; this workspace allows 30, others one.",
    ]
    assert "more than 3, so nobody is cleared by it." in told(section(screened(hit("H"), most=3)))[1]
    assert len(told(section(screened(hit("H"), age=1)))) == 1


def test_a_number_is_called_by_what_it_is_in_each_language() -> None:
    row = (
        section(screened(hit("H") | {"how": "number", "for": ["identifier:imo-ship:9074729"]}))
        .tables[1]
        .rows[0]
    )
    german, ukrainian = (([Language(code).text(value) for value in row]) for code in ("de", "uk"))
    assert (german[1], german[6]) == (
        "Treffer (Kennnummer)",
        "dieselbe Nummer (IMO-Nummer des Schiffs): 9074729",
    )
    assert (ukrainian[1], "(номер ІМО судна)" in ukrainian[6]) == ("збіг (ідентифікаційний номер)", True)


def test_a_row_says_score_evidence_list_age_and_what_it_blocks() -> None:
    table = section(screened(hit("H"))).tables[1]
    cells = [ENGLISH.text(value) for value in table.rows[0]]
    assert cells[:11] == [
        *("=H Ltd", "match (name)", "97 %".replace(" ", "\xa0"), "European Union: A 1 Listed Ltd", "4"),
        *("asset freeze (in force)", "born on the same day", "nothing", "carrier", "undecided", "h-H"),
    ]
    assert isinstance(table.rows[0][4], Alarm)


def test_nobody_found_is_said_with_no_more_than_that_and_no_lists_in_one_line() -> None:
    assert ENGLISH.text(section(screened()).tables[1].empty).startswith(
        "No party was found on a list in force"
    )
    bare = section(replace(case(), tables=cases.tables()))
    assert (len(bare.answer), bare.tables) == (1, ())
    assert told(bare)[0].startswith("Not screened: no sanctions lists are imported")
    broken = replace(case(), tables=cases.tables() | {"screening_sum": pl.DataFrame(schema=SUM)})
    assert "cannot be read" in told(section(broken))[0]


def test_an_alarm_is_red_with_a_sign_in_the_page_and_a_plain_number_elsewhere() -> None:
    page = brief(screened(hit("H")), "coalition")
    part = tuple(part for part in page.sections if part.id == "screening")
    one = replace(page, sections=part, shown=None)
    text = next(iter(HTML.write(one, "en").values())).decode()
    assert '<strong class="alarming">⚠ 4</strong> days old' in text
    assert "=H Ltd" in text
    assert ENGLISH.text(Alarm(4)) == "4"


def test_evidence_is_told_in_words_and_what_is_strange_as_it_stands() -> None:
    assert {text: ENGLISH.text(evidence(text)) for text in SENTENCES} == SENTENCES
    assert ENGLISH.text(evidence("name:A|B|C:0.5")) == "similarity of names 50\xa0%: A|B – C"
    differ = "the names differ, only the number is the same: A – B"
    assert ENGLISH.text(evidence("name:A|B:0.0")) == differ
    assert ENGLISH.text(evidence("owned:55|>= 50")) == "listed owners hold 55 %; threshold >= 50 %"
    assert "share of listed owners not stated; threshold > 50 %" in ENGLISH.text(evidence("owned:0|> 50"))
    assert ENGLISH.text(evidence("strange:{what}")) == "strange:{what}"
    assert ENGLISH.text(evidence("conflict:imo-ship:1|2")).endswith("of which a party has one: 1, 2")
