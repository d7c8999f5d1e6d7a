"""A contract on a line item of a channel without contracts is told."""

import pytest
from tests.ledger.ledgers import ledger

from konvoi.ledger.rules.contract import contract_without_channel


@pytest.mark.parametrize(("route", "told"), [("from stock", 1), ("money", 1), ("procured", 0), (None, 0)])
def test_a_contract_is_told_where_its_channel_has_none(route: str | None, told: int) -> None:
    signed: dict[str, object] = {"package": "p", "line": "a", "route": route, "stage": "contracted"}
    word: dict[str, object] = {"package": "p", "line": "b", "route": route, "stage": "pledged"}
    found = contract_without_channel(ledger(signed, word))
    assert [(one.code, one.read) for one in found] == [("contract-without-channel", route)] * told
