"""The checks of the IATI standard, in the order in which their findings should be read."""

from konvoi.intake.iati.check import Check
from konvoi.intake.iati.checks.codelists import codelists
from konvoi.intake.iati.checks.locations import locations
from konvoi.intake.iati.checks.ruleset import ruleset
from konvoi.intake.iati.checks.schema import schema

CHECKS: tuple[Check, ...] = (schema, codelists, ruleset, locations)
