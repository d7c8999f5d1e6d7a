"""What counted once, between which figures the total lies, and the error with its basis."""

import polars as pl
from tests.report.cases import case, relations

from konvoi.model.entries import RELATIONS, frame
from konvoi.reconcile.error import LEAST
from konvoi.reconcile.random_sample import LABELLED
from konvoi.report.language import Language
from konvoi.report.matching.judged import stated_error
from konvoi.report.page import Section
from konvoi.report.render import render
from konvoi.report.reports.duplicates import section

ENGLISH = Language("en")


def same(status: str) -> pl.DataFrame:
    pair = {"left": "E06", "right": "E11", "relation": "same_as", "status": status, "probability": 0.9}
    return frame([pair], RELATIONS)


def drawn(count: int, verdict: str = "same") -> pl.DataFrame:
    """So many decisions on pairs of Arvenia and Breland at a probability of 0.9, drawn by chance."""
    rows = [("E01", "E06", "same_as", verdict, 0.9, True, False)] * count
    return pl.DataFrame(rows, schema=LABELLED, orient="row")


def said(found: Section) -> list[str]:
    return [ENGLISH.text(message) for message in found.answer]


def test_the_section_says_between_which_figures_the_total_lies() -> None:
    assert (
        "De-duplicated total (pledged): EUR 287.0 m, by the review decisions so far; range EUR 279.0 m "
        "to EUR 287.0 m." in said(section(case()))
    )


def test_what_is_counted_once_stands_with_the_report_that_counts() -> None:
    """Breland's 80 m and Dorrest's 30 m are one: 80 m are left out, as in the total itself."""
    found = section(case(relations=same("accepted")))
    assert "1 confirmed duplicate; double counting avoided: EUR 80.0 m." in said(found)
    table = next(one for one in found.tables if one.id == "counted-once")
    assert [ENGLISH.text(cell)[:7] for cell in table.rows[0]] == ["EUR 80.", "Breland", "Dorrest", "the sam"]


def test_where_nothing_is_counted_once_the_table_says_so() -> None:
    table = next(one for one in section(case()).tables if one.id == "counted-once")
    assert (table.rows, ENGLISH.text(table.empty)) == ((), "No confirmed duplicates.")


def test_below_a_stated_number_of_pairs_there_is_no_basis_for_an_error() -> None:
    told, table = stated_error(case(labelled=drawn(LEAST - 1)))
    assert ENGLISH.text(told[0]).startswith("Error rate of the matching: not computed; 19 of at least 20")
    assert [ENGLISH.text(cell) for cell in table.rows[0][3:7]] == ["19", "17.1", "0", "not computed"]


def test_the_error_stands_with_its_interval_and_its_number_by_partner_and_by_script() -> None:
    """Twenty pairs, five judged otherwise: a quarter."""
    made = case(labelled=pl.concat([drawn(15), drawn(5, "different")]))
    told, table = stated_error(made)
    assert ENGLISH.text(told[0]) == (
        "Error rate of the matching: 25\u00a0% of 20 randomly drawn pairs "
        "(95 % interval 11\u00a0% to 47\u00a0%)."
    )
    assert [ENGLISH.text(row[0]) for row in table.rows] == [
        "all",
        "Arvenia",
        "Breland",
        "script: not stated",
    ]


def test_the_page_holds_all_three_tables_in_each_language() -> None:
    made = case(relations=pl.concat([relations(), same("accepted")]), labelled=drawn(25))
    files = render(made, languages=("de", "uk"), full=True)
    assert "Bestätigte Dubletten" in files["brief.de.html"].decode()
    assert "Помилки зіставлення" in files["brief.uk.html"].decode()
