"""The rules of the standard ruleset, each kind broken once."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from tests.intake.iati.records import faults

from konvoi.intake.iati.check import Standard
from konvoi.intake.iati.checks.ruleset import rules, ruleset
from konvoi.model.finding import Severity

SECTOR = '<sector vocabulary="1" code="11110"/>'
COUNTRY = '<recipient-country code="UA"/>'


def broken(*changes: tuple[str, str]) -> dict[str, Severity]:
    return {one.values["rule"]: one.severity for one in faults(ruleset, *changes)}


def test_a_complete_activity_keeps_all_rules() -> None:
    assert broken() == {}


def test_all_rules_are_there() -> None:
    assert len(rules()) == 107


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity"),
    [
        ("12345678-P1", "12345678", "1.1.3", ERROR),
        ("UA-EDR-12345678-P1", "UA-EDR-9-P1", "1.1.21", WARNING),
        ("12345678-P1", "12345678-P/1", "1.3.13", WARNING),
        ("12345678-P1<", "12345678-P1\n<", "1.3.1", WARNING),
        ('ref="UA-EDR-12345678" type', 'ref="AGENCY-1" type', "1.14.8", WARNING),
        (SECTOR, "", "6.2.2", ERROR),
        (SECTOR, SECTOR + SECTOR, "2.1.1", ERROR),
        (
            SECTOR,
            '<sector code="11110" percentage="40"/><sector code="11120" percentage="50"/>',
            "2.1.2",
            ERROR,
        ),
        (SECTOR, '<sector code="11110" percentage="50"/>', "2.1.4", ERROR),
        (SECTOR, '<sector vocabulary="99" code="a"/>', "2.2.1", ERROR),
        (SECTOR, '<sector vocabulary="2" code="111"/>', "102.1.1", WARNING),
        (COUNTRY, "", "3.7.1", ERROR),
        (COUNTRY, '<recipient-country code="UA" percentage="101"/>', "12.1.1", ERROR),
        (COUNTRY, COUNTRY + COUNTRY, "3.1.1", ERROR),
        (' xml:lang="en"', "", "4.1.1", ERROR),
        (' default-currency="EUR"', "", "7.8.1", ERROR),
        ("2026-12-31", "2025-12-31", "11.1.2", ERROR),
        ('transaction-date iso-date="2026', 'transaction-date iso-date="2050', "11.2.1", ERROR),
        ('last-updated-datetime="2026', 'last-updated-datetime="2050', "11.1.1", ERROR),
        ('<period-end iso-date="2026', '<period-end iso-date="2028', "7.5.3", ERROR),
        ('year="2025" value="0"', 'year="2025" value="none"', "8.8.2", WARNING),
        ('year="2025" value="0"', 'year="2025"', "8.8.1", ERROR),
        ('measure="1"', 'measure="5"', "8.8.3", WARNING),
        (
            "<narrative>Boilers</narrative></description>",
            "<narrative> </narrative></description>",
            "4.4.1",
            ERROR,
        ),
    ],
)
def test_each_rule_has_the_severity_that_iati_gives_it(
    old: str, new: str, rule: str, severity: Severity
) -> None:
    assert broken((old, new)).get(rule) == severity


def test_percentages_add_up_in_each_vocabulary_by_itself() -> None:
    one = '<sector vocabulary="2" code="111" percentage="50"/>'
    two = one + '<sector vocabulary="2" code="112" percentage="{}"/>'
    assert "2.1.2" not in broken((SECTOR, SECTOR + two.format(50)))
    assert "2.1.2" in broken((SECTOR, SECTOR + two.format(40)))


def test_a_fault_has_element_line_and_column() -> None:
    (found,) = [
        one for one in faults(ruleset, ("2026-12-31", "2025-12-31")) if one.values["rule"] == "11.1.2"
    ]
    assert found.element is not None
    assert (found.element.tag, found.column, found.read) == (
        *("activity-date", "iso-date"),
        "2026-01-01 > 2025-12-31",
    )


META = {
    "at_least_one_bad": "6.8.1",
    "between_dates_bad": "11.3.1",
    "date_now_bad": "11.1.1",
    "identifiers_bad": "1.1.21",
    "one_or_all_currency_all_bad": "7.8.1",
    "one_or_all_lang_bad": "4.1.1",
    "one_or_all_lang_bad_all": "4.1.1",
    "one_or_all_org_currency_bad": "7.8.2",
    "one_or_all_sector_bad": "6.7.2",
    "recipient_region_budget_bad": "7.5.3",
    "results_indicator_baseline_value_bad": "8.8.1",
    "results_indicator_period_actual_value_bad": "8.10.1",
    "results_refs_bad": "8.11.1",
    "sector_percentage_sum_bad": "2.1.2",
    "time_limit_bad": "7.5.3",
    "total_expenditure_bad": "7.5.3",
}


@pytest.mark.real_data
def test_the_published_tests_of_rules_are_judged_as_their_names_say(real_data: Path) -> None:
    folder = real_data / "iati" / "rulesets-tests" / "meta_tests"
    told = {}
    for path in sorted(folder.glob("*.xml")):
        found = {
            fault.values["rule"]
            for record in etree.parse(path).getroot()
            for fault in ruleset(record, Standard("2.03", date(2026, 11, 29)))
        }
        told[path.stem] = found
    assert {name: rule for name, rule in META.items() if rule not in told[name]} == {}
    for name, rule in META.items():
        good = name.replace("_bad", "_good")
        assert rule not in told.get(good, set()), good
