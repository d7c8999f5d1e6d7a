"""More than one tenderer: the fewest of any process decides; a process that is silent leaves it unknown."""

from tests.fund.rebuilding import asked, fact, said

from konvoi.fund.principle import FEWEST, NOT_TOLD, SOME_NOT_TOLD, UNREADABLE
from konvoi.fund.principles.tenderers import MEMBER
from konvoi.model.oc4ids import SUMMARY, TENDERERS


def tenders(process: str, number: object) -> dict[str, object]:
    return fact(TENDERERS, number, process=process)


def test_each_process_needs_as_many_as_the_threshold() -> None:
    assert said(MEMBER, tenders("a", 4), tenders("b", 2), threshold=2) == ("met", "2")
    assert said(MEMBER, tenders("a", 4), tenders("b", 1), threshold=2) == ("not met", "1")
    assert said(MEMBER, tenders("a", 4), tenders("b", 2), threshold=3) == ("not met", "2")


def test_a_process_that_is_silent_leaves_it_unknown_unless_another_failed() -> None:
    silent = fact(f"{SUMMARY}/status", "active", process="b")
    found = MEMBER.answer(asked(tenders("a", 4), silent, threshold=2))
    assert (found.verdict, found.reason, found.value) == ("unknown", SOME_NOT_TOLD, "b")
    assert said(MEMBER, tenders("a", 1), silent, threshold=2)[0] == "not met"


def test_without_a_process_or_with_a_number_that_is_none_it_is_unknown() -> None:
    assert MEMBER.answer(asked()).reason == NOT_TOLD
    for text in ("many", "1e999999999", "NaN"):
        assert MEMBER.answer(asked(tenders("a", text))).reason == UNREADABLE


def test_its_evidence_is_the_file_that_says_so() -> None:
    found = MEMBER.answer(asked(tenders("a", 2)))
    assert (found.reason, found.behind) == (FEWEST, ("project_facts/P#b.json:1",))
