"""Actions on conditions: an assessment is a row that waits to be stored, or for a second person."""

import uuid

from konvoi.web.access.roles import Right
from konvoi.web.form_rows.actions import enter
from konvoi.web.form_rows.models import FormRow
from konvoi.web.funding.condition import AssessmentForm, OfCondition


def assess(*, found: OfCondition, form: AssessmentForm, key: uuid.UUID) -> FormRow:
    """Record an assessment without faults by the viewer of the condition; the same key twice is one."""
    return enter(
        viewer=found.viewer,
        right=Right.SUBMIT,
        party=found.authority,
        table="assessments",
        row={name: str(value) for name, value in form.row(found, key).items() if value is not None},
        about=found.about,
        key=key,
        marking=str(found.row["marking"] or "coalition"),
        two=form.needs_two,
    )
