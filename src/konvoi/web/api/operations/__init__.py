"""Operations of the API on records of subjects: one module for each, with its schemas and links."""

from konvoi.web.api.operations import agreements, funding, planning, rows, sanctions
from konvoi.web.api.operations.answers import Subject

SUBJECTS: tuple[Subject, ...] = (
    rows.SUBJECT,
    planning.SUBJECT,
    agreements.SUBJECT,
    funding.SUBJECT,
    sanctions.SUBJECT,
)
"""All subjects with operations of their own."""
