"""What a ledger keeps."""

from tests.ledger.ledgers import ledger

from konvoi.ledger.post import post


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
