"""The checks over whole submissions, in the order in which their findings are shown."""

from konvoi.intake.check import Check
from konvoi.intake.checks.allocated import allocated_above_committed
from konvoi.intake.checks.catalogue import goods_without_row
from konvoi.intake.checks.claims import claims_against_rows
from konvoi.intake.checks.contracted import contracted_above_allocated
from konvoi.intake.checks.contradictions import sources_that_differ
from konvoi.intake.checks.currency import currency_out_of_place
from konvoi.intake.checks.delivered import delivered_above_committed
from konvoi.intake.checks.families import families_in_circle
from konvoi.intake.checks.fractions import pieces_not_whole
from konvoi.intake.checks.negatives import negatives_without_correction
from konvoi.intake.checks.packages import lines_above_package
from konvoi.intake.checks.pages import pages_against_totals
from konvoi.intake.checks.parties import parties_unknown
from konvoi.intake.checks.parts import parts_do_not_sum
from konvoi.intake.checks.prices import units_without_price
from konvoi.intake.checks.rates import rates_out_of_band
from konvoi.intake.checks.received import received_above_dispatched
from konvoi.intake.checks.references import references_twice
from konvoi.intake.checks.rows import rows_do_not_sum
from konvoi.intake.checks.scale import amounts_out_of_scale
from konvoi.intake.checks.shares import shares_above_whole
from konvoi.intake.checks.stated_sums import stated_sums_differ
from konvoi.intake.checks.sum_rows import rows_that_sum_the_others
from konvoi.intake.checks.titles import amounts_against_titles
from konvoi.intake.checks.units import units_unknown

CHECKS: tuple[Check, ...] = (
    parts_do_not_sum,
    rows_do_not_sum,
    claims_against_rows,
    pages_against_totals,
    stated_sums_differ,
    delivered_above_committed,
    allocated_above_committed,
    contracted_above_allocated,
    received_above_dispatched,
    lines_above_package,
    rates_out_of_band,
    amounts_against_titles,
    amounts_out_of_scale,
    currency_out_of_place,
    sources_that_differ,
    references_twice,
    pieces_not_whole,
    negatives_without_correction,
    units_without_price,
    parties_unknown,
    shares_above_whole,
    goods_without_row,
    families_in_circle,
    units_unknown,
    rows_that_sum_the_others,
)
"""All members; `konvoi.intake.examine.examine` runs them."""
