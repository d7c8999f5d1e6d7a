"""Projects for readers who may not see all that they rest on."""

from dataclasses import replace

import polars as pl
from tests.fund.rebuilding import DAY, SENDERS, attested, fact, money, principle, project, rebuilt
from tests.fund.test_twice import AGAIN, SCHOOL
from tests.report.cases import case
from tests.report.drawn import projects_drawn

from konvoi.fund.project_sound import project_faults
from konvoi.fund.twice import twice
from konvoi.model.oc4ids import TENDERERS
from konvoi.report.audience import visible
from konvoi.report.case import Case

Row = dict[str, object]
TWO = [project("P"), project("Q", title="Water works", cost=7)]
RULES = [principle("demined"), principle("accessible")]
TOLD = [attested("demined"), attested("accessible")]


def made(*facts: Row, **rows: list[Row]) -> Case:
    usual = {"projects": TWO, "principles": RULES, "attestations": TOLD, "decisions": []}
    known = rebuilt(*facts, **{**usual, **rows})
    name = case().documents["name"][0]
    senders = {name: "XV"}
    placed = {one: found.with_columns(_file=pl.lit(name)) for one, found in known.items()}
    pairs = twice(placed)
    shown = projects_drawn(placed, DAY, senders)
    told = project_faults(placed, pairs, DAY, senders)
    return replace(case(), day=DAY, tables={**case().tables, **placed, **shown}, findings=told)


def seen(known: Case, name: str, column: str, audience: str = "public") -> list[object]:
    return visible(known, audience).tables[name][column].to_list()


def test_what_is_public_is_all_seen() -> None:
    known = made(fact(TENDERERS, 2, process="a"))
    for name in ("project_standing", "project_answers", "project_facts"):
        assert visible(known).tables[name].height == known.tables[name].height > 0, name


def test_a_hidden_attestation_takes_its_answer_and_the_counts_with_it() -> None:
    """Else its verdict could be reckoned from the sums."""
    known = made(attestations=[TOLD[0], {**TOLD[1], "marking": "own"}])
    answers = visible(known).tables["project_answers"]
    assert ("P", "accessible") not in list(answers.select("project", "principle").iter_rows())
    assert seen(known, "project_standing", "project") == ["Q"]
    assert visible(known, "coalition").tables["project_standing"].height == 1


def test_a_hidden_payment_takes_the_sums_of_its_project_with_it() -> None:
    rows = [money("committed", 900), money("paid", 5, marking="coalition")]
    known = made(financing=rows)
    assert seen(known, "project_standing", "project") == ["Q"]
    assert sorted(map(str, seen(known, "project_standing", "project", "coalition"))) == ["P", "Q"]


def test_a_hidden_project_takes_its_money_facts_pair_and_findings_with_it() -> None:
    known = made(
        fact(TENDERERS, 2, "A", process="a"),
        projects=[{**SCHOOL, "marking": "coalition"}, AGAIN],
        financing=[money("committed", 900, "A")],
        attestations=[],
    )
    public = visible(known)
    assert public.tables["project_twice"].is_empty()
    assert public.tables["financing"].is_empty()
    assert public.tables["project_facts"].is_empty()
    assert "project-funded-twice" in {one.code for one in known.findings}
    assert {one.code for one in public.findings} == {"community-unknown"} & {
        one.code for one in public.findings
    }
    assert all("A" not in one.values.values() for one in public.findings)


def test_the_sender_of_a_file_is_named_where_it_is_read() -> None:
    """Without it nobody vouches for the attestations: the case above would prove nothing."""
    assert {case().documents["name"][0]: "XV"} != SENDERS
    assert set(made().tables["project_answers"].filter(project="P")["verdict"]) == {"met"}
