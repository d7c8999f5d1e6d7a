"""What a ledger keeps."""

import polars as pl
from tests.ledger.ledgers import DAY, ledger

from konvoi.ledger.post import post
from konvoi.model.entries import frame


def test_the_same_entry_twice_stands_once() -> None:
    once = ledger({}, {})
    assert post([once.entries, once.entries]).entries.equals(once.entries)


def test_a_correction_puts_its_entry_out_of_force_and_keeps_it_readable() -> None:
    corrected = ledger({}, {"corrects": "e0", "amount_minor": 70})
    assert corrected.entries["entry"].to_list() == ["e1"]
    assert corrected.corrected["entry"].to_list() == ["e0"]
    assert corrected.findings == ()


def test_a_correction_of_nothing_and_a_second_correction_are_findings() -> None:
    odd = ledger({}, {"corrects": "e9"}, {"corrects": "e0"}, {"corrects": "e0"})
    codes = [finding.code for finding in odd.findings]
    assert codes == ["correction-unknown", "correction-twice", "correction-twice"]
    assert odd.findings[0].read == "e9"


def parties(**columns: list[str | None]) -> frozenset[str]:
    return ledger({}, parties=pl.DataFrame(columns)).funds


def test_funds_are_the_parties_of_that_kind() -> None:
    assert parties(party=["F", "AR", None], kind=["fund", "state", "fund"]) == {"F"}
    assert parties(party=["F"], kind=["fund"], name=["Fund"]) == {"F"}
    assert parties(party=["F"]) == frozenset()
    assert ledger({}).funds == frozenset()


def test_a_correction_takes_the_place_of_the_entry_that_it_corrects() -> None:
    made = ledger({}, {"corrects": "e0", "amount_minor": 300}, {"amount_minor": 5})
    assert made.entries["entry"].to_list() == ["e1", "e2"]
    assert made.corrected["entry"].to_list() == ["e0"]
    assert made.findings == ()


def test_corrections_that_lead_nowhere_or_meet_are_findings_at_their_rows() -> None:
    place: dict[str, object] = {"submission": "s.xlsx", "sheet": "P"}
    made = ledger({}, {"corrects": "e9", "row": 4} | place, *({"corrects": "e0"} | place for _ in range(2)))
    told = [(one.code, one.read, one.place.sheet, one.place.row) for one in made.findings]
    assert told == [
        ("correction-unknown", "e9", "P", 4),
        ("correction-twice", "e0", "P", 0),
        ("correction-twice", "e0", "P", 0),
    ]


def test_ages_of_documents_go_before_the_days_on_which_entries_became_known() -> None:
    def stated(ages: tuple[int, ...]) -> int:
        usual: dict[str, object] = {"source": "AR", "package": "P", "reference": "P", "stage": "pledged"}
        rows = [
            usual | {"entry": f"e{n}", "amount_minor": n, "known_on": DAY, "submission": str(n)}
            for n in (1, 2)
        ]
        return int(post([frame([row]) for row in rows], ages=ages).entries["amount_minor"][0])

    assert (stated((1, 2)), stated((2, 1)), stated(())) == (2, 1, 1)
