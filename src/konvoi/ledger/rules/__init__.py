"""The rules of the ledger, in the order in which their findings are shown."""

from konvoi.ledger.rule import Rule
from konvoi.ledger.rules.children import parts_above_whole
from konvoi.ledger.rules.contract import contract_without_channel
from konvoi.ledger.rules.missing import stage_missing
from konvoi.ledger.rules.order import stages_in_order

RULES: tuple[Rule, ...] = (parts_above_whole, stage_missing, stages_in_order, contract_without_channel)
