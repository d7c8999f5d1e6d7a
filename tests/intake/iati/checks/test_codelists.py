"""A code is looked up in the list of its attribute and vocabulary."""

import pytest
from tests.intake.iati.records import faults

from konvoi.intake.iati.checks.codelists import code_lists, codelists
from konvoi.model.finding import Severity


def test_a_complete_activity_has_no_fault() -> None:
    assert faults(codelists) == []


@pytest.mark.parametrize(
    ("old", "new", "read", "name"),
    [
        ('type="10"><narrative>A', 'type="11a"><narrative>A', "11a", "OrganisationType"),
        ('activity-status code="2"', 'activity-status code="9"', "9", "ActivityStatus"),
        ('vocabulary="1" code="11110"', 'code="1"', "1", "Sector"),
        ('vocabulary="1" code="11110"', 'vocabulary="2" code="11110"', "11110", "SectorCategory"),
        ('vocabulary="1" code="11110"', 'vocabulary="77" code="x"', "77", "SectorVocabulary"),
        ('xml:lang="en"', 'xml:lang="english"', "english", "Language"),
        ('default-currency="EUR"', 'default-currency="EURO"', "EURO", "Currency"),
        ('recipient-country code="UA"', 'recipient-country code="UKR"', "UKR", "Country"),
        ('transaction-type code="3"', 'transaction-type code="D"', "D", "TransactionType"),
    ],
)
def test_a_code_that_is_on_no_list_is_an_error(old: str, new: str, read: str, name: str) -> None:
    (found,) = faults(codelists, (old, new))
    assert (found.severity, found.code, found.read, found.values["list"]) == (
        *(Severity.ERROR, "iati-code-unknown"),
        *(read, name),
    )


def test_a_code_of_the_reporter_s_own_vocabulary_is_on_no_list_of_iati() -> None:
    assert faults(codelists, ('vocabulary="1" code="11110"', 'vocabulary="99" code="our-own"')) == []


def test_lists_have_their_codes() -> None:
    assert {name: len(code_lists()[name]) for name in ("Sector", "TransactionType", "Country")} == {
        "Sector": 325,
        "TransactionType": 13,
        "Country": 251,
    }
