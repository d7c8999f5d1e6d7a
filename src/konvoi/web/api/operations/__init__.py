"""Operations of the API on records of subjects: one module for each, with its schemas and links."""

from konvoi.web.api.operations import agreements, deliveries, funding, planning, rows, sanctions, submissions
from konvoi.web.api.operations.answers import Subject

SUBJECTS: tuple[Subject, ...] = (
    rows.SUBJECT,
    submissions.SUBJECT,
    planning.SUBJECT,
    deliveries.SUBJECT,
    agreements.SUBJECT,
    funding.SUBJECT,
    sanctions.SUBJECT,
)
"""All subjects with operations of their own."""
