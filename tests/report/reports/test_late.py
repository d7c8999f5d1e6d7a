"""What is likely to come late, in a brief."""

from dataclasses import replace
from datetime import date

from tests.report.cases import case, entry

from konvoi.model.entries import frame
from konvoi.report.language import Language
from konvoi.report.reports.late import section

ENGLISH = Language("en")


def test_the_answer_counts_what_is_overdue_and_of_what_nothing_tells_when_it_comes() -> None:
    rows = frame(
        [entry("E00", "ARV", "committed", 1, line="a", route="from stock", promised=date(2026, 2, 1))]
    )
    found = section(replace(case(), entries=rows))
    assert ENGLISH.text(found.answer[0]) == (
        "1 line open, promised for a day that has passed, comes within 30 days, or will be missed: "
        "1 line overdue. Of 1 line nothing tells when they will arrive."
    )
    said = [ENGLISH.text(value) for value in found.tables[0].rows[0]]
    assert said[3:9] == ["committed", "1 Feb 2026", "1 Feb 2026", "no basis", "no basis", "no basis"]
    assert said[10] == "very likely (100\u00a0%)"
    assert said[15:] == ["Arvenia (giver)", "allocated"]


def test_where_nothing_is_late_it_says_so() -> None:
    found = section(replace(case(), entries=case().entries.clear()))
    assert ENGLISH.text(found.answer[0]).startswith("No open line has a promised day that has passed")
